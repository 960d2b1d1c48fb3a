// Figures in the digits of the reader's choice. The server draws them as the cookie asks; pages that were published as files are drawn here.
import { remember, remembered } from "./remember.js";

const ARAB = "٠١٢٣٤٥٦٧٨٩";

const toArab = (words) => words.replace(/[0-9]/g, (d) => ARAB[d]).replace(/(?<=[٠-٩]),(?=[٠-٩]{3})/g, "٬").replace(/(?<=[٠-٩])\.(?=[٠-٩])/g, "٫");
const toLatn = (words) => words.replace(/[٠-٩]/g, (d) => ARAB.indexOf(d)).replaceAll("٬", ",").replaceAll("٫", ".");

// Which digits the page is in now: `arab` or `latn`.
export function chosenDigits() {
  return document.documentElement.dataset.digits === "arab" ? "arab" : "latn";
}

// A number as the page writes it.
export function figure(number, lang) {
  const plain = Math.abs(number) >= 10000 ? String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",") : String(number);
  return lang === "ar" && chosenDigits() === "arab" ? toArab(plain) : plain;
}

// Turns the figures below a node: those that are marked, never words that somebody said or wrote.
export function redraw(root = document) {
  const turn = chosenDigits() === "arab" ? toArab : toLatn;
  for (const marked of root.querySelectorAll(".n")) {
    const walk = document.createTreeWalker(marked, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const turned = turn(walk.currentNode.data);
      if (turned !== walk.currentNode.data) walk.currentNode.data = turned;
    }
  }
}

export function digits() {
  const form = document.querySelector("form.digits");
  if (!form) return;
  const button = form.querySelector("button");
  const label = button.getAttribute("aria-label") ?? "";
  const words = label.includes(":") ? label.slice(0, label.indexOf(":")) : label;
  const show = () => {
    const next = chosenDigits() === "arab" ? "latn" : "arab";
    button.value = next;
    button.textContent = next === "arab" ? "١٢٣" : "123";
    button.setAttribute("aria-label", `${words}: ${button.textContent}`);
  };
  const choose = (kind) => {
    document.documentElement.dataset.digits = kind;
    redraw();
    show();
    document.dispatchEvent(new CustomEvent("marsad:digits", { detail: kind }));
  };
  // a page from files knows no cookie; what was chosen is kept in the browser
  const kept = remembered("digits");
  if (kept && kept !== chosenDigits()) choose(kept);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const kind = button.value === "arab" ? "arab" : "latn";
    remember("digits", kind);
    document.cookie = `digits=${kind}; path=/; max-age=31536000; samesite=lax`;
    choose(kind);
  });
}
