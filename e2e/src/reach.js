// Runs in the page: what of its controls cannot be operated, one line for each, and what sticks out sideways.
const TARGET = 24;
const faults = [];
const name = (it) => it.outerHTML.slice(0, 140);
const root = document.documentElement;
const wide = root.scrollWidth - innerWidth;
if (wide > 0) faults.push(`the page sticks out by ${wide} px`);

// A window or an open menu over the page is all that can be operated.
const over = [...document.querySelectorAll("dialog:modal, [role=menu]")];
const top = over.filter((it) => it.checkVisibility()).pop() ?? document.body;
const kinds = "button, input, select, textarea, summary, a[href], [role=menuitem], [role=menuitemradio], [tabindex='0']";
const shown = (it) =>
  it.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) &&
  !it.disabled && !it.closest("[inert], .hidden");
for (const it of top.querySelectorAll(kinds)) {
  if (!shown(it)) continue;
  it.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  // Scripts scroll what is cut off; people cannot.
  for (let up = it.parentElement; up; up = up.parentElement)
    if (getComputedStyle(up).overflowY === "hidden" && up.scrollTop > 0) {
      up.scrollTop = 0;
      faults.push(`cut off by ${up.className || up.localName}: ${name(it)}`);
    }
  // The words beside a box belong to it.
  const target = it.closest("label") ?? it;
  const box = target.getBoundingClientRect();
  const at = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(...at);
  if (!hit || !(target.contains(hit) || hit.contains(it) && !hit.matches("body, main, dialog, .screen")))
    faults.push(`not reached at ${at.map(Math.round)} but ${hit && name(hit)}: ${name(it)}`);
  // Links within sentences are as high as their line.
  const isInText = it.matches("p a, p .link, .line__text a");
  if (!isInText && Math.min(box.width, box.height) < TARGET - 0.5)
    faults.push(`${Math.round(box.width)} × ${Math.round(box.height)} px are too small: ${name(it)}`);
  if (box.left < -1 || box.right > innerWidth + 1) faults.push(`sticks out: ${name(it)}`);
}
// What is read has room for a few lines at least.
for (const it of top.querySelectorAll(".log, .contacts, .wire__lines")) {
  if (!shown(it)) continue;
  it.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const box = it.getBoundingClientRect();
  const seen = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
  if (seen < 60) faults.push(`only ${Math.round(seen)} px are left of ${it.className}`);
}
scrollTo(0, 0);
return faults;
