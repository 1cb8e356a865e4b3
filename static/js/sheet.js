// A link 依据 opens its clause in a sheet beside the page. Without this module, or when anything
// goes wrong, it is what it always was: a link to the page of the article.

const sheet = document.querySelector("dialog[data-sheet]");
let opener = null;

// /rules/13/#13-4-4 names the rule 13-4-4.
function codeOf(link) {
  const found = /^\/rules\/\d+\/$/.test(link.pathname) && /^#(\d[\da-z-]*)$/.exec(link.hash);
  return found ? found[1] : "";
}

async function open(link, code) {
  const body = sheet.querySelector("[data-sheet-body]");
  if (!sheet.open) {
    opener = link;
    body.textContent = "正在打开条文……";
    sheet.showModal();
  }
  try {
    const answer = await fetch(`${sheet.dataset.sheet}${code}/`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    body.innerHTML = await answer.text();
    const title = body.querySelector("h2");
    sheet.setAttribute("aria-label", title.textContent);
    body.scrollTop = 0;
    body.focus();
  } catch {
    location.assign(link.href);
  }
}

// A click on the page behind closes any sheet; Escape and the button are the dialog's own.
document.querySelectorAll("dialog.sheet").forEach((one) => {
  one.addEventListener("click", (event) => {
    if (event.target === one) one.close();
  });
});

if (sheet && typeof sheet.showModal === "function") {
  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = plain && !event.defaultPrevented && event.target.closest(".basis a");
    const code = link && codeOf(link);
    if (!code) return;
    event.preventDefault();
    open(link, code);
  });
  sheet.addEventListener("close", () => {
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  });
}
