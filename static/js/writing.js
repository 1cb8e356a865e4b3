// Long forms: boxes that grow with their text, questions that wait for another answer.

const LEAST = 2;

function grow(box) {
  const style = getComputedStyle(box);
  const line = parseFloat(style.lineHeight);
  const inside = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  const { scrollX, scrollY } = window;
  box.rows = LEAST;
  box.rows = Math.max(LEAST, Math.ceil((box.scrollHeight - inside) / line - 0.2));
  window.scrollTo(scrollX, scrollY); // shrinking first must not move the page under the hand
}

const boxes = () => document.querySelectorAll("textarea:not([data-fixed])");
const growAll = () => boxes().forEach(grow);

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea:not([data-fixed])")) grow(event.target);
});
document.addEventListener("restored", growAll); // keep.js has filled the form in
window.addEventListener("resize", growAll);
growAll();

// A question asked only after a certain answer is put away while that answer is another one,
// unless something stands in it: nothing that will be sent is hidden.
function isEmpty(question) {
  return [...question.querySelectorAll("input:not([type=hidden]), select, textarea")].every(
    (field) => (field.type === "radio" || field.type === "checkbox" ? !field.checked : !field.value),
  );
}

function answerTo(form, name) {
  const chosen = form.querySelector(`[name="${name}"]:checked`) || form.querySelector(`select[name="${name}"]`);
  return chosen ? chosen.value : "";
}

document.querySelectorAll("[data-only-if]").forEach((question) => {
  const form = question.closest("form");
  if (!form) return;
  const [name, wanted] = question.dataset.onlyIf.split("=");
  const show = () => {
    const answer = answerTo(form, name);
    question.hidden = Boolean(answer) && answer !== wanted && isEmpty(question);
  };
  form.addEventListener("change", show);
  document.addEventListener("restored", show);
  show();
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A meeting's count follows what is chosen: who is there, who says what, what is still missing.
const SAID = { agree: "同意", disagree: "不同意", abstain: "弃权", defer: "缓议" };

function count(form, box) {
  const needed = { present: Number(box.dataset.present), agree: Number(box.dataset.agree) };
  const valueOf = (name) => (form.elements[name] ? form.elements[name].value : "");
  const rows = [...form.querySelectorAll("select[name^='status_']")].map((field) => {
    const member = field.name.slice("status_".length);
    const recused = form.elements[`recused_${member}`];
    return { status: field.value, choice: valueOf(`choice_${member}`), isRecused: recused && recused.checked };
  });
  if (rows.every((row) => !row.status)) return "";
  const present = rows.filter((row) => row.status === "present");
  const voters = present.filter((row) => !row.isRecused);
  const votes = Object.keys(SAID).map((choice) => [choice, voters.filter((row) => row.choice === choice).length]);
  const silent = voters.length - votes.reduce((sum, [, number]) => sum + number, 0);
  const agree = votes[0][1];
  const words = [`实到 ${present.length} 人`, ...votes.filter(([, number]) => number).map(([choice, number]) => `${SAID[choice]} ${number}`)];
  const absent = rows.filter((row) => row.status && row.status !== "present").length;
  if (absent) words.splice(1, 0, `请假或缺席 ${absent}`);
  if (present.length > voters.length) words.push(`回避 ${present.length - voters.length}`);
  if (present.length + absent < rows.length) words.push(`还有 ${rows.length - present.length - absent} 人没有登记到会`);
  if (silent) words.push(`还有 ${silent} 人没有表态`);
  let verdict = "";
  if (present.length + absent === rows.length && present.length < needed.present) verdict = "到会人数不足，不能形成结论。";
  else if (agree >= needed.agree) verdict = "同意已过半数，可以通过。";
  else if (!silent && present.length + absent === rows.length) verdict = `同意不足 ${needed.agree} 票，不能记为通过。`;
  return `现在：${words.join("，")}。${verdict}`;
}

document.querySelectorAll("[data-tally]").forEach((box) => {
  const form = box.closest("form");
  const now = box.querySelector("[data-tally-now]");
  const show = () => {
    now.textContent = count(form, box);
  };
  form.addEventListener("change", show);
  document.addEventListener("restored", show);
  show();
});
