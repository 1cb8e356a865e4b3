// Threads: the control of a section opens its form by address; the caret follows. Needed by nobody.

function write(form) {
  const text = form.querySelector("textarea");
  if (text) text.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

// A thread inside a closed fold is opened when an address leads to it.
function arrive() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) return;
  if (place.matches("form.thread-new")) write(place);
  else if (place.matches(".thread")) {
    const fold = place.closest("details");
    if (fold) fold.open = true;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
}

window.addEventListener("hashchange", arrive);
arrive();

// Asked for twice, the address does not change: the caret goes there all the same.
document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-comment-open]");
  if (!control || control.hash !== location.hash) return;
  const form = document.getElementById(control.hash.slice(1));
  if (form) write(form);
});

// Cancelling leaves no address behind that would open the form again.
document.querySelectorAll("[data-comment-close]").forEach((link) => {
  link.addEventListener("click", () => {
    link.closest("form").classList.remove("is-open");
  });
});

// Choosing another section goes there at once; without scripts the button beside it does.
document.querySelectorAll("select[data-go]").forEach((select) => {
  select.form.querySelectorAll("[data-go-button]").forEach((button) => {
    button.hidden = true;
  });
  select.addEventListener("change", () => select.form.submit());
});
