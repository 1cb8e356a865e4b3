// Threads: the control of a section makes its form from the page's one template and puts the caret
// into it, where the page stands. Without scripts the control's address opens the form.

function write(form) {
  const text = form.querySelector("textarea");
  if (text) text.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

// The waiting form as that of one section: its names, and its questions only.
function formFor({ section, label }) {
  const waiting = document.querySelector("template[data-comment-form]");
  const form = waiting.content.firstElementChild.cloneNode(true);
  for (const part of [form, ...form.querySelectorAll("[id]")]) {
    part.id = part.id.replace("comment-", `comment-${section}`);
  }
  for (const part of form.querySelectorAll("label")) {
    part.htmlFor = part.htmlFor.replace("comment-", `comment-${section}`);
  }
  form.setAttribute("aria-label", `批注：${label}`);
  form.dataset.keep = `thread-${section}`;
  form.elements.section.value = section;
  const { field } = form.elements;
  field.options[0].text = `“${label}”整节`;
  for (const option of [...field.options].slice(1)) {
    if (option.dataset.section !== section) option.remove();
  }
  return form;
}

function openForm(control) {
  const card = control.closest("section");
  let form = card.querySelector("form.thread-new");
  if (!form) {
    form = formFor(control.dataset);
    card.querySelector(".threads").append(form);
    form.dispatchEvent(new CustomEvent("form-added", { bubbles: true }));
  }
  form.classList.add("is-open");
  write(form);
}

// A thread inside a closed fold is opened when an address leads to it.
function arrive() {
  const name = decodeURIComponent(location.hash.slice(1));
  const control = document.querySelector(`[data-comment-open="${CSS.escape(name)}"]`);
  const place = document.getElementById(name);
  if (control) openForm(control);
  else if (place && place.matches(".thread")) {
    const fold = place.closest("details");
    if (fold) fold.open = true;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
}

window.addEventListener("hashchange", arrive);
arrive();

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-comment-open]");
  const close = event.target.closest("[data-comment-close]");
  if (!control && !close) return;
  event.preventDefault();
  if (control) openForm(control);
  else {
    close.closest("form").classList.remove("is-open");
    close.closest("section").querySelector("[data-comment-open]").focus();
  }
});

// Choosing another section goes there at once; without scripts the button beside it does.
document.querySelectorAll("select[data-go]").forEach((select) => {
  select.form.querySelectorAll("[data-go-button]").forEach((button) => {
    button.hidden = true;
  });
  select.addEventListener("change", () => select.form.submit());
});
