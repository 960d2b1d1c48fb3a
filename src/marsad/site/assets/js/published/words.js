// A query in Arabic as `marsad.arabic.search` reads it: folded as `marsad.arabic.letters` folds, the article taken off.
const LIKE = { ا: "أإآٱٲٳٵ", ي: "ىیېےۍئيٸ", ه: "ةۃەہھۂۀۿ", و: "ؤۇۆۈۋوٶ", ك: "کڪگݣڭك", ب: "پ", ف: "ڤ", ج: "چ", ز: "ژ", ق: "ڨ" };
const TABLE = new Map(Object.entries(LIKE).flatMap(([letter, others]) => [...others].map((other) => [other, letter])));
for (const digits of ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]) [...digits].forEach((digit, n) => TABLE.set(digit, String(n)));
const REMOVED = /[\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c\u00ad]/g;

export function fold(token) {
  const plain = /[\ufb50-\ufeff]/.test(token) ? token.normalize("NFKC") : token;
  return [...plain.replace(REMOVED, "")].map((letter) => TABLE.get(letter) ?? letter).join("");
}

function unarticled(form) {
  for (const article of ["وبال", "وال", "فال", "بال", "كال", "ال"]) if (form.startsWith(article) && form.length >= article.length + 3) return form.slice(article.length);
  return form.startsWith("لل") && form.length > 5 ? form.slice(1) : form;
}

function normal(told) {
  let form = told;
  if (!/^[\u0620-\u06ff]/.test(form)) return form.toLowerCase().slice(0, 60);
  if (form.length > 3 && form.endsWith("ء")) form = form.slice(0, -1);
  if (form.length > 4) {
    if (form.endsWith("يا")) form = `${form.slice(0, -1)}ه`;
    else if (form.endsWith("ون")) form = `${form.slice(0, -2)}ين`;
  }
  return (form[0] + form.slice(1).replaceAll("يو", "وو")).slice(0, 60);
}

// What a query asks for: every word must be there, `-word` must not, `word*` is a beginning; words in quotes are words.
export function termsOf(query) {
  const found = [];
  for (const [, minus, word] of query.replace(/["«»“”„]/g, " ").matchAll(/(-(?=\S))?(\S+)/g)) {
    const prefix = word.endsWith("*");
    for (const form of fold(word).match(/[\p{L}\p{N}]+/gu) ?? []) {
      const bare = unarticled(form);
      found.push({ term: prefix ? bare.slice(0, 60) : normal(bare), prefix, excluded: Boolean(minus) });
    }
  }
  return found;
}
