// Keeps what is being typed into a form with data-keep on this computer until it has been sent,
// so a session that ends meanwhile loses nothing. One person's text is never shown to another:
// the key holds the person. Passwords, files and hidden fields are not kept.

const DAYS_KEPT = 7;
const user = document.documentElement.dataset.user;
const prefix = `keep:${user}:`;
const SENT = "keep-sent";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // storage full or switched off: the form itself still works
  }
}

const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("keep:"));
const keepable = (field) =>
  field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type);

function valuesOf(form) {
  const values = {};
  [...form.elements].filter(keepable).forEach((field) => {
    if (field.type === "radio" || field.type === "checkbox") {
      values[field.name] = values[field.name] || [];
      if (field.checked) values[field.name].push(field.value);
    } else if (field.multiple) {
      values[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else {
      values[field.name] = field.value;
    }
  });
  return values;
}

function openRows(form, values) {
  form.querySelectorAll("[data-rows]").forEach((rows) => {
    const name = rows.dataset.rows;
    const numbers = Object.keys(values)
      .filter((key) => key.startsWith(`${name}-`))
      .map((key) => Number(key.slice(name.length + 1).split("-")[0]))
      .filter(Number.isInteger);
    const total = rows.querySelector("input[name$='-TOTAL_FORMS']");
    const needed = Math.min(Math.max(0, ...numbers.map((number) => number + 1)), 60);
    for (let turn = Number(total.value); turn < needed; turn += 1) {
      rows.dispatchEvent(new CustomEvent("need-row"));
    }
  });
}

function restore(form, values) {
  openRows(form, values);
  [...form.elements].filter(keepable).forEach((field) => {
    const value = values[field.name];
    if (value === undefined) return;
    if (field.type === "radio" || field.type === "checkbox") field.checked = value.includes(field.value);
    else if (field.multiple) [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
    else field.value = value;
  });
  form.dataset.restored = "";
  document.dispatchEvent(new CustomEvent("restored"));
}

function notice(form, text, label, act) {
  const box = document.createElement("div");
  box.className = "alert info";
  box.setAttribute("role", "status");
  const words = document.createElement("div");
  words.textContent = `${text} `;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link";
  button.textContent = label;
  button.addEventListener("click", () => {
    act();
    box.remove();
  });
  words.append(button);
  box.append(words);
  form.prepend(box);
}

const clock = (moment) => new Date(moment).toLocaleString("zh-CN", {
  month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
});

function watch(form) {
  const key = `${prefix}${location.pathname}:${form.dataset.keep}`;
  const versionNow = () => (form.elements.version ? form.elements.version.value : "");
  const version = versionNow();
  // Where a form also saves itself (autosave.js), that says what has become of the text.
  const state = form.dataset.autosave ? null : form.querySelector("[data-keep-state]");
  const first = valuesOf(form);
  const found = read(key);

  if (found && !("bound" in form.dataset) && JSON.stringify(found.values) !== JSON.stringify(first)) {
    const dropKept = () => {
      localStorage.removeItem(key);
      restore(form, first);
    };
    if (found.version === version) {
      restore(form, found.values);
      notice(form, `已找回您 ${clock(found.at)} 填写但没有提交的内容。`, "不要，恢复原样", dropKept);
    } else {
      notice(form, `本页内容已有更新。您 ${clock(found.at)} 填写但没有提交的内容还在。`, "填入我的内容",
        () => restore(form, found.values));
    }
  }

  let timer = 0;
  const save = () => {
    timer = 0;
    const at = Date.now();
    if (write(key, { at, version: versionNow(), values: valuesOf(form) }) && state) {
      state.textContent = `${clock(at)} 已暂存在本机`;
    }
  };
  form.addEventListener("input", () => {
    if (!timer) timer = setTimeout(save, 800);
  });
  // The server has it all: nothing is left to keep here. Else what it has not stays, on its version.
  form.addEventListener("autosaved", (event) => {
    clearTimeout(timer);
    timer = 0;
    if (event.detail.isWhole) localStorage.removeItem(key);
    else save();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save();
    sessionStorage.setItem(SENT, key);
  });
}

// The page after a submit tells whether it was taken: the same form filled in again means no.
// A page without a person (login, an error) says nothing, and the text stays.
function settle() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  const refused = document.querySelector("form[data-bound]");
  if (!refused && !("refused" in document.body.dataset)) localStorage.removeItem(sent);
}

function tidy() {
  const oldest = Date.now() - DAYS_KEPT * 86400000;
  kept().forEach((key) => {
    const entry = read(key);
    if (!entry || entry.at < oldest) localStorage.removeItem(key);
  });
}

if (user) {
  try {
    settle();
    tidy();
    document.querySelectorAll("form[data-keep]").forEach(watch);
    document.addEventListener("form-added", (event) => watch(event.target));
    // Leaving on purpose leaves nothing behind on a shared computer.
    document.querySelectorAll("form[data-logout]").forEach((form) => {
      form.addEventListener("submit", () => {
        kept().filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key));
      });
    });
  } catch {
    // Storage is switched off in this browser: forms go on without being kept.
  }
} else {
  try {
    sessionStorage.removeItem(SENT);
  } catch {
    // as above
  }
}
