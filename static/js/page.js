// Small conveniences of every page. Nothing here is needed: each page works without it.

// Menus made of <details> close on a click elsewhere and on Escape.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// 大字: the link works by address; the choice is also remembered for the next page.
const root = document.documentElement;
const sizeSwitch = document.querySelector("[data-size-switch]");

function remembered() {
  try {
    return localStorage.getItem("size");
  } catch {
    return null; // storage is switched off: the address still works
  }
}

function showSize(size) {
  if (size === "lg") root.dataset.size = "lg";
  else delete root.dataset.size;
  if (sizeSwitch) sizeSwitch.textContent = size === "lg" ? "标准字号" : "大字";
}

// Somebody logged in has the size of their account, on every computer.
if (!root.dataset.user && remembered() === "lg") showSize("lg");
if (sizeSwitch) {
  sizeSwitch.addEventListener("click", (event) => {
    event.preventDefault();
    const size = root.dataset.size === "lg" ? "" : "lg";
    showSize(size);
    try {
      localStorage.setItem("size", size);
    } catch {
      location.assign(sizeSwitch.href);
    }
  });
}

// The index of a long page marks the section being read.
const entries = new Map();
document.querySelectorAll(".toc a[href^='#']").forEach((link) => {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) entries.set(section, link);
});

function mark(section) {
  entries.forEach((link, other) => {
    if (other === section) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

// On a page whose middle scrolls by itself, reading begins under its head, not under the top bar.
const middle = document.querySelector(".wb main");
const readingLine = () => Math.round(middle ? middle.getBoundingClientRect().top + 24 : 60);

if (entries.size && "IntersectionObserver" in window) {
  const inView = new Set();
  const observer = new IntersectionObserver((changes) => {
    changes.forEach((change) => {
      if (change.isIntersecting) inView.add(change.target);
      else inView.delete(change.target);
    });
    const first = [...entries.keys()].find((section) => inView.has(section));
    if (first) mark(first);
  }, { rootMargin: `-${Math.max(readingLine(), 60)}px 0px -50% 0px` });
  entries.forEach((_link, section) => observer.observe(section));
}

// A timeline that scrolls by itself opens at its newest entry.
document.querySelectorAll(".rail > .tl").forEach((timeline) => {
  timeline.scrollTop = timeline.scrollHeight;
});

// What only one verdict asks for opens when that verdict is chosen.
document.querySelectorAll("details[data-when]").forEach((details) => {
  const form = details.closest("form");
  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    details.open = event.target.value === details.dataset.when;
  });
});

// 最近访问: the matters a person opened, kept on this computer alone and gone with the log-out.
const visitsKey = root.dataset.user ? `visits:${root.dataset.user}` : "";
const MATTER = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//;

function visits() {
  try {
    return JSON.parse(localStorage.getItem(visitsKey)) || [];
  } catch {
    return [];
  }
}

function noteVisit() {
  const heading = document.querySelector("h1");
  if (!MATTER.test(location.pathname) || !heading || "refused" in document.body.dataset) return;
  const kept = visits().filter((one) => one.path !== location.pathname);
  const visit = { path: location.pathname, title: heading.textContent.trim().slice(0, 60) };
  localStorage.setItem(visitsKey, JSON.stringify([visit, ...kept].slice(0, 6)));
}

if (visitsKey) {
  try {
    noteVisit();
    document.querySelectorAll("form[data-logout]").forEach((form) => {
      form.addEventListener("submit", () => localStorage.removeItem(visitsKey));
    });
  } catch {
    // storage is switched off: nothing is remembered
  }
  document.querySelectorAll("[data-visits]").forEach((card) => {
    visits().forEach((visit) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = visit.path;
      link.textContent = visit.title;
      item.append(link);
      card.querySelector("ul").append(item);
      card.hidden = false;
    });
  });
}

// On paper nothing can be opened: what is folded is printed open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not(.menu):not([data-dialog]):not([open])").forEach((one) => {
    one.open = true;
    one.dataset.printed = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-printed]").forEach((one) => {
    one.open = false;
    delete one.dataset.printed;
  });
});
