// One incident of a published list, as `_parts.html` draws it on the server.
import { figure } from "../digits.js";
import { lang, t } from "../map/words.js";

const MONTHS = {
  ar: ["كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو", "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const n = (number) => make("span", { class: "n" }, figure(number, lang()));

// A day no finer than it is known.
function day(entry) {
  if (!entry.date) return [t("undated")];
  const [year, month, number] = entry.date.split("-").map(Number);
  const parts = { year: [n(year)], month: [MONTHS[lang()][month - 1], " ", n(year)] }[entry.day_precision] ?? [n(number), " ", MONTHS[lang()][month - 1], " ", n(year)];
  return [make("time", { datetime: entry.date }, ...parts)];
}

function killed(told) {
  if (!told) return [];
  const [low, , high] = told;
  const bounds = high === null ? t("at_least", { low: figure(low, lang()) }) : low === high ? figure(low, lang()) : `${figure(low, lang())}–${figure(high, lang())}`;
  return [make("ul", { class: "card-figures" }, make("li", { class: "figure figure-killed" }, make("span", { class: "figure-name" }, t("killed")), " ", make("bdi", { class: "n", ...(high !== null && { dir: "ltr" }) }, bounds)))];
}

export function card(entry, names) {
  const href = `${encodeURIComponent(entry.id)}.html`;
  const badges = ["grade", "review"].map((kind) => {
    const badge = make("span", { class: `badge badge-${kind} is-${entry[kind]}` });
    badge.innerHTML = names.get(`${kind} ${entry[kind]}`) ?? "";
    return badge;
  });
  const actors = (entry.actor ?? []).map((id) => names.get(`actor ${id}`)).filter(Boolean);
  const who = make("p", { class: "card-actors" });
  who.innerHTML = actors.slice(0, 3).join(lang() === "ar" ? "، " : ", ");
  const located = entry.lat === null ? {} : { "data-lat": entry.lat, "data-lon": entry.lon };
  return make(
    "li", { class: `card type-${entry.type}`, id: `i-${entry.id}`, "data-id": entry.id, ...located },
    make("h3", { class: "card-title" }, make("a", { href }, entry[`title_${lang()}`])),
    make("p", { class: "card-meta" }, make("span", { class: "card-date" }, ...day(entry))),
    ...(actors.length ? [who] : []), ...killed(entry.killed),
    make("p", { class: "badges" }, ...badges.filter((badge) => badge.textContent)),
  );
}
