// The review page by keyboard: J and K walk the sections, C remarks on one, A writes the opinion,
// ? lists them all. Nothing happens while somebody types, and nothing here is needed: every step
// is also a link, a button or a field of the page.

const keys = document.querySelector("dialog[data-keys]");
const KEY_OF = { KeyJ: "j", KeyK: "k", KeyC: "c", KeyA: "a" };

document.querySelectorAll("[data-needs-js]").forEach((part) => {
  part.hidden = false;
});
document.querySelectorAll("[data-needs]").forEach((part) => {
  part.hidden = !document.querySelector(`[data-${part.dataset.needs}]`);
});

const sections = [...document.querySelectorAll(".toc a[href^='#']")]
  .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  .filter(Boolean);
let walked = null; // where the keyboard went last; scrolling by hand lets it go

function current() {
  if (walked && walked.contains(document.activeElement)) return walked;
  const marked = document.querySelector(".toc a[aria-current]");
  return marked ? document.getElementById(decodeURIComponent(marked.hash.slice(1))) : sections[0];
}

function go(section) {
  walked = section;
  const heading = section.querySelector("h2") || section;
  heading.tabIndex = -1;
  section.scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
}

function step(by) {
  const at = sections.indexOf(current()) + by;
  const section = sections[Math.min(Math.max(at, 0), sections.length - 1)];
  if (section) go(section);
}

function comment() {
  const section = current();
  const button = section && section.querySelector("[data-comment-open]");
  if (button) button.click();
}

function compose() {
  const form = document.querySelector("[data-composer] form");
  if (!form) return;
  const verdict = form.querySelector("input[name=outcome]:checked");
  const field = verdict ? form.querySelector("textarea") : form.querySelector("input[name=outcome]");
  form.scrollIntoView({ block: "nearest" });
  field.focus();
}

function showKeys() {
  if (!keys || typeof keys.showModal !== "function") return;
  if (keys.open) keys.close();
  else keys.showModal();
}

const acts = { j: () => step(1), k: () => step(-1), c: comment, a: compose, "?": showKeys, "？": showKeys };

function isTyping(target) {
  if (target.isContentEditable) return true;
  const field = target.closest("input, textarea, select");
  return Boolean(field) && !["radio", "checkbox", "button", "submit"].includes(field.type);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || isTyping(event.target)) return;
  // With a Chinese input method on, the letter is only in the key's place on the board.
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : KEY_OF[event.code];
  const act = acts[pressed];
  const dialog = document.querySelector("dialog[open]");
  if (!act || (dialog && !(act === showKeys && dialog === keys))) return;
  event.preventDefault();
  act();
});

document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.addEventListener("click", showKeys);
});

// What was just signed can be undone for a moment; then the offer goes.
document.querySelectorAll("[data-undo]").forEach((bar) => {
  const button = bar.querySelector("button");
  let left = Number(bar.dataset.undo);
  const timer = setInterval(() => {
    left -= 1;
    button.textContent = `撤销（${left}）`;
    if (left > 0) return;
    clearInterval(timer);
    bar.remove();
  }, 1000);
});
