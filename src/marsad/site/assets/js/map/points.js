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
  constructor() {
    Object.assign(this, { ids: [], lat: [], lon: [], day: [], type: [], precision: [], radius: [], names: [] });
    this.typeNames = {};
  }

  get length() {
    return this.ids.length;
  }

  add(id, lat, lon, day, type, precision, radius, name) {
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return;
    this.ids.push(id);
    this.lat.push(lat);
    this.lon.push(lon);
    this.day.push(day ?? null);
    this.type.push(type);
    this.precision.push(precision);
    this.radius.push(radius || 0);
    this.names.push(name);
  }

  number(id) {
    this.byId ??= new Map(this.ids.map((known, n) => [known, n]));
    return this.byId.get(id);
  }

  isArea(n) {
    return !SURE.has(this.precision[n]);
  }

  // What happened, in the page's language where the data tell it.
  title(n) {
    return this.names[n] ?? this.typeNames[this.type[n]] ?? this.type[n];
  }

  // The features of those in a span of days; both ends may be open.
  features(since = null, until = null) {
    const groups = new Map();
    const features = [];
    for (let n = 0; n < this.ids.length; n += 1) {
      const day = this.day[n];
      if ((since !== null && (day === null || day < since)) || (until !== null && (day === null || day > until))) continue;
      const type = this.type[n];
      let kind = groups.get(type);
      if (kind === undefined) groups.set(type, (kind = group(type)));
      const properties = { n, kind };
      if (this.isArea(n)) properties.px = pixels(this.radius[n] || 5, this.lat[n]);
      features.push({ type: "Feature", id: n, geometry: { type: "Point", coordinates: [this.lon[n], this.lat[n]] }, properties });
    }
    return { type: "FeatureCollection", features };
  }

  // West, south, east, north of all; null where there is none.
  get bounds() {
    if (!this.length) return null;
    const box = [180, 90, -180, -90];
    for (let n = 0; n < this.length; n += 1) {
      box[0] = Math.min(box[0], this.lon[n]);
      box[1] = Math.min(box[1], this.lat[n]);
      box[2] = Math.max(box[2], this.lon[n]);
      box[3] = Math.max(box[3], this.lat[n]);
    }
    return box;
  }
}

// Kilometres as pixels of the whole world at zoom 0 (a tile of 512 pixels), at a latitude: the scale of the Mercator projection.
function pixels(km, lat) {
  return (km * 512) / (40_075.017 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
}

export function points(told) {
  const made = new Points();
  if (told?.kind === "points") {
    made.typeNames = Object.fromEntries(told.types.map((type, n) => [type, told.names?.[n] ?? type]));
    for (let n = 0; n < told.ids.length; n += 1) {
      made.add(told.ids[n], told.lat[n] / 1e4, told.lon[n] / 1e4, told.day[n], told.types[told.type[n]], told.precisions[told.precision[n]], told.radius?.[n]);
    }
  } else if (told?.type === "FeatureCollection") {
    for (const { id, geometry, properties: p } of told.features) {
      if (geometry?.type !== "Point") continue;
      const [lon, lat] = geometry.coordinates;
      made.add(id ?? p.id, lat, lon, dayNumber(p.date_start ?? p.date), p.type, p.precision ?? p.place_precision, p.radius_km ?? p.place_radius_km, p.title);
    }
  } else {
    const title = document.documentElement.lang === "en" ? "title_en" : "title_ar";
    for (const i of told?.incidents ?? []) made.add(i.id, i.lat ?? NaN, i.lon ?? NaN, dayNumber(i.date), i.type, i.precision, i.radius_km, i[title]);
  }
  return made;
}
