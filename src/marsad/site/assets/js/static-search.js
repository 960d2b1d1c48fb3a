// The list of a published site: what the server does with an address, done in the browser. The first page needs none of it.
import { announce } from "./announce.js";
import { figure, redraw } from "./digits.js";
import { lang, t } from "./map/words.js";
import { FACETS, PublishedIndex } from "./published/index.js";
import { card } from "./published/card.js";

const SHOWN = 30;
const ASKED = [...FACETS, "since", "until", "q", "box", "near", "undated", "unlocated", "sort"];

const base = () => `${location.pathname.replace(/from-\d+\.html$/, "index.html")}`;
const element = (html) => {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content.firstElementChild;
};

class PublishedList {
  constructor(source) {
    this.source = new URL(source, location.href).href.split("?")[0];
    this.names = new Map();
    for (const link of document.querySelectorAll("#facets [data-facet] a.choice")) {
      const facet = link.closest("[data-facet]").dataset.facet;
      const value = new URL(link.href).searchParams.getAll(facet).at(-1);
      if (value === null || value === undefined) continue;
      link.dataset.value = value;
      this.names.set(`${facet} ${value}`, link.querySelector(".choice-name").innerHTML);
    }
    this.labels = { undated: t("undated_link"), unlocated: t("unlocated_link") };
    this.shown = SHOWN;
  }

  // Brings the page to an address; gives that of the points.
  async go(address, { grows = false } = {}) {
    const { searchParams } = new URL(address);
    this.shown = Math.max(SHOWN, Number(searchParams.get("show")) || SHOWN);
    const index = await PublishedIndex.open(this.source);
    const params = new URLSearchParams([...searchParams].filter(([name, value]) => ASKED.includes(name) && value));
    const found = await index.found(params);
    const before = document.querySelectorAll("#incident-list > *").length;
    this.head(found, params);
    this.list(found, params);
    this.chosen(params);
    this.form(params);
    await Promise.all([...document.querySelectorAll("#facets > [data-facet]")].map((box) => this.facet(box, index, params)));
    await this.bars(index, params);
    redraw(document.querySelector(".explore"));
    if (grows) document.querySelectorAll("#incident-list > *")[before]?.querySelector("a")?.focus();
    document.getElementById("results").classList.remove("is-loading");
    announce(document.getElementById("shown").textContent);
    return `${this.source}?${params}`;
  }

  address(params, changed = {}) {
    const made = new URLSearchParams(params);
    for (const name of ["from", "show"]) made.delete(name);
    for (const [name, values] of Object.entries(changed)) {
      made.delete(name);
      for (const value of [values].flat()) if (value) made.append(name, value);
    }
    const told = made.toString();
    return told ? `${base()}?${told}` : base();
  }

  head(found, params) {
    const n = (number) => `<span class="n">${figure(number, lang())}</span>`;
    document.getElementById("shown").innerHTML = t("shown", { shown: n(Math.min(this.shown, found.length)), total: n(found.length) });
    const links = document.querySelector(".list-links");
    for (const link of links.querySelectorAll(".counted")) link.remove();
    for (const [name, count] of [["undated", found.filter((entry) => !entry.date).length], ["unlocated", found.filter((entry) => entry.lat === null).length]]) {
      if (count) links.append(" ", element(`<a class="counted" rel="nofollow" href="${this.address(params, { [name]: "1" })}">${this.labels[name]} (${n(count)})</a>`));
    }
    const order = links.querySelector("a");
    if (order) order.href = this.address(params, { sort: params.get("sort") === "oldest" ? "" : "oldest" });
  }

  list(found, params) {
    const list = document.getElementById("incident-list");
    list.replaceChildren(...found.slice(0, this.shown).map((entry) => card(entry, this.names)));
    document.querySelector("#results > .none")?.remove();
    if (!found.length) list.after(element(`<p class="none">${t("no_match")}</p>`));
    const more = document.querySelector(".list-more");
    more.replaceChildren();
    if (found.length > this.shown) more.append(element(`<a id="more" class="button" rel="nofollow next" href="${this.address(params, {})}${[...params].length ? "&" : "?"}show=${this.shown + SHOWN}">${t("more")}</a>`));
    const download = document.querySelector(".download");
    if (download) download.hidden = [...params].length > 0; // the files hold the whole list
  }

  chosen(params) {
    document.querySelector("#results .chosen")?.remove();
    const chips = [];
    for (const [name, value] of params) {
      if (name === "sort") continue;
      const told = this.names.get(`${name} ${value}`) ?? this.labels[name] ?? (name === "box" ? t("map") : escaped(value));
      const rest = params.getAll(name).filter((other) => other !== value);
      const chip = element(`<li><a rel="nofollow" href="${this.address(params, { [name]: rest })}"><span class="visually-hidden">${t("remove")}</span><span class="chosen-name">${told}</span> <span aria-hidden="true">×</span></a></li>`);
      chips.push(chip);
    }
    if (!chips.length) return;
    const list = element('<ul class="chosen"></ul>');
    list.append(...chips, element(`<li><a class="clear" href="${base()}">${t("clear")}</a></li>`));
    document.getElementById("incident-list").before(list);
  }

  form(params) {
    const form = document.getElementById("filters");
    for (const name of ["q", "since", "until"]) form.elements[name].value = params.get(name) ?? "";
    for (const hidden of form.querySelectorAll("input[type=hidden]")) hidden.remove();
    for (const [name, value] of params) {
      if (!["q", "since", "until"].includes(name)) form.querySelector("button").before(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }

  async facet(box, index, params) {
    const { facet } = box.dataset;
    const counts = await index.counts(facet, params);
    const chosen = params.getAll(facet);
    for (const link of box.querySelectorAll("a.choice[data-value]")) {
      const { value } = link.dataset;
      const on = chosen.includes(value);
      const count = counts.get(value) ?? 0;
      link.href = this.address(params, { [facet]: on ? chosen.filter((other) => other !== value) : [...chosen, value] });
      link.classList.toggle("is-chosen", on);
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.querySelector(".choice-count").innerHTML = `<span class="n">${figure(count, lang())}</span>`;
      link.parentElement.hidden = !on && !count;
    }
  }

  async bars(index, params) {
    const counts = await index.counts("month", params);
    const bars = [...document.querySelectorAll("#timeline [data-month]")];
    const most = Math.max(1, ...bars.map((bar) => counts.get(bar.dataset.month) ?? 0));
    for (const bar of bars) {
      const { month } = bar.dataset;
      const count = counts.get(month) ?? 0;
      const height = count ? Math.max(2, Math.round((100 * count) / most)) : 0;
      const rect = bar.querySelector("rect");
      rect.setAttribute("y", 100 - height);
      rect.setAttribute("height", height);
      const chosen = params.getAll("month");
      bar.href = this.address(params, { month: chosen.includes(month) ? chosen.filter((other) => other !== month) : [...chosen, month] });
      bar.classList.toggle("is-chosen", chosen.includes(month));
      const heard = bar.querySelector(".visually-hidden");
      heard.innerHTML = heard.innerHTML.replace(/:[^:]*$/, `: <span class="n">${figure(count, lang())}</span>`);
      bar.title = heard.textContent;
    }
  }
}

function escaped(words) {
  const made = document.createElement("bdi");
  made.textContent = words;
  return made.outerHTML;
}

const place = document.querySelector("#results #map");
if (place && document.getElementById("filters")) {
  self.marsadSearch = new PublishedList(place.dataset.source);
  // the pages of the list are whole as they were written; only a question is answered here
  if (ASKED.some((name) => new URL(location.href).searchParams.get(name))) self.marsadSearch.go(location.href);
}
