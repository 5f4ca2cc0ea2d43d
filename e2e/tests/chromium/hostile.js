// Looks at every place where the name of the caller is shown, and at the last text: what is in the page that
// was not there before, what has moved, and what the names are.
const places = {
  row: ".contact[title='contact-0000@example.com'] .contact__name",
  tab: ".tab__title bdi",
  heading: ".talk__title bdi",
  menu: "dialog .dialog__title",
  speaker: ".entry:last-child .line__who bdi",
  typing: ".typing bdi",
};
const found = Object.entries(places).map(([place, where]) => [place, [...document.querySelectorAll(where)].pop()]);
const missing = found.filter(([, it]) => !it).map(([place]) => place);
const names = Object.fromEntries(found.map(([place, it]) => [place, it?.textContent]));
// Elements with the names of their attributes.
const bones = [...document.querySelectorAll("*")].map((it) =>
  [it.localName, ...it.getAttributeNames().filter((name) => name !== "aria-describedby").sort()].join(" "),
);
// What has the same height whatever is in it.
const heights = [".contact[title='contact-0000@example.com']", ".tab", ".talk__head", ".talk__title", ".typing"].map(
  (where) => Math.round(document.querySelector(where)?.getBoundingClientRect().height),
);
// What stands behind a name stays behind it.
const speaker = found.find(([place]) => place === "speaker")[1];
const says = document.createRange();
if (speaker?.nextSibling) says.selectNode(speaker.nextSibling);
const isBehind = says.getBoundingClientRect().right >= (speaker?.getBoundingClientRect().left ?? 0);
const text = [...document.querySelectorAll(".line__text")].pop();
return {
  missing,
  names,
  bones: [...new Set(bones)],
  heights,
  isBehind,
  wide: document.documentElement.scrollWidth - innerWidth,
  textDirection: text && getComputedStyle(text).unicodeBidi,
  text: text?.textContent,
  ran: window.ran ?? [],
};
