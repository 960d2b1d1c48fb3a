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

  const help = document.querySelector("#keys-help");
  const rows = () => [...document.querySelectorAll(".queue-row")];
  const go = (by) => {
    const all = rows(); if (!all.length) return;
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + by))];
    const link = next.querySelector("a"); if (link) { link.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  // what a key stands for: nearest to where one is (a field, an event), else the first of the page
  const meant = (key) => {
    const what = `[data-key="${CSS.escape(key)}"]`, at = document.activeElement;
    for (const near of [at && at.closest("dl.fields > div"), at && at.closest(".queue-row")]) {
      const found = near && near.querySelector(what); if (found) return found;
    }
    return document.querySelector(what);
  };
  const done = (el) => {
    if (el.matches("summary")) {
      const box = el.parentElement; box.open = true;
      const first = box.querySelector("select, textarea, input:not([type=hidden])"); (first || el).focus();
    } else if (el.matches("a") && !el.closest("main")) el.click();
    else el.focus();
  };
  document.addEventListener("keydown", (e) => {
    if (!on || e.ctrlKey || e.altKey || e.metaKey || typing(e.target) || (help && help.open)) return;
    if (e.key === "?") { if (help) { help.showModal(); e.preventDefault(); } return; }
    if (e.key === "j") { go(1); e.preventDefault(); return; }
    if (e.key === "k") { go(-1); e.preventDefault(); return; }
    const why = document.querySelector(".desk-acts .why");
    if (e.key === "/" && why) { why.focus(); e.preventDefault(); return; }
    if (e.key.length !== 1) return;
    const el = meant(e.key); if (!el) return;
    e.preventDefault();
    if (!el.matches(".desk-acts button")) { done(el); return; }
    if (why.value.trim()) el.click(); else { why.focus(); why.dataset.then = e.key; }
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
    note.querySelector("[data-keys-open]").addEventListener("click", () => help.showModal());
    const button = note.querySelector("[data-keys-switch]");
    const say = () => { button.textContent = on ? button.dataset.off : button.dataset.on; };
    button.addEventListener("click", () => { on = !on; try { localStorage.setItem("marsad-keys", on ? "on" : "off"); } catch { /* this page alone */ } say(); });
    say();
  }
  const share = document.querySelector(".share-link");
  if (share) share.addEventListener("focus", () => share.select());
  html.dataset.desk = "1";
})();
