// Incidents as the map holds them: columns, one number a place.
//
// In comes what an address gives: our columns (`kind: "points"`), GeoJSON, or the index of a published site (`incidents: […]`). See README.md.
const GROUPS = {
  violence: ["armed_clash", "air_strike", "shelling", "explosive_device", "suicide_attack", "chemical_attack", "assassination", "attack_on_civilians", "execution", "sexual_violence", "destruction"],
  force: ["territory_change", "troop_movement", "weapons_seizure", "surrender"],
  people: ["abduction", "arrest", "restriction", "displacement", "riot", "protest"],
};
const SURE = new Set(["exact", "settlement", "neighbourhood"]);
export const group = (type) => Object.keys(GROUPS).find((name) => GROUPS[name].includes(type)) ?? "talk";

const DAY = 86_400_000;
export const dayNumber = (told) => (told ? Math.floor(Date.parse(`${told}T00:00:00Z`) / DAY) : null);
export const dayTold = (number) => new Date(number * DAY).toISOString().slice(0, 10);

export class Points {
  // `ask(numbers)`: what some of them are (`id`, `title`, `date`), where the columns do not tell it.
  constructor(ask = null) {
    this.total = 0; // of how many these are the first, where not all are here
    Object.assign(this, { ids: [], titles: [], lat: [], lon: [], day: [], kind: [], radius: [], rough: [], ask });
  }

  get length() {
    return this.lat.length;
  }

  add(lat, lon, day, type, precision, radius, id = null, title = null) {
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return;
    this.lat.push(lat);
    this.lon.push(lon);
    this.day.push(day ?? null);
    this.kind.push(group(type));
    this.radius.push(precision === "exact" ? 0 : radius || 5);
    this.rough.push(!SURE.has(precision));
    this.ids.push(id);
    this.titles.push(title);
  }

  number(id) {
    this.byId ??= new Map(this.ids.map((known, n) => [known, n]));
    return this.byId.get(id);
  }

  // Ids, titles and days of some of them.
  async named(numbers) {
    if (this.ask && numbers.some((n) => this.ids[n] === null)) {
      for (const { at, id, title } of await this.ask(numbers)) {
        this.ids[at] = id;
        this.titles[at] = title;
      }
    }
    return numbers.filter((n) => this.ids[n] !== null).map((n) => ({ n, id: this.ids[n], title: this.titles[n], day: this.day[n], lat: this.lat[n], lon: this.lon[n], radius: this.radius[n] }));
  }

  // The features of those in a span of days; both ends may be open.
  features(since = null, until = null) {
    const features = [];
    for (let n = 0; n < this.lat.length; n += 1) {
      const day = this.day[n];
      if ((since !== null && (day === null || day < since)) || (until !== null && (day === null || day > until))) continue;
      const properties = { n, kind: this.kind[n] };
      if (this.radius[n]) properties.px = pixels(this.radius[n], this.lat[n]);
      if (this.rough[n]) properties.rough = 1;
      features.push({ type: "Feature", id: n, geometry: { type: "Point", coordinates: [this.lon[n], this.lat[n]] }, properties });
    }
    return { type: "FeatureCollection", features };
  }

  // West, south, east, north: of the middle part of them where they lie all over the world, so that a map opens where things happen. Null where there is none.
  bounds(part = 1) {
    if (!this.length) return null;
    const cut = Math.floor((this.length * (1 - part)) / 2);
    const sorted = (values) => Float64Array.from(values).sort();
    const [lon, lat] = [sorted(this.lon), sorted(this.lat)];
    return [lon[cut], lat[cut], lon[this.length - 1 - cut], lat[this.length - 1 - cut]];
  }
}

// Kilometres as pixels of the whole world at zoom 0 (a tile of 512 pixels), at a latitude: the scale of the Mercator projection.
export function pixels(km, lat) {
  return (km * 512) / (40_075.017 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
}

// `source`: the address that they came from.
export function points(told, source) {
  if (told?.kind === "points") {
    const made = new Points(async (numbers) => {
      const answer = await fetch(`${source}&at=${numbers.join(",")}`);
      const named = await answer.json();
      // the list has changed since: the numbers are no more those of these points
      return named.version === told.version ? named.incidents : [];
    });
    made.total = told.total;
    for (let n = 0; n < told.place.length; n += 1) {
      const [lat, lon, precision, radius] = told.places[told.place[n]];
      made.add(lat, lon, told.day[n], told.types[told.type[n]], precision, radius);
    }
    return made;
  }
  const made = new Points();
  if (told?.type === "FeatureCollection") {
    for (const { id, geometry, properties: p } of told.features) {
      if (geometry?.type !== "Point") continue;
      const [lon, lat] = geometry.coordinates;
      made.add(lat, lon, dayNumber(p.date_start ?? p.date), p.type, p.precision ?? p.place_precision, p.radius_km ?? p.place_radius_km, id ?? p.id, p.title ?? p.type);
    }
    return made;
  }
  const title = document.documentElement.lang === "en" ? "title_en" : "title_ar";
  for (const i of told?.incidents ?? []) made.add(i.lat ?? NaN, i.lon ?? NaN, dayNumber(i.date), i.type, i.precision, i.radius_km, i.id, i[title]);
  return made;
}
