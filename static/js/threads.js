// Threads: the control of a section takes its form out of the template and puts the caret into it,
// where the page stands. Without scripts the control's address opens the form.

function write(form) {
  const text = form.querySelector("textarea");
  if (text) text.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function openForm(control) {
  const card = control.closest("section");
  let form = card.querySelector("form.thread-new");
  if (!form) {
    const kept = card.querySelector("template[data-comment-form]");
    form = kept.content.firstElementChild.cloneNode(true);
    kept.replaceWith(form);
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
