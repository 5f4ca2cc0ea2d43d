// Runs before anything of the page does, and watches it from outside: its sockets, its frames, what it shows.
(() => {
  const bench = (window.bench = { long: [], memory: null, heard: 0, tail: "", lists: 0 });

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", (event) => {
        if (event.data instanceof ArrayBuffer && !bench.lists) {
          bench.tail = bench.tail.slice(-200) + new TextDecoder().decode(event.data);
          if (/ RL 100 (\d+) \1 \S+ \S+\r\n/.test(bench.tail)) bench.lists = performance.now();
        }
        bench.heard = performance.now();
      });
    }
  };

  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...rest) => {
    const made = await instantiate.apply(WebAssembly, rest);
    // A part that is loaded later has the memory of the first one.
    bench.memory ??= made.instance.exports.memory;
    return made;
  };

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) bench.long.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });

  // A message that is posted while a frame is made is taken after that frame was painted.
  const after_paint = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(0);
      });
    });

  // Waits for something to be so in the page, from a time that `since` gives then.
  const measure = (holds, since) =>
    new Promise((done) => {
      const look = async () => {
        if (!holds()) return;
        observer.disconnect();
        const start = since();
        document.body.getBoundingClientRect();
        const work = performance.now() - start;
        const painted = (await after_paint()) - start;
        done({ work, painted });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });

  const by_label = (label) => document.querySelector(`[aria-label="${label}"]`);

  bench.usable = measure(
    () => document.querySelector("form input[type=email]:enabled"),
    () => 0,
  ).then((it) => it.painted);

  bench.bytes = () =>
    ["navigation", "resource"]
      .flatMap((type) => performance.getEntriesByType(type))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0);

  bench.expect_list = (count) => {
    bench.lists = 0;
    bench.tail = "";
    const rows = () => document.querySelectorAll("[aria-label=Contacts] ul li").length;
    bench.result = measure(() => rows() >= 50, () => bench.lists);
    bench.all = measure(() => rows() >= count, () => bench.lists);
  };

  bench.expect = (label) => {
    bench.result = measure(() => by_label(label), () => bench.heard);
  };

  bench.expect_text = (text) => {
    let start = 0;
    addEventListener("click", () => (start = performance.now()), { capture: true, once: true });
    const last = () => by_label("Messages")?.lastElementChild?.textContent ?? "";
    bench.result = measure(() => start && last().includes(text), () => start);
  };

  // Until nothing has been heard for a while.
  bench.quiet = () =>
    new Promise((done) => {
      const look = () => (performance.now() - bench.heard > 500 ? done() : setTimeout(look, 50));
      look();
    });

  // Until so many texts wait to be read.
  bench.unread = (count) =>
    new Promise((done) => {
      const look = () => (document.title.startsWith(`(${count})`) ? done() : setTimeout(look, 50));
      look();
    });

  // Until the whole log is there: it grows for a while after its end is shown.
  bench.grown = () =>
    new Promise((done) => {
      let height = 0;
      const look = () => {
        const now = by_label("Messages").scrollHeight;
        if (now === height) return done(Math.max(0, ...bench.long));
        height = now;
        setTimeout(look, 500);
      };
      look();
    });

  // Up through the whole log and down again, a good part of a screen in each frame.
  bench.scroll = async () => {
    const log = by_label("Messages");
    let frame = 0;
    let frames = 0;
    bench.long.length = 0;
    for (const way of [-1, 1]) {
      for (let at = log.scrollTop; ; ) {
        const start = performance.now();
        log.scrollTop += way * 1500;
        await after_paint();
        frames += 1;
        frame = Math.max(frame, performance.now() - start);
        if (log.scrollTop === at) break;
        at = log.scrollTop;
      }
    }
    await new Promise((done) => setTimeout(done, 200));
    return { frame, frames, long: bench.long.length, task: Math.max(0, ...bench.long) };
  };
})();
