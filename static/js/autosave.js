// A form with data-autosave is saved while it is written: 1.5 seconds after the last change, one
// request at a time, always the newest text. What cannot be sent stays on this computer (keep.js)
// and is sent again. Pressing 保存 goes the ordinary way; nothing here is needed for that.

const PAUSE = 1500;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60000;

const OFFLINE = "网络中断，内容已暂存在本机，恢复后自动保存";
const DOWN = "服务器暂时没有响应，内容已暂存在本机，稍后自动保存";
const EXPIRED = "登录已过期，内容已暂存在本机";
const CHANGED_ACCOUNT = "本机已换成另一个账号登录，不再自动保存，请复制您的文字";
const CLOSED = "这张表单已不能保存，内容已暂存在本机，请刷新页面查看";

const user = document.documentElement.dataset.user;

function bodyOf(form) {
  const body = new FormData(form);
  form.querySelectorAll("input[type=file]").forEach((field) => body.delete(field.name));
  return body;
}

const fingerprint = (body) => {
  const text = new URLSearchParams(body);
  ["csrfmiddlewaretoken", "version", "seen", "command_id"].forEach((name) => text.delete(name));
  return text.toString();
};

function link(href, words) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = words;
  return anchor;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-keep-state]");
    this.banner = form.querySelector("[data-autosave-banner]");
    // What keep.js brought back, or what was refused, the server does not have yet.
    const isNews = "restored" in form.dataset || "bound" in form.dataset;
    this.saved = isNews ? "" : fingerprint(bodyOf(form));
    this.timer = 0;
    this.wait = FIRST_RETRY;
    this.sending = null;
    this.isStopped = false;
    form.addEventListener("input", (event) => this.touched(event));
    form.addEventListener("change", (event) => this.touched(event));
    form.addEventListener("submit", () => this.pause());
    window.addEventListener("online", () => this.later(0));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.isWaiting) this.later(0);
    });
    // A page that comes back from the browser's own memory holds an old form.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload();
    });
    document.addEventListener("restored", () => this.later(PAUSE));
    if ("restored" in form.dataset) this.later(PAUSE);
  }

  say(words, tone = "", ...more) {
    this.state.className = `sm ${tone}`;
    this.state.replaceChildren(words, ...more);
  }

  touched(event) {
    if (event.target.type !== "file") this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => this.send(), pause);
  }

  // The form goes its ordinary way now; if that breaks off (upload.js), its next input goes on here.
  pause() {
    clearTimeout(this.timer);
    if (this.sending) this.sending.abort();
  }

  async send() {
    if (this.sending || this.isStopped || this.form.dataset.sent) return;
    const body = bodyOf(this.form);
    const print = fingerprint(body);
    if (print === this.saved) {
      this.isWaiting = false;
      return;
    }
    this.sending = new AbortController();
    try {
      const answer = await this.post(body, this.sending.signal);
      await this.heard(answer, print);
    } catch (fault) {
      if (fault.name !== "AbortError") this.retry(OFFLINE);
    } finally {
      this.sending = null;
      const isOpen = !this.isStopped && !this.isWaiting && !this.form.dataset.sent;
      if (isOpen && fingerprint(bodyOf(this.form)) !== this.saved) {
        this.later(PAUSE); // more was typed meanwhile
      }
    }
  }

  async post(body, signal) {
    const send = () => fetch(this.form.dataset.autosave, {
      method: "POST", body, signal, credentials: "same-origin", redirect: "manual",
    });
    const answer = await send();
    if (answer.status !== 401 && answer.status !== 403) return answer;
    if (!(await this.renew(signal))) return answer;
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return send();
  }

  // After logging in again in another window the session is new and so is its token.
  async renew(signal) {
    const answer = await fetch(window.location.pathname, { signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form[data-autosave]");
    if (!form) return false;
    if (page.documentElement.dataset.user !== user) {
      this.end(CHANGED_ACCOUNT);
      return false;
    }
    this.form.elements.csrfmiddlewaretoken.value = form.elements.csrfmiddlewaretoken.value;
    return true;
  }

  async heard(answer, print) {
    if (this.isStopped) return;
    if (answer.status >= 500) this.retry(DOWN);
    else if (answer.status === 401 || answer.type === "opaqueredirect") this.logIn();
    else if (answer.status === 403) this.end(CLOSED);
    else if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) this.end(CLOSED);
    else if (answer.ok) this.kept(await answer.json(), print);
    else if (answer.status === 409) this.conflict(await answer.json());
    else this.end((await answer.json()).reasons.join(" "));
  }

  kept(news, print) {
    this.isWaiting = false;
    this.wait = FIRST_RETRY;
    this.saved = print;
    this.form.elements.version.value = news.version;
    this.form.elements.seen.value = news.seen;
    const wrong = Object.keys(news.problems).length;
    this.show(news.problems);
    if (wrong) this.say(`${news.at} 已自动保存，有 ${wrong} 处不能保存，见标红处`, "warn");
    else this.say(`${news.at} 已自动保存`, "ok");
    const isWhole = !wrong && fingerprint(bodyOf(this.form)) === print;
    this.form.dispatchEvent(new CustomEvent("autosaved", { detail: { isWhole } }));
    this.tell(news);
  }

  // A field that could not be kept says why; its text stays as typed.
  show(problems) {
    this.form.querySelectorAll("[data-not-kept]").forEach((mark) => {
      mark.closest(".field, fieldset, div").classList.remove("has-error");
      mark.remove();
    });
    Object.entries(problems).forEach(([id, text]) => {
      const field = document.getElementById(id);
      const place = field && (field.closest(".field") || field);
      if (!place) return;
      const mark = document.createElement("p");
      mark.className = "error";
      mark.dataset.notKept = "";
      mark.textContent = text;
      place.classList.add("has-error");
      place.append(mark);
    });
  }

  // The checks beside the form and the state of the section follow what was saved.
  tell(news) {
    const checks = document.querySelector("[data-section-checks]");
    if (checks) checks.innerHTML = news.checks;
    const tag = document.querySelector("[data-section-state] .tag");
    if (tag) {
      tag.className = `tag ${news.tone}`;
      tag.textContent = news.state;
    }
  }

  retry(words) {
    this.isWaiting = true;
    this.say(this.isKept() ? words : words.replace("内容已暂存在本机", "内容还没有保存，请不要关闭本页"), "warn");
    this.later(this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_RETRY);
  }

  isKept() {
    try {
      localStorage.setItem("keep-probe", "1");
      localStorage.removeItem("keep-probe");
      return true;
    } catch {
      return false; // storage is switched off: say so instead of promising
    }
  }

  logIn() {
    this.isWaiting = true; // and try again when the person comes back to this window
    const back = encodeURIComponent(window.location.pathname);
    this.say(`${EXPIRED}，请`, "bad", link(`/login/?next=${back}`, "重新登录"), "后继续。");
  }

  end(words) {
    this.isStopped = true;
    this.isWaiting = false;
    this.say(words, "bad");
  }

  conflict(news) {
    this.isStopped = true;
    this.say("自动保存已停", "bad");
    const box = document.createElement("div");
    box.className = "alert warn";
    box.setAttribute("role", "alert");
    const words = document.createElement("div");
    words.textContent = `${news.said || news.reasons.join(" ")}您的文字还在下面，没有保存，也没有丢失。 `;
    const button = document.createElement("button");
    button.type = "submit";
    button.className = "btn btn-plain";
    button.textContent = "查看差异，逐项选择";
    words.append(button);
    box.append(words);
    this.banner.replaceChildren(box);
    this.banner.hidden = false;
    this.banner.scrollIntoView({ block: "center" });
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
