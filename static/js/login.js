// The demo's login page: 「填入」 puts an account and the demo's password into the form.
// Without this script the table reads the same and both are typed by hand.

const form = document.querySelector("form[data-login]");

if (form) {
  document.querySelectorAll("[data-fill-cell]").forEach((cell) => {
    cell.hidden = false;
  });
  document.querySelectorAll("[data-fill]").forEach((button) => {
    button.addEventListener("click", () => {
      form.elements.username.value = button.dataset.fill;
      form.elements.password.value = button.dataset.password;
      document.querySelectorAll("tr.filled").forEach((row) => row.classList.remove("filled"));
      button.closest("tr").classList.add("filled");
      form.querySelector("button[type=submit]").focus();
      form.scrollIntoView({ block: "center" });
    });
  });
}
