// The middle of the part of an element that is on the screen: what scrolls cuts the rest off.
const [element] = arguments;
const part = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
for (let it = element; it; it = it.parentElement) {
  if (it !== element && getComputedStyle(it).overflowY === "visible") continue;
  const { left, top, right, bottom } = it.getBoundingClientRect();
  part.left = Math.max(part.left, left);
  part.top = Math.max(part.top, top);
  part.right = Math.min(part.right, right);
  part.bottom = Math.min(part.bottom, bottom);
}
const x = Math.floor((part.left + part.right) / 2);
const y = Math.floor((part.top + part.bottom) / 2);
const isThere = part.left < part.right && part.top < part.bottom;
return [x, y, isThere && element.contains(document.elementFromPoint(x, y))];
