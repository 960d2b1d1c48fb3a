// The incidents of a published site, filtered and counted in the browser as the server would (`marsad.site.finding`).
//
// `data/index.js` holds them, the newest first; `data/words.js` by which words each is found. Both are scripts, so that they can be read from a folder.
import { load } from "../map/files.js";
import { termsOf } from "./words.js";

export const FACETS = ["type", "country", "area", "actor", "grade", "review", "status", "outlet", "precision", "place", "month", "year"];
const ONE = new Set(["type", "grade", "review", "status", "precision"]);

function valuesOf(entry, facet) {
  if (ONE.has(facet)) return [entry[facet]];
  if (facet === "month") return entry.date ? [entry.date.slice(0, 7)] : [];
  if (facet === "year") return entry.date ? [entry.date.slice(0, 4)] : [];
  return entry[facet] ?? [];
}

export class PublishedIndex {
  constructor(folder, incidents) {
    this.folder = folder;
    this.incidents = incidents;
  }

  // `source`: the address of a file of the data folder.
  static open(source) {
    const folder = new URL(".", source).href;
    self.marsadIndex ??= load(`${folder}index.js`).then((told) => new PublishedIndex(folder, told.incidents));
    return self.marsadIndex;
  }

  // Which incidents have the words of a query; null where none is asked for.
  async withWords(query) {
    const clauses = termsOf(query ?? "");
    if (!clauses.length) return query?.trim() ? new Set() : null;
    this.words ??= await load(`${this.folder}words.js`);
    const { terms } = this.words;
    let found = null;
    const without = new Set();
    for (const { term, prefix, excluded } of clauses) {
      const having = new Set(prefix ? Object.keys(terms).filter((known) => known.startsWith(term)).flatMap((known) => terms[known]) : terms[term] ?? []);
      if (excluded) for (const n of having) without.add(n);
      else found = found === null ? having : new Set([...found].filter((n) => having.has(n)));
    }
    found ??= new Set(this.incidents.keys());
    return new Set([...found].filter((n) => !without.has(n)));
  }

  // The incidents that the parameters ask for; `but`: a facet that is left out.
  async found(params, but = null) {
    const wanted = FACETS.filter((facet) => facet !== but).map((facet) => [facet, new Set(params.getAll(facet).filter(Boolean))]).filter(([, values]) => values.size);
    const words = await this.withWords(params.get("q"));
    const [since, until] = [params.get("since"), params.get("until")];
    const box = (params.get("box") ?? "").split(",").map(Number);
    const inBox = box.length === 4 && box.every(Number.isFinite);
    const found = this.incidents.filter((entry, n) => {
      if (words && !words.has(n)) return false;
      if (since && !(entry.date >= since)) return false;
      if (until && !(entry.date && entry.date <= until)) return false;
      if (params.get("undated") === "1" && entry.date) return false;
      if (params.get("unlocated") === "1" && entry.lat !== null) return false;
      if (inBox) {
        const east = box[0] <= box[2] ? entry.lon >= box[0] && entry.lon <= box[2] : entry.lon >= box[0] || entry.lon <= box[2];
        if (entry.lat === null || !east || entry.lat < box[1] || entry.lat > box[3]) return false;
      }
      return wanted.every(([facet, values]) => valuesOf(entry, facet).some((value) => values.has(value)));
    });
    if (params.get("sort") !== "oldest") return found;
    return [...found.filter((entry) => entry.date).reverse(), ...found.filter((entry) => !entry.date)];
  }

  // How many incidents each value of a facet would give, beside what else is asked for.
  async counts(facet, params) {
    const counts = new Map();
    for (const entry of await this.found(params, facet)) for (const value of new Set(valuesOf(entry, facet))) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }
}

// The points of a published map: those that the address of its source asks for.
export async function publishedPoints(source) {
  const index = await PublishedIndex.open(source);
  return { incidents: await index.found(new URL(source).searchParams) };
}

export const isPublished = (source) => /\/data\/map-\w+\.geojson$/.test(new URL(source, location.href).pathname);
