// How the base map is drawn: from our own files, or from a PMTiles archive of the user's (in the layers of Protomaps or of OpenMapTiles).
import { handed } from "./files.js";

export const FONT = ["IBM Plex Sans Arabic"];
export const BOLD = ["Marsad Bold"];

const LIGHT = {
  sea: "#cfdde3", land: "#f6f3ea", border: "#8d8470", river: "#a9c4d0", label: "#4a463c", country: "#6b6556", halo: "#fbf9f3", road: "#ddd5c3", water: "#5d7f8e",
  violence: "#a32a20", force: "#0f6b7c", people: "#8a5a00", talk: "#4c5a3a", cluster: "#1d3f4a", count: "#ffffff", ring: "#ffffff", picked: "#b34700",
};
const DARK = {
  sea: "#162027", land: "#262b30", border: "#626a72", river: "#31505f", label: "#cfccc4", country: "#9aa0a6", halo: "#1a1e22", road: "#383e45", water: "#7fa6b8",
  violence: "#f08a7e", force: "#6fc7d8", people: "#e8b95a", talk: "#a9c28a", cluster: "#cfe6ec", count: "#10262d", ring: "#14171b", picked: "#ffb066",
};

export function colours() {
  const chosen = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  return chosen === "dark" ? DARK : LIGHT;
}

const named = (lang) => ["coalesce", ["get", lang], ["get", "en"]];

const label = (id, lang, c, filter, more = {}) => ({
  id, type: "symbol", source: "labels", filter, ...more.layer,
  layout: {
    "text-field": named(lang), "text-font": FONT, "text-size": 12, "text-max-width": 8, "text-padding": 3, "symbol-sort-key": ["get", "order"], ...more.layout,
  },
  paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.4, ...more.paint },
});

const of = (kind, ...more) => ["all", ["==", ["get", "kind"], kind], ...more];

export function ownLayers(c, lang) {
  const dotted = { "icon-image": "place-dot", "text-variable-anchor": ["bottom", "top", "left", "right"], "text-radial-offset": 0.45, "text-justify": "auto" };
  return [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land, "fill-antialias": true } },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": c.sea } },
    { id: "rivers", type: "line", source: "rivers", paint: { "line-color": c.river, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.6, 8, 2] } },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": c.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.8, 8, 1.8] } },
    label("waters", lang, c, of("water"), { layer: { minzoom: 5 }, layout: { "text-size": 11 }, paint: { "text-color": c.water } }),
    label("places-small", lang, c, of("place", ["<", ["get", "size"], 20000]), { layer: { minzoom: 9 }, layout: { ...dotted, "text-size": 11 } }),
    label("places-middle", lang, c, of("place", [">=", ["get", "size"], 20000], ["<", ["get", "size"], 200000]), { layer: { minzoom: 6.5 }, layout: { ...dotted, "text-size": 12 } }),
    label("places-large", lang, c, of("place", [">=", ["get", "size"], 200000], ["<", ["get", "size"], 1000000]), { layer: { minzoom: 5 }, layout: { ...dotted, "text-size": 13 } }),
    label("places-great", lang, c, of("place", [">=", ["get", "size"], 1000000]), { layer: { minzoom: 3.6 }, layout: { ...dotted, "text-size": 14 } }),
    label("governorates", lang, c, of("admin1"), { layer: { minzoom: 6, maxzoom: 9 }, layout: { "text-size": 12 }, paint: { "text-color": c.country, "text-opacity": 0.85 } }),
    label("countries", lang, c, of("country"), {
      layer: { maxzoom: 7 }, layout: { "text-font": BOLD, "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 5, 15] }, paint: { "text-color": c.country },
    }),
  ];
}

// A PMTiles archive: the layers that it tells of decide how it is read (Protomaps: earth, water, roads, boundaries, places; OpenMapTiles in their place).
export function tileLayers(c, lang, layers) {
  const has = new Set(layers);
  const name = ["coalesce", ["get", `name:${lang}`], ["get", `name_${lang}`], ["get", "name:en"], ["get", "name_en"], ["get", "name"]];
  const made = [{ id: "sea", type: "background", paint: { "background-color": has.has("earth") ? c.sea : c.land } }];
  const add = (layer, rest) => { if (has.has(layer)) made.push({ id: layer, source: "tiles", "source-layer": layer, ...rest }); };
  const shape = (kind) => ["==", ["geometry-type"], kind];
  const growing = (first, at, last, to) => ["interpolate", ["exponential", 1.5], ["zoom"], first, at, last, to];
  const halo = { "text-halo-color": c.halo, "text-halo-width": 1.4 };
  add("earth", { id: "land", type: "fill", filter: shape("Polygon"), paint: { "fill-color": c.land } });
  add("water", { id: "lakes", type: "fill", filter: shape("Polygon"), paint: { "fill-color": c.sea } });
  for (const rivers of ["water", "waterway"]) {
    add(rivers, { id: `${rivers}-lines`, type: "line", filter: shape("LineString"), paint: { "line-color": c.river, "line-width": growing(3, 0.6, 14, 3) } });
  }
  for (const roads of ["roads", "transportation"]) {
    add(roads, { type: "line", minzoom: 6, filter: shape("LineString"), paint: { "line-color": c.road, "line-width": growing(6, 0.5, 15, 5) } });
  }
  // countries in the schema of Protomaps have kind "country", in that of OpenMapTiles admin_level 2
  const ofCountries = ["any", ["==", ["get", "kind"], "country"], ["==", ["get", "admin_level"], 2]];
  for (const borders of ["boundaries", "boundary"]) {
    add(borders, { type: "line", paint: { "line-color": c.border, "line-opacity": ["case", ofCountries, 1, 0.45], "line-width": ["case", ofCountries, 1.4, 0.8] } });
  }
  const kind = ["coalesce", ["get", "kind"], ["get", "class"], ""];
  const great = ["-", 0, ["coalesce", ["get", "population_rank"], ["-", 20, ["coalesce", ["get", "rank"], 20]], 0]];
  for (const places of ["places", "place"]) {
    add(places, {
      type: "symbol", filter: ["!=", kind, "country"],
      layout: { "text-field": name, "text-font": FONT, "text-size": growing(4, 11, 12, 15), "text-max-width": 8, "text-padding": 3, "symbol-sort-key": great }, paint: { "text-color": c.label, ...halo },
    });
    add(places, {
      id: `${places}-countries`, type: "symbol", maxzoom: 8, filter: ["==", kind, "country"],
      layout: { "text-field": name, "text-font": BOLD, "text-size": growing(2, 10, 6, 16), "text-max-width": 8 }, paint: { "text-color": c.country, ...halo },
    });
  }
  return made;
}

export function sources(held) {
  return Object.fromEntries(
    Object.entries(held).map(([name, data]) => [name, { type: "geojson", data: handed(data), maxzoom: name === "labels" ? 12 : 9, tolerance: name === "labels" ? 0 : 0.4, buffer: name === "labels" ? 64 : 16 }]),
  );
}
