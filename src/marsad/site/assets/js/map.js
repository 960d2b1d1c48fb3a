// The map of a page, and what goes with it there: a list with filters, a list alone, or one place.
import { boxTold, Explore, ServerList, viewTold } from "./map/explore.js";
import { load } from "./map/files.js";
import { Points, points } from "./map/points.js";
import { lang } from "./map/words.js";
import { MapView } from "./map/view.js";
import { isPublished, publishedPoints } from "./published/index.js";

// What the page of an incident begins with, from that page; where pages cannot be read (a folder), nothing more than the points tell.
async function about(address) {
  if (location.protocol === "file:") return null;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) return null;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  const head = drawn.querySelector(".incident-head");
  if (!head) return null;
  const lines = [".kicker", ".incident-meta", ".badges"].map((part) => head.querySelector(part)).filter(Boolean).map((node) => document.adoptNode(node));
  const { lat, lon, radius } = drawn.querySelector(".map[data-lat]")?.dataset ?? {};
  return { title: head.querySelector("h1")?.textContent, lines, ...(lat && { lat: Number(lat), lon: Number(lon), radius: Number(radius) || 0 }) };
}

function single(place) {
  const view = new MapView(place, { single: true, href: () => "#" });
  const { lat, lon, radius, precision } = place.dataset;
  const made = new Points();
  made.add(Number(lat), Number(lon), null, place.dataset.type ?? "armed_clash", precision, Number(radius));
  const km = Math.max(Number(radius) || 0, 2);
  const zoom = Math.max(3, Math.min(11, Math.log2(40_075 / (km * 7))));
  view.open({ center: [Number(lon), Number(lat)], zoom }).then((opened) => opened && view.show(made));
  return view;
}

async function several(place) {
  const source = new URL(place.dataset.source, location.href);
  const own = isPublished(source) ? new URL(`../${lang()}/incidents/{id}.html`, source).href.replace(/%7Bid%7D/g, "{id}") : `${source.pathname.replace(/\.\w+$/, "")}/{id}`;
  const pattern = place.dataset.href ?? own;
  const href = (id) => pattern.replace("{id}", encodeURIComponent(id));
  const withFilters = Boolean(document.getElementById("filters") && document.getElementById("results"));
  let explore = null;
  const view = new MapView(place, {
    follows: withFilters, href, about: (id) => about(href(id)), moved: (own) => explore?.moved(own), picked: (id) => explore?.picked(id),
  });
  const read = async (address) => points(await (isPublished(address) ? publishedPoints(new URL(address, location.href).href) : load(address)), address);
  if (withFilters) {
    explore = new Explore(view, self.marsadSearch ?? new ServerList(view.box), read);
    explore.start();
  }
  const told = viewTold();
  const [opened, held] = await Promise.all([view.open(told), withFilters ? null : read(place.dataset.source).catch(() => null)]);
  if (!opened) return view;
  if (withFilters) await explore.refresh(self.marsadSearch ? self.marsadSearch.source + location.search : place.dataset.source);
  else if (held) view.show(held);
  const box = boxTold();
  if (!told && box) view.fit(box);
  else if (!told) view.showAll();
  if (told?.picked) view.pickId(told.picked);
  return view;
}

for (const place of document.querySelectorAll("#map, .map[data-source], .map[data-lat]")) {
  if (place.dataset.lat) single(place);
  else if (place.dataset.source) several(place);
}
