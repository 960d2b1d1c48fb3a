// One map: base map, incidents in clusters, areas of approximate places, buttons for all that a pointer can do.
import maplibregl from "maplibre-gl";
import { chosenDigits, figure, redraw } from "../digits.js";
import { BOLD, colours, ownLayers, sources, tileLayers } from "./basemap.js";
import { handed, mapFiles } from "./files.js";
import { dayTold, pixels } from "./points.js";
import { archive } from "./tiles.js";
import { lang, t } from "./words.js";

const REGION = [[25, 11], [57, 39]]; // shown where there is no incident
const CLOSEST = 14;
const LISTED = 40; // incidents of one place that are listed in the panel
const NUMBER_LOCALE = { arab: "ar-EG", latn: "en-GB" };

let shaped = false;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export class MapView {
  // `place`: the element of the page that becomes the map; `options.href`: id → address of an incident.
  constructor(place, options) {
    this.place = place;
    this.options = options;
    this.window = [null, null];
    this.chosen = null;
    this.points = null;
    this.frame();
  }

  // -- what stands around the map

  frame() {
    this.box = element("div", { class: "map-box" });
    this.place.replaceWith(this.box);
    this.canvas = element("div", { class: "map-canvas" });
    this.status = element("p", { class: "map-status", role: "status" }, t("loading"));
    this.panel = element("section", { class: "map-panel", hidden: true, tabindex: "-1" });
    this.place.hidden = false;
    this.place.append(this.canvas, this.status);
    this.cut = element("p", { class: "note map-cut", role: "status", hidden: true });
    this.box.append(this.place, this.buttons(), this.cut, this.panel, this.legend());
  }

  buttons() {
    const button = (key, sign, act) =>
      element("button", { type: "button", class: `map-${key}`, title: t(key), "aria-label": t(key), onclick: () => this.map && act(this.map) }, element("span", { "aria-hidden": "true" }, sign));
    const pan = (x, y) => (map) => map.panBy([x * 0.4 * map.getContainer().clientWidth, y * 0.4 * map.getContainer().clientHeight], {}, { own: true });
    const zoom = (by) => (map) => map.zoomTo(Math.round((map.getZoom() + by) * 2) / 2, {}, { own: true });
    this.follow = element("input", { type: "checkbox", id: "map-follow" });
    this.follow.checked = true;
    return element(
      "div", { class: "map-buttons", role: "group", "aria-label": t("move") },
      // west is on the left in every language
      element("span", { class: "map-moves", dir: "ltr" }, button("zoom_in", "+", zoom(1)), button("zoom_out", "−", zoom(-1)),
        button("west", "←", pan(-1, 0)), button("north", "↑", pan(0, -1)), button("south", "↓", pan(0, 1)), button("east", "→", pan(1, 0)),
        button("whole", "⤢", () => this.showAll({ own: true }))),
      this.options.follows ? element("label", { class: "map-follow", for: "map-follow" }, this.follow, t("follow")) : null,
    );
  }

  legend() {
    const entry = (sign, key) => element("li", {}, element("span", { class: `sign sign-${sign}`, "aria-hidden": "true" }), t(key));
    const kinds = ["violence", "force", "people", "talk"].map((kind) => entry(kind, kind));
    return element(
      "details", { class: "map-legend", open: matchMedia("(min-width: 60rem)").matches },
      element("summary", {}, t("legend")), element("ul", {}, ...(this.options.single ? [] : [...kinds, entry("cluster", "cluster")]), entry("area", "area")),
      this.origin = element("p", { class: "note" }, t("borders")),
    );
  }

  // -- the map itself

  async open(view) {
    let held;
    try {
      held = await mapFiles();
      await Promise.all(["٠ابج", "abc0"].flatMap((words) => [400, 700].map((weight) => document.fonts?.load(`${weight} 24px "IBM Plex Sans Arabic"`, words))));
      await document.fonts?.load('700 24px "Marsad Bold"', "٠ابج0");
      if (!shaped) {
        shaped = true;
        maplibregl.setWorkerUrl(held.worker);
      }
      await this.make(held, view);
    } catch (error) {
      console.error(error);
      this.status.textContent = t("failed");
      this.status.hidden = false;
      this.box.classList.add("has-failed");
      return false;
    }
    this.status.hidden = true;
    return true;
  }

  async make(held, view) {
    const tiles = this.place.dataset.tiles && location.protocol !== "file:" ? await archive(maplibregl, this.place.dataset.tiles).catch((error) => {
      console.warn(`${this.place.dataset.tiles}: ${error.message}; the base map of this site is drawn`); // a server that gives no parts of files
      return null;
    }) : null;
    if (tiles) Object.assign(this.origin, { textContent: tiles.attribution, dir: "auto" });
    this.layers = (c) => [...(tiles ? tileLayers(c, lang(), tiles.layers) : ownLayers(c, lang())), ...this.ownLayers(c)];
    const empty = { type: "FeatureCollection", features: [] };
    const style = {
      version: 8,
      sources: {
        ...(tiles ? { tiles: tiles.source } : sources(held.sources)),
        incidents: { type: "geojson", data: empty, cluster: !this.options.single, clusterRadius: 46, clusterMaxZoom: CLOSEST - 1, maxzoom: CLOSEST, buffer: 0, tolerance: 0 },
        picked: { type: "geojson", data: empty },
      },
      layers: [],
    };
    this.map = new maplibregl.Map({
      container: this.canvas, style, ...(view ?? { bounds: REGION }), attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0,
      minZoom: 1.2, maxZoom: CLOSEST + 1, renderWorldCopies: true, cooperativeGestures: true, fadeDuration: 0, maplibreLogo: false,
      locale: {
        "Map.Title": t("map"), "CooperativeGesturesHandler.WindowsHelpText": t("gesture"), "CooperativeGesturesHandler.MacHelpText": t("gesture_mac"),
        "CooperativeGesturesHandler.MobileHelpText": t("gesture_touch"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on("error", ({ error }) => console.error(error));
    await new Promise((resolve) => this.map.once("style.load", resolve));
    this.map.addImage("place-dot", dot(), { sdf: true, pixelRatio: 2 });
    for (const layer of this.layers(colours())) this.map.addLayer(withIconColour(layer, colours()));
    this.listen();
    document.addEventListener("marsad:theme", () => this.recolour());
    document.addEventListener("marsad:digits", () => this.map.setLayoutProperty("counts", "text-field", this.count()));
    this.place.marsadMap = this.map;
  }

  count() {
    return ["number-format", ["get", "point_count"], { locale: lang() === "ar" ? NUMBER_LOCALE[chosenDigits()] : "en-GB" }];
  }

  ownLayers(c) {
    const alone = ["!", ["has", "point_count"]];
    const kind = ["match", ["get", "kind"], "violence", c.violence, "force", c.force, "people", c.people, c.talk];
    const metres = (factor) => ["interpolate", ["exponential", 2], ["zoom"], 0, ["*", ["get", "px"], factor], 22, ["*", ["get", "px"], factor * 4194304]];
    return [
      { id: "areas", type: "circle", source: "incidents", filter: ["all", alone, ["has", "px"]], minzoom: this.options.single ? 0 : 6, paint: { "circle-radius": metres(1), "circle-color": kind, "circle-opacity": 0.09, "circle-stroke-color": kind, "circle-stroke-width": 1, "circle-stroke-opacity": 0.45 } },
      { id: "picked-area", type: "circle", source: "picked", filter: ["has", "px"], paint: { "circle-radius": metres(1), "circle-color": c.picked, "circle-opacity": 0.14, "circle-stroke-color": c.picked, "circle-stroke-width": 2 } },
      { id: "clusters", type: "circle", source: "incidents", filter: ["has", "point_count"], paint: { "circle-color": c.cluster, "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "point_count"]], 0.3, 13, 2, 19, 4, 30, 5, 36], "circle-stroke-color": c.ring, "circle-stroke-width": 2, "circle-opacity": 0.92 } },
      { id: "counts", type: "symbol", source: "incidents", filter: ["has", "point_count"], layout: { "text-field": this.count(), "text-font": BOLD, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": c.count } },
      { id: "points", type: "circle", source: "incidents", filter: ["all", alone, ["!", ["has", "rough"]]], paint: { "circle-color": kind, "circle-radius": 7, "circle-stroke-color": c.ring, "circle-stroke-width": 2 } },
      { id: "rough", type: "circle", source: "incidents", filter: ["all", alone, ["has", "rough"]], paint: { "circle-color": c.ring, "circle-opacity": 0.7, "circle-radius": 6, "circle-stroke-color": kind, "circle-stroke-width": 3 } },
      { id: "picked", type: "circle", source: "picked", paint: { "circle-color": c.picked, "circle-radius": 9, "circle-stroke-color": c.ring, "circle-stroke-width": 3 } },
    ];
  }

  recolour() {
    const c = colours();
    for (const layer of this.layers(c)) {
      for (const [name, value] of Object.entries(withIconColour(layer, c).paint ?? {})) this.map.setPaintProperty(layer.id, name, value);
    }
  }

  listen() {
    const { map } = this;
    for (const layer of ["clusters", "points", "rough"]) {
      map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
    }
    map.on("click", "clusters", (event) => this.openCluster(event.features[0]));
    for (const layer of ["points", "rough"]) map.on("click", layer, (event) => this.pick(event.features[0].properties.n));
    map.on("moveend", (event) => this.options.moved?.(Boolean(event.originalEvent || event.own)));
  }

  // -- incidents

  show(points) {
    this.points = points;
    this.cut.hidden = !(points.total > points.length);
    this.cut.textContent = this.cut.hidden ? "" : t("cut", { n: figure(points.length, lang()), total: figure(points.total, lang()) });
    this.draw();
  }

  setWindow(since, until) {
    if (this.window[0] === since && this.window[1] === until) return;
    this.window = [since, until];
    this.draw();
  }

  draw() {
    if (!this.map || !this.points) return;
    const drawn = this.points.features(...this.window);
    this.drawn = drawn.features.length;
    this.map.getSource("incidents").setData(this.given = handed(drawn, this.given));
  }

  showAll(told = {}) {
    const box = this.points?.bounds(told.own ? 1 : 0.94);
    this.map.fitBounds(box ? [[box[0], box[1]], [box[2], box[3]]] : REGION, { padding: 50, maxZoom: 9, animate: Boolean(told.own) }, told);
  }

  fit([west, south, east, north]) {
    this.map.fitBounds([[west, south], [east, north]], { animate: false });
  }

  async openCluster(feature) {
    const source = this.map.getSource("incidents");
    const id = feature.properties.cluster_id;
    const total = feature.properties.point_count;
    const closer = await source.getClusterExpansionZoom(id);
    if (closer < CLOSEST && this.map.getZoom() < CLOSEST - 1) {
      this.map.easeTo({ center: feature.geometry.coordinates, zoom: closer + 0.2 }, { own: true });
      return;
    }
    const leaves = await source.getClusterLeaves(id, LISTED, 0);
    const told = await this.points.named(leaves.map((leaf) => leaf.properties.n));
    this.openPanel([
      element("h3", {}, t("together", { n: figure(total, lang()) })),
      told.length < total ? element("p", { class: "note" }, t("among", { n: figure(told.length, lang()) })) : null,
      element("ol", {}, ...told.map((one) => element("li", {}, this.link(one)))),
    ]);
    this.panel.focus({ preventScroll: true });
  }

  link({ id, title, day }) {
    const told = day === null ? t("undated") : element("time", { class: "n", dir: "ltr" }, dayTold(day));
    return element("a", { href: this.options.href(id), "data-id": id }, title, " ", element("span", { class: "map-day" }, told));
  }

  openPanel(told) {
    const close = element("button", { type: "button", class: "map-close", "aria-label": t("close"), title: t("close"), onclick: () => this.drop() }, element("span", { "aria-hidden": "true" }, "×"));
    this.panel.replaceChildren(close, ...told.filter(Boolean));
    this.panel.hidden = false;
    redraw(this.panel);
  }

  ring(lat, lon, radius = 0) {
    const properties = radius ? { px: pixels(radius, lat) } : {};
    this.map?.getSource("picked").setData({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties });
  }

  noRing() {
    this.map?.getSource("picked").setData({ type: "FeatureCollection", features: [] });
  }

  // Chooses none.
  drop() {
    const inside = this.panel.contains(document.activeElement);
    this.chosen = null;
    this.panel.hidden = true;
    this.noRing();
    if (inside) this.map?.getCanvas().focus({ preventScroll: true });
    this.options.picked?.(null);
  }

  // Chooses the point of a number: a ring on the map, and what its page begins with beside it.
  async pick(n) {
    const [one] = await this.points.named([n]);
    if (!one) return;
    this.ring(one.lat, one.lon, one.radius);
    this.panel.focus({ preventScroll: true });
    await this.choose(one);
    this.panel.focus({ preventScroll: true });
  }

  // Chooses an incident by its id, as an address tells it: where it lies is told by its page.
  async pickId(id) {
    const n = this.points?.number(id);
    const [one] = n === undefined ? [{ id, title: id, day: null }] : await this.points.named([n]);
    if (n !== undefined) this.ring(one.lat, one.lon, one.radius);
    await this.choose(one);
  }

  async choose(one) {
    const { id } = one;
    this.chosen = id;
    this.options.picked?.(id);
    const heading = element("h3", {}, this.link(one));
    const more = element("div", { class: "map-more" });
    const note = element("p", { class: "note", hidden: !one.radius }, t("area"));
    this.openPanel([heading, more, note, element("p", {}, element("a", { class: "button", href: this.options.href(id) }, t("open")))]);
    const told = await Promise.resolve(this.options.about?.(id)).catch(() => null);
    if (!told || this.chosen !== id) return;
    if (told.title) heading.replaceChildren(element("a", { href: this.options.href(id) }, told.title));
    more.replaceChildren(...told.lines);
    if (one.lat === undefined && told.lat !== undefined) this.ring(told.lat, told.lon, told.radius);
    redraw(this.panel);
  }
}

function withIconColour(layer, c) {
  return layer.layout?.["icon-image"] ? { ...layer, paint: { ...layer.paint, "icon-color": c.label, "icon-opacity": 0.75 } } : layer;
}

// The dot of a town, as a distance field that takes the colour of the layer.
function dot() {
  const size = 12;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const away = Math.hypot(x - (size - 1) / 2, y - (size - 1) / 2);
      data.set([255, 255, 255, 255 * Math.max(0, Math.min(1, 0.75 - (away - 3.2) / 8))], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}
