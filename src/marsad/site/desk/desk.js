// What the keyboard adds to the desk, which works without: going from row to row, acts by one key, words taken from the text.
(() => {
  "use strict";
  const html = document.documentElement;
  const typing = (el) => el && /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);
  let on = true;
  try { on = localStorage.getItem("marsad-keys") !== "off"; } catch { /* no store: keys are on */ }

  // words of the report: what is selected in the text goes into the field that asks for words and was used last
  let words = null;
  document.addEventListener("focusin", (e) => { if (e.target.matches("input.words")) words = e.target; });
  document.addEventListener("mouseup", (e) => {
    const text = e.target.closest && e.target.closest(".marked");
    const chosen = String(getSelection()).replace(/\s+/g, " ").trim();
    if (text && words && chosen) { words.value = chosen; words.focus(); }
  });

  const rows = () => [...document.querySelectorAll("[data-keys=rows] .queue-row, .queue .queue-row")];
  const go = (by) => {
    const all = rows(); if (!all.length) return;
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + by))];
    const link = next.querySelector("a"); if (link) { link.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("keydown", (e) => {
    if (!on || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
    if (e.key === "j") { go(1); e.preventDefault(); return; }
    if (e.key === "k") { go(-1); e.preventDefault(); return; }
    const why = document.querySelector(".desk-acts .why"); if (!why) return;
    if (e.key === "/") { why.focus(); e.preventDefault(); return; }
    const act = document.querySelector(`.desk-acts button[data-key="${CSS.escape(e.key)}"]`);
    if (act) { e.preventDefault(); if (why.value.trim()) act.click(); else { why.focus(); why.dataset.then = e.key; } }
  });
  // Enter in the reason does the act that was asked for by its key
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !e.target.matches(".desk-acts .why")) return;
    const act = e.target.dataset.then && document.querySelector(`.desk-acts button[data-key="${CSS.escape(e.target.dataset.then)}"]`);
    e.preventDefault(); if (act && e.target.value.trim()) act.click();
  });
  const note = document.querySelector("[data-keys-note]");
  if (note) {
    note.hidden = false;
    const button = note.querySelector("button");
    const say = () => { note.querySelector("span").hidden = !on; button.textContent = on ? button.dataset.off : button.dataset.on; };
    button.addEventListener("click", () => { on = !on; try { localStorage.setItem("marsad-keys", on ? "on" : "off"); } catch { /* this page alone */ } say(); });
    say();
  }
  const share = document.querySelector(".share-link");
  if (share) share.addEventListener("focus", () => share.select());
  html.dataset.desk = "1";
})();
