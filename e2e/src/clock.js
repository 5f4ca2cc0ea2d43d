// Runs before the page: a clock that a test can set, and the timers that go by it.
{
  const PACE = 1;
  const epoch = Date.now();
  const dateNow = Date.now.bind(Date);
  const performanceNow = performance.now.bind(performance);
  const timeout = window.setTimeout.bind(window);
  const interval = window.setInterval.bind(window);
  const zero = performanceNow();
  // What was added to either clock so far, in milliseconds.
  const ahead = { wall: 0, steady: 0 };
  const wall = () => epoch + (dateNow() - epoch) * PACE + ahead.wall;
  const steady = () => zero + (performanceNow() - zero) * PACE + ahead.steady;
  window.Date = class extends Date {
    constructor(...parts) {
      super(...(parts.length ? parts : [wall()]));
    }
    static now() {
      return wall();
    }
  };
  performance.now = steady;
  window.setTimeout = (call, wait, ...rest) => timeout(call, wait / PACE, ...rest);
  window.setInterval = (call, wait, ...rest) => interval(call, wait / PACE, ...rest);
  window.clockOfTest = { ahead, steady, sleep: 0 };
  document.addEventListener("resume", () => {
    ahead.wall += clockOfTest.sleep;
    ahead.steady += clockOfTest.sleep;
    clockOfTest.woke = steady();
  });
}
