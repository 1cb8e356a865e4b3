// Forms: further rows, Ctrl+Enter, one submit at a time, a warning before losing what was typed.

const dirty = new Set();

function addRow(rows) {
  const template = rows.querySelector("template[data-row]");
  const total = rows.querySelector("input[name$='-TOTAL_FORMS']");
  const limit = rows.querySelector("input[name$='-MAX_NUM_FORMS']");
  const count = Number(total.value);
  if (limit && count >= Number(limit.value)) return null;
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replace(/__prefix__/g, String(count));
  const row = holder.firstElementChild;
  row.querySelectorAll("[data-row-no]").forEach((label) => {
    label.textContent = String(count + 1);
  });
  rows.querySelector("[data-row-list]").append(row);
  total.value = String(count + 1);
  return row;
}

document.querySelectorAll("[data-rows]").forEach((rows) => {
  const button = rows.querySelector("[data-add-row]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = addRow(rows);
    const field = row && row.querySelector("input:not([type=hidden]), select, textarea");
    if (field) field.focus();
    if (!row) button.disabled = true;
  });
  rows.addEventListener("need-row", () => addRow(rows)); // asked for by keep.js
  rows.addEventListener("change", (event) => {
    if (!event.target.name || !event.target.name.endsWith("-DELETE")) return;
    event.target.closest(".row-form").classList.toggle("is-gone", event.target.checked);
  });
});

document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("input", () => dirty.add(form));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (form.requestSubmit) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if ("download" in form.dataset) return; // the page stays: its buttons must live on
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    dirty.delete(form);
    // After the browser has gathered the values: a disabled button would lose its own.
    setTimeout(() => {
      form.querySelectorAll("button[type=submit]").forEach((button) => {
        button.disabled = true;
      });
    }, 0);
  });
});

// Coming back by the browser's own button must not leave dead buttons.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((button) => {
      button.disabled = false;
    });
  });
});

window.addEventListener("beforeunload", (event) => {
  const unsent = [...dirty].some((form) => !form.dataset.keep && !("loose" in form.dataset));
  if (!unsent || document.querySelector("form[data-sent]")) return;
  event.preventDefault();
  event.returnValue = "";
});
