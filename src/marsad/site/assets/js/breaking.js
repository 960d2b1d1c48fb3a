// The bar of the latest: off until the reader asks for it; it stops when asked, when it has the focus or the pointer, and where motion is unwanted.
import { remember, remembered } from "./remember.js";

const EVERY = 6000; // milliseconds that one line stands

export function breaking() {
  const bar = document.getElementById("breaking");
  const lines = [...document.querySelectorAll("#incident-list .card-title a")].slice(0, 8).map((a) => ({ href: a.getAttribute("href"), words: a.innerHTML }));
  if (!bar || !lines.length) return;
  const button = document.createElement("button");
  button.type = "button";
  const title = document.createElement("strong");
  title.textContent = bar.dataset.title;
  const link = document.createElement("a");
  bar.append(title, link, button);
  bar.hidden = false;
  let on = false;
  let at = 0;
  let timer = 0;
  const draw = () => {
    link.href = lines[at].href;
    link.innerHTML = lines[at].words; // the page's own markup of the same name
  };
  const step = () => {
    if (bar.matches(":hover, :focus-within")) return;
    at = (at + 1) % lines.length;
    draw();
  };
  const set = (wanted) => {
    on = wanted;
    clearInterval(timer);
    bar.classList.toggle("is-off", !on);
    title.hidden = link.hidden = !on;
    button.textContent = on ? bar.dataset.pause : bar.dataset.play;
    button.setAttribute("aria-pressed", String(on));
    draw();
    if (on && !matchMedia("(prefers-reduced-motion: reduce)").matches) timer = setInterval(step, EVERY);
  };
  button.addEventListener("click", () => {
    set(!on);
    remember("breaking", on ? "on" : null);
  });
  set(remembered("breaking") === "on");
}
