// Tells politely what changed, to those who hear a page; with `seen`, to those who see it too.
let heard;
let toast;

export function announce(words, seen = false) {
  if (!heard) {
    heard = document.createElement("p");
    heard.className = "visually-hidden";
    heard.setAttribute("role", "status");
    heard.id = "heard";
    document.body.append(heard);
  }
  const told = words.trim();
  heard.textContent = "";
  // an empty line first, so that the same words are told again
  requestAnimationFrame(() => { heard.textContent = told; });
  if (!seen) return;
  toast?.remove();
  toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("aria-hidden", "true");
  toast.textContent = told;
  document.body.append(toast);
  setTimeout(() => toast?.remove(), 4000);
}
