// What every page has: HTMX, light and dark, digits, "back to top", show more, the bar of the latest, sharing without trackers.
import htmx from "htmx.org/dist/htmx.esm.js";
import { announce } from "./announce.js";
import { digits } from "./digits.js";
import { breaking } from "./breaking.js";
import { remember } from "./remember.js";

// no evaluated code, no style element, nothing of a page kept in the browser's store, no request to another site
Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, historyCacheSize: 0, refreshOnHistoryMiss: true, selfRequestsOnly: true, allowScriptTags: false });
self.htmx = htmx;

function theme() {
  const button = document.getElementById("theme");
  if (!button) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    // the choice that the system makes by itself needs no remembering
    const own = next === (dark.matches ? "dark" : "light");
    if (own) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    remember("theme", own ? null : next);
    show();
    document.dispatchEvent(new CustomEvent("marsad:theme", { detail: next }));
  });
  dark.addEventListener("change", () => {
    show();
    document.dispatchEvent(new CustomEvent("marsad:theme", { detail: isDark() ? "dark" : "light" }));
  });
  show();
}

// The link to the top is in the footer; once a reader has gone a screen down, it comes along.
function toTop() {
  const link = document.getElementById("to-top");
  const head = document.querySelector(".site-header");
  const foot = document.querySelector(".site-footer");
  if (!link || !head || !foot || !("IntersectionObserver" in self)) return;
  const near = new Map();
  const watch = (target, rootMargin) =>
    new IntersectionObserver(([entry]) => {
      near.set(target, entry.isIntersecting);
      link.classList.toggle("is-floating", near.get(head) === false && near.get(foot) === false);
    }, { rootMargin }).observe(target);
  watch(head, "100% 0px 0px 0px");
  watch(foot, "0px");
}

// A list that grew: the first of the new lines gets the focus, and the new count is told.
function showMore() {
  let from = -1;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const list = document.querySelector(`${event.detail.target?.id ? `#${event.detail.target.id}` : "main"} :is(ol, ul):is(.cards, .report-lines)`);
    from = list ? list.children.length : -1;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const line = from < 0 ? null : event.detail.elt?.querySelector?.(":is(ol, ul):is(.cards, .report-lines)")?.children[from];
    line?.querySelector("a")?.focus();
    const shown = event.detail.elt?.querySelector?.(".shown");
    if (shown) announce(shown.textContent);
    from = -1;
  });
}

function sharing() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy || location.href);
      if (button.dataset.done) announce(button.dataset.done, true);
    });
  }
  for (const button of document.querySelectorAll("button[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share || location.href }).catch(() => {}));
  }
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

theme();
toTop();
showMore();
sharing();
digits();
breaking();
