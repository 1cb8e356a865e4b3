// Uploads: size and kind are told before anything is sent, a bar runs per file, and a connection
// that breaks says so and sends again. The form stays as it is; without scripts it is posted plainly.

const MB = 1024 * 1024;
const sizeOf = (bytes) => (bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);
const BROKEN = "上传中断，文件尚未保存";
let sending = 0;

function refusalOf(file, input) {
  const limit = Number(input.dataset.limit);
  const kinds = input.accept.split(",");
  const kind = file.name.includes(".") ? `.${file.name.split(".").pop().toLowerCase()}` : "";
  if (!kinds.includes(kind)) return `不接收${kind ? ` ${kind} 类型的` : "没有扩展名的"}文件，请另存为 PDF、JPG、PNG、DOCX 或 XLSX 后再选择。`;
  if (!file.size) return "文件是空的（0 字节），请检查原文件能否打开。";
  if (file.size > limit) return `文件 ${sizeOf(file.size)}，超过 ${Math.floor(limit / MB)} MB 的上限，请压缩或拆分后再选择。`;
  return "";
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function say(row, tone, words) {
  row.className = tone;
  if (row.parentElement) row.parentElement.setAttribute("aria-live", tone ? "polite" : "off"); // the end is read out, not every step
  row.querySelector(".upload-state").textContent = words;
}

// One line per chosen file: name, size, and what is to be said of it.
function list(input) {
  const rows = input.closest("[data-upload]").querySelector("[data-upload-list]");
  rows.textContent = "";
  [...input.files].forEach((file) => {
    const row = element("li");
    const refusal = refusalOf(file, input);
    row.append(element("span", "upload-name", file.name), " ", element("small", "", sizeOf(file.size)), element("span", "upload-state"));
    const drop = element("button", "btn btn-link", "移除");
    drop.type = "button";
    drop.addEventListener("click", () => {
      input.value = "";
      list(input);
      input.focus();
    });
    row.append(drop);
    say(row, refusal ? "bad" : "", refusal || "随表单一起上传");
    rows.append(row);
  });
}

const inputsOf = (form) => [...form.querySelectorAll("[data-upload] input[type=file]")].filter((input) => input.files.length);
const rowsOf = (form) => inputsOf(form).flatMap((input) => [...input.closest("[data-upload]").querySelectorAll("li")].map((row, at) => ({ row, size: input.files[at].size })));

// What forms.js closed against a second click is open again.
function release(form) {
  setTimeout(() => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = false; });
  }, 0);
  try {
    sessionStorage.removeItem("keep-sent"); // nothing was taken: keep.js goes on keeping the text
  } catch {
    // storage is switched off
  }
}

function progress(form, loaded) {
  let before = 0;
  rowsOf(form).forEach(({ row, size }) => {
    const share = Math.min(1, Math.max(0, (loaded - before) / size));
    before += size;
    row.querySelector("progress").value = Math.round(share * 100);
    say(row, "", share < 1 ? `正在上传 ${Math.round(share * 100)}%` : "已送达，正在核验");
  });
}

function broken(form, button, words) {
  release(form);
  rowsOf(form).forEach(({ row }) => {
    say(row, "bad", words);
    row.querySelectorAll("progress, button").forEach((part) => part.remove());
    const again = element("button", "btn btn-link", "重试");
    again.type = "button";
    again.addEventListener("click", () => send(form, button));
    row.append(again);
  });
  form.dispatchEvent(new Event("input", { bubbles: true })); // leaving the page asks first
}

// The refusals of the answer, put into the form as it stands: files and texts stay chosen.
function refused(form, html) {
  const answer = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-bound]");
  const summary = answer && answer.querySelector(".alert.bad");
  if (!summary) return false;
  form.querySelectorAll(":scope > .alert.bad, .field > [id$=_error]").forEach((old) => old.remove());
  form.querySelectorAll(".has-error").forEach((field) => field.classList.remove("has-error"));
  answer.querySelectorAll(".field > [id$=_error]").forEach((error) => {
    const control = form.querySelector(`#${CSS.escape(error.id.replace(/_error$/, ""))}`);
    const field = control && control.closest(".field");
    if (!field) return;
    field.classList.add("has-error");
    field.append(document.adoptNode(error));
  });
  form.prepend(document.adoptNode(summary));
  summary.focus();
  inputsOf(form).forEach(list);
  release(form);
  return true;
}

function arrive(address) {
  const next = new URL(address, location.href);
  if (next.href.split("#")[0] !== location.href.split("#")[0]) return location.assign(next.href);
  // A page that answered a post is asked for anew, not sent again.
  if (document.querySelector("form[data-bound]")) return location.assign(next.href.split("#")[0]);
  if (next.href !== location.href) history.replaceState(null, "", next.href);
  return location.reload();
}

function plainly(form, button) {
  if (button && button.name) {
    const chosen = element("input");
    Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
    form.append(chosen);
  }
  form.submit();
}

function settle(form, button, request) {
  const isReceipt = (request.getResponseHeader("Content-Type") || "").includes("json");
  if (request.status === 200 && isReceipt) {
    const { location: next, files } = JSON.parse(request.responseText);
    rowsOf(form).forEach(({ row }, at) => {
      const kept = files[at];
      say(row, "ok", kept ? `已保存，SHA-256 ${kept.sha256.slice(0, 8)}` : "已保存");
    });
    arrive(next);
  } else if (request.status === 413) broken(form, button, "文件超过服务器的上限，没有保存");
  else if (request.status >= 500) broken(form, button, BROKEN);
  else if (request.status !== 422 || !refused(form, request.responseText)) plainly(form, button);
}

function send(form, button) {
  const data = new FormData(form);
  if (button && button.name) data.append(button.name, button.value);
  form.dataset.sent = "1";
  rowsOf(form).forEach(({ row }) => {
    row.querySelectorAll("progress, button").forEach((part) => part.remove());
    const bar = element("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "上传进度");
    bar.value = 0;
    row.querySelector("small").after(bar);
    say(row, "", "正在上传 0%");
  });
  const request = new XMLHttpRequest();
  const end = (act) => () => {
    sending -= 1;
    act();
  };
  request.upload.addEventListener("progress", (event) => progress(form, event.loaded));
  request.addEventListener("load", end(() => settle(form, button, request)));
  request.addEventListener("error", end(() => broken(form, button, BROKEN)));
  request.addEventListener("abort", end(() => broken(form, button, BROKEN)));
  request.open("POST", (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href);
  request.setRequestHeader("X-Upload", "1");
  sending += 1;
  request.send(data);
}

const forms = new Set();
document.querySelectorAll("[data-upload] input[type=file]").forEach((input) => {
  input.addEventListener("change", () => list(input));
  if (input.form) forms.add(input.form);
});
forms.forEach((form) => {
  form.addEventListener("submit", (event) => {
    const inputs = inputsOf(form);
    if (event.defaultPrevented || !inputs.length) return;
    event.preventDefault();
    const wrong = inputs.find((input) => [...input.files].some((file) => refusalOf(file, input)));
    if (!wrong) return send(form, event.submitter);
    release(form);
    return wrong.focus();
  });
});
window.addEventListener("beforeunload", (event) => {
  if (!sending) return;
  event.preventDefault();
  event.returnValue = "";
});
