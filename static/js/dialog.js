// A <details data-dialog> opens as a native dialog. Without this module it opens in place.

document.querySelectorAll("details[data-dialog]").forEach((details) => {
  const body = details.querySelector(".dlg-body");
  const summary = details.querySelector("summary");
  const box = document.createElement("dialog");
  if (typeof box.showModal !== "function") return;
  const wasOpen = details.open;
  const close = document.createElement("form");
  close.method = "dialog";
  close.innerHTML = '<button class="sheet-close" aria-label="关闭">×</button>';
  box.className = "dlg-box";
  box.setAttribute("aria-label", body.getAttribute("aria-label"));
  box.append(close, body);
  details.after(box);
  details.open = false;
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    box.showModal();
  });
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.addEventListener("close", () => summary.focus());
  if (wasOpen) box.showModal(); // the form inside was refused: say so at once
});
