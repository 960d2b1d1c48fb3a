// The list, the filters, the time line and the map of one page, in step; the address holds all of it.
//
// Every link and every form works without this. With it, what the server would answer is put into the page that is there, so that the map stays. The
// part behind `#` holds what the server needs not know: `#map=zoom/latitude/longitude` and, of a chosen incident, `/id`.
import { announce } from "../announce.js";
import { redraw } from "../digits.js";
import { dayNumber, dayTold } from "./points.js";
import { focused } from "./focus.js";
import { element } from "./view.js";
import { t } from "./words.js";

const SETTLE = 350; // milliseconds after which a map that was moved stands still

export function viewTold(hash = location.hash) {
  const found = hash.match(/^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/(.+))?$/);
  return found ? { zoom: Number(found[1]), center: [Number(found[3]), Number(found[2])], picked: found[4] ? decodeURIComponent(found[4]) : null } : null;
}

export function boxTold(address = location.href) {
  const numbers = (new URL(address).searchParams.get("box") ?? "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? numbers : null;
}

// The address of the points: all that the filters ask for, whatever part of the world and of time is looked at.
export function wholeSource(source) {
  const address = new URL(source, location.href);
  for (const name of ["box", "since", "until"]) address.searchParams.delete(name);
  return address.href;
}

export function windowTold(address = location.href) {
  const { searchParams } = new URL(address);
  return ["since", "until"].map((name) => dayNumber(searchParams.get(name)));
}

export class Explore {
  // `list.go(address)` brings list and filters to an address and gives the address of the points, or null where it failed.
  constructor(view, list, load) {
    this.view = view;
    this.list = list;
    this.load = load;
    this.source = null;
    this.timer = 0;
  }

  start() {
    document.addEventListener("click", (event) => this.clicked(event), true);
    document.addEventListener("submit", (event) => this.sent(event), true);
    addEventListener("popstate", () => this.back());
    document.addEventListener("focusin", (event) => this.near(event));
    document.addEventListener("pointerover", (event) => this.near(event));
    this.time();
  }

  clicked(event) {
    const link = event.target.closest?.("#filters a[href], #results a[href], #facets a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.hasAttribute("download") || link.target) return;
    const address = new URL(link.href, location.href);
    if (address.pathname !== location.pathname || (address.hash && address.search === location.search)) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(address.href, { grows: link.id === "more" });
  }

  sent(event) {
    if (event.target.id !== "filters") return;
    event.preventDefault();
    event.stopPropagation();
    const address = new URL(event.target.getAttribute("action") || location.pathname, location.href);
    address.search = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value)).toString();
    this.go(address.href);
  }

  // Goes to an address: the list and the filters of it, the same map. `replace`: the history gets no new entry.
  async go(address, { replace = false, grows = false, back = false } = {}) {
    const wanted = new URL(address, location.href);
    wanted.hash = back ? wanted.hash : location.hash;
    const restore = focused();
    const source = await this.list.go(wanted.href, { grows });
    if (source === null) {
      announce(t("update_failed"), true);
      return;
    }
    if (!back) history[replace || grows ? "replaceState" : "pushState"](null, "", wanted);
    this.time();
    if (!grows) restore();
    await this.refresh(source);
  }

  async back() {
    await this.go(location.href, { back: true });
    const view = viewTold();
    if (view && this.view.map) this.view.map.jumpTo(view);
  }

  // Brings the points of the map to what the address asks for.
  async refresh(source) {
    const whole = wholeSource(source);
    const part = new URL(source, location.href).href;
    const wanted = this.cut === whole ? part : whole;
    const [since, until] = windowTold();
    if (wanted !== this.source) {
      this.source = wanted;
      try {
        let points = await this.load(wanted);
        if (wanted === whole && points.total > points.length) {
          // too many for one map: from now on those that lie in the part of the world and of time that is looked at
          this.cut = whole;
          if (part !== whole) points = await this.load(this.source = part);
        }
        this.view.window = [since, until];
        this.view.show(points);
      } catch (error) {
        console.error(error);
        this.view.status.textContent = t("unread");
        this.view.status.hidden = false;
      }
    } else this.view.setWindow(since, until);
    this.mark();
  }

  moved(own) {
    this.remember();
    if (!own || !this.view.follow.checked) return;
    clearTimeout(this.timer);
    document.getElementById("results").classList.add("is-loading");
    this.timer = setTimeout(() => {
      const bounds = this.view.map.getBounds();
      const address = new URL(location.href);
      const near = (number) => Number(number.toFixed(3));
      const wide = bounds.getEast() - bounds.getWest() >= 360;
      const box = [wide ? -180 : turned(bounds.getWest()), Math.max(-90, bounds.getSouth()), wide ? 180 : turned(bounds.getEast()), Math.min(90, bounds.getNorth())].map(near);
      address.searchParams.set("box", box.join(","));
      for (const name of ["from", "show"]) address.searchParams.delete(name);
      this.go(address.href.replaceAll("%2C", ","), { replace: true });
    }, SETTLE);
  }

  picked(id) {
    this.chosen = id;
    this.remember();
    this.mark();
  }

  mark() {
    for (const card of document.querySelectorAll("#incident-list > [data-id]")) card.classList.toggle("is-selected", card.dataset.id === this.chosen);
  }

  remember() {
    if (!this.view.map) return;
    const { lat, lng } = this.view.map.getCenter();
    const place = [this.view.map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4), ...(this.chosen ? [encodeURIComponent(this.chosen)] : [])];
    history.replaceState(history.state, "", `${location.pathname}${location.search}#map=${place.join("/")}`);
  }

  // The incident of the list that is looked at is ringed on the map.
  near(event) {
    if (!this.view.map || this.view.chosen) return;
    const card = event.target.closest?.("#incident-list > [data-lat]");
    if (card === this.card) return;
    this.card = card;
    if (card) this.view.ring(Number(card.dataset.lat), Number(card.dataset.lon));
    else this.view.noRing();
  }

  // -- time

  time() {
    const [since, until] = windowTold();
    let place = document.querySelector("#timeline");
    if (!place && since === null && until === null) return;
    if (!place) {
      // a span so short that the server draws no bars for it must still be left by the same buttons
      place = element("section", { class: "timeline", id: "timeline", "aria-label": t("timeline") }, element("h2", {}, t("timeline")));
      document.querySelector("#results .list-head")?.before(place);
    }
    const dayOfMonth = (month, next) => Math.floor(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + next, 1) / 86_400_000);
    const months = [...place.querySelectorAll("[data-month]")].map((bar) => bar.dataset.month);
    if (months.length && since === null && until === null) this.span = [dayOfMonth(months[0], 0), dayOfMonth(months.at(-1), 1) - 1];
    const span = this.span ?? [since ?? until - 365, until ?? since + 365];
    const now = [since ?? Math.min(span[0], until ?? span[0]), until ?? Math.max(span[1], since ?? span[1])];
    const length = Math.max(1, now[1] - now[0] + 1);
    const all = since === null && until === null;
    const move = (by) => [now[0] + by, now[1] + by];
    const button = (key, sign, to, off = false) =>
      element("button", { type: "button", id: `time-${key}`, "aria-disabled": off ? "true" : null, onclick: () => off || this.setTime(to) }, element("span", { "aria-hidden": "true" }, sign), ` ${t(key)}`);
    const half = Math.max(1, Math.round(length / 2));
    place.querySelector(".timeline-buttons")?.remove();
    place.append(element(
      "div", { class: "timeline-buttons", role: "group", "aria-label": t("time") },
      button("earlier", "«", move(-half)), button("later", "»", move(half), all),
      button("narrower", "−", [now[1] - half + 1, now[1]], length <= 1), button("wider", "+", [now[0] - half, now[1]], all),
      button("all_time", "∞", [null, null], all),
      element("span", { class: "timeline-window n", dir: "auto" }, all ? "" : t("window", { since: dayTold(now[0]), until: dayTold(now[1]) })),
    ));
    for (const bar of place.querySelectorAll("[data-month]")) {
      const first = dayOfMonth(bar.dataset.month, 0);
      bar.classList.toggle("is-within", !all && first <= now[1] && dayOfMonth(bar.dataset.month, 1) - 1 >= now[0]);
    }
    this.latest(place);
    redraw(place);
  }

  // A time line that is longer than its box opens at its latest month.
  latest(place) {
    const bars = place.querySelector(".bars");
    if (bars) bars.scrollLeft = document.documentElement.dir === "rtl" ? -bars.scrollWidth : bars.scrollWidth;
  }

  setTime([since, until]) {
    const address = new URL(location.href);
    for (const name of ["since", "until", "from", "show"]) address.searchParams.delete(name);
    if (since !== null) address.searchParams.set("since", dayTold(since));
    if (until !== null) address.searchParams.set("until", dayTold(until));
    this.go(address.href);
  }
}

const turned = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

// The list as the server draws it: asked for by its address, put in place of the one that is there.
export class ServerList {
  constructor(keep) {
    this.keep = keep; // stays in the page: the map
    this.asked = null;
  }

  async go(address, { grows }) {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const results = document.getElementById("results");
    results.classList.add("is-loading");
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
      const source = drawn.querySelector("#map")?.dataset.source;
      const list = drawn.getElementById("results");
      if (!answer.ok || !source || !list) return null;
      const before = document.querySelectorAll("#incident-list > *").length;
      this.put(results, list);
      for (const id of ["filters", "facets"]) this.filters(id, drawn.getElementById(id));
      document.title = drawn.title;
      const other = drawn.querySelector(".lang-switch")?.getAttribute("href");
      if (other) document.querySelector(".lang-switch")?.setAttribute("href", other);
      self.htmx?.process(results);
      redraw(results);
      if (grows) document.querySelectorAll("#incident-list > *")[before]?.querySelector("a")?.focus();
      announce(document.getElementById("shown")?.textContent ?? "");
      return source;
    } catch (error) {
      return error.name === "AbortError" ? new Promise(() => {}) : null;
    } finally {
      if (this.asked === asked) results.classList.remove("is-loading");
    }
  }

  put(results, drawn) {
    for (const node of [...results.childNodes]) if (node !== this.keep) node.remove();
    drawn.querySelector("#map")?.remove();
    results.append(...[...drawn.childNodes].map((node) => document.adoptNode(node)));
  }

  filters(id, drawn) {
    const held = document.getElementById(id);
    if (!held || !drawn) return;
    const open = new Map([...held.querySelectorAll("details")].map((d) => [nameOf(d), d.open]));
    held.replaceChildren(...[...drawn.childNodes].map((node) => document.adoptNode(node)));
    for (const details of held.querySelectorAll("details")) if (open.has(nameOf(details))) details.open = open.get(nameOf(details));
    redraw(held);
  }
}

function nameOf(details) {
  return `${details.closest("[data-facet]")?.dataset.facet ?? ""} ${details.className}`;
}
