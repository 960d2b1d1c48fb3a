// Remembers what has the focus by what it is, and gives it back to the same thing in the new page.
export function focused() {
  const now = document.activeElement;
  if (!now || now === document.body || !now.closest("#results, #filters, #facets")) return () => {};
  const { id } = now;
  const facet = now.closest("[data-facet]")?.dataset.facet;
  const words = now.querySelector(".choice-name")?.textContent ?? now.textContent;
  const value = now.dataset.month;
  const typed = now instanceof HTMLInputElement && now.type === "search" ? now.selectionStart : null;
  return () => {
    if (now.isConnected) return;
    const same = (id && document.getElementById(id)) ||
      (value && document.querySelector(`[data-month="${CSS.escape(value)}"]`)) ||
      (facet && [...document.querySelectorAll(`[data-facet="${CSS.escape(facet)}"] a`)].find((a) => a.querySelector(".choice-name")?.textContent === words)) ||
      document.getElementById("shown");
    if (same?.id === "shown") same.tabIndex = -1;
    same?.focus({ preventScroll: true });
    if (typed !== null) same?.setSelectionRange?.(typed, typed);
  };
}
