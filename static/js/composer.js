// The composer: chips put words into the opinion, and what is typed is kept as a draft on the
// server by itself. A draft that could not be kept says so; the text stays where it is.

const PAUSE = 1200;
const composer = document.querySelector("[data-composer]");
const form = composer.querySelector("form");
const text = form.querySelector("textarea[name=text]");
const state = document.querySelector("[data-draft-state]");
const trouble = document.querySelector("[data-draft-error]");
const LOST = "网络没有连通";
const STAYS = "文字还在本页，继续输入会再保存。";

// What only one verdict asks for is not shown until that verdict is chosen.
function showAsked() {
  const verdict = form.querySelector("input[name=outcome]:checked");
  form.querySelectorAll("details[data-when]").forEach((details) => {
    const isAsked = Boolean(verdict) && verdict.value === details.dataset.when;
    const isFilled = [...details.querySelectorAll("textarea")].some((field) => field.value);
    details.hidden = !isAsked && !isFilled;
    if (isAsked) details.open = true;
  });
}

form.addEventListener("change", showAsked);
showAsked();

text.setSelectionRange(text.value.length, text.value.length); // words are added at the end at first

function insert(words) {
  const { selectionStart: start, selectionEnd: end } = text;
  text.setRangeText(words, start, end, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

form.querySelectorAll("[data-insert]").forEach((button) => {
  button.addEventListener("click", () => {
    const menu = button.closest("details.menu");
    if (menu) menu.open = false;
    insert(button.dataset.insert);
  });
});

// A new number for every save: the same one with other text would be a conflict.
function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function say(reason) {
  trouble.hidden = !reason;
  trouble.textContent = reason && `草稿没有保存：${reason}。${STAYS}`;
  if (reason) state.textContent = "草稿没有保存";
}

async function post(signal) {
  const data = new FormData(form);
  data.set("command_id", commandId());
  const answer = await fetch(composer.dataset.composer, {
    method: "POST",
    body: data,
    signal,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (answer.redirected || answer.status === 401) return { reason: "登录已过期，请在新窗口重新登录" };
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  return isJson ? answer.json() : { reason: `服务器没有接受（${answer.status}）` };
}

let timer = 0;
let saving = null;
let isSent = false;

async function save() {
  timer = 0;
  if (saving) {
    timer = setTimeout(save, PAUSE);
    return;
  }
  saving = new AbortController();
  try {
    const told = await post(saving.signal);
    if (isSent) return;
    say(told.saved_at ? "" : (told.reason || LOST).replace(/。$/, ""));
    if (told.saved_at) state.textContent = `草稿 ${told.saved_at} 已自动保存`;
  } catch {
    if (!isSent) say(LOST);
  } finally {
    saving = null;
  }
}

form.addEventListener("input", () => {
  if (isSent) return;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});
form.addEventListener("submit", () => {
  isSent = true;
  clearTimeout(timer);
  // The opinion itself is on its way: a draft that comes after it would be refused.
  if (saving) saving.abort();
});
window.addEventListener("pageshow", () => {
  isSent = false;
});
