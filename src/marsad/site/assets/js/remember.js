// The reader's own choices, kept in this browser alone. A page that was opened from a folder may have no store: then they hold for that page.
export function remembered(name) {
  try {
    return localStorage.getItem(`marsad.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(`marsad.${name}`);
    else localStorage.setItem(`marsad.${name}`, value);
  } catch {
    // it holds for this page
  }
}
