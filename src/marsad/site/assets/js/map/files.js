// The files that the map needs beside this script: its worker (with the shaping of Arabic in it) and the base map.
//
// From a web server each is fetched when the map is. Opened from a folder (file:), a browser lets a script read no file, so one script brings all.
import * as topojson from "topojson-client";

const BESIDE = new URL(".", document.currentScript?.src ?? location.href).href;

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(element);
  });
}

const given = new Map();

// JSON at an address; `….js` is a script that calls `marsadGive(…)` with it, which works from a folder too.
export async function load(address) {
  if (!new URL(address, location.href).pathname.endsWith(".js")) {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }
  self.marsadGive ??= (value) => given.set(document.currentScript.src, value);
  const whole = new URL(address, location.href).href;
  if (!given.has(whole)) await script(whole);
  return given.get(whole);
}

let files;

// GeoJSON for a source of the map: as the address of a blob, which a worker reads by itself. Given as an object it would be copied piece by piece on the
// page's own thread, half a second for 50,000 incidents. Opened from a folder a worker may not read it: then it is the object.
export function handed(collection, before = null) {
  if (before?.startsWith?.("blob:")) URL.revokeObjectURL(before);
  if (location.protocol === "file:") return collection;
  return URL.createObjectURL(new Blob([JSON.stringify(collection)], { type: "application/json" }));
}

export function mapFiles() {
  files ??= location.protocol === "file:" ? fromFolder() : fromServer();
  return files;
}

async function fromServer() {
  const data = await load(BESIDE + FILES.data);
  return { worker: BESIDE + FILES.worker, ...drawn(data) };
}

async function fromFolder() {
  await script(BESIDE + FILES.offline);
  const held = self.marsadFiles;
  return { worker: URL.createObjectURL(new Blob([held.worker], { type: "text/javascript" })), ...drawn(held.data) };
}

// A line that crosses the day line goes on beyond 180 degrees, instead of once around the world.
function unrolled(coordinates) {
  if (typeof coordinates[0]?.[0] !== "number") return coordinates.map(unrolled);
  let turn = 0;
  return coordinates.map(([lon, lat], n) => {
    const step = n ? lon - coordinates[n - 1][0] : 0;
    if (step > 180) turn -= 360;
    else if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
}

function drawn({ land, water, labels }) {
  const collection = (topology, name) => {
    const made = topojson.feature(topology, topology.objects[name]);
    const features = made.type === "FeatureCollection" ? made.features : [made];
    for (const { geometry } of features) geometry.coordinates = unrolled(geometry.coordinates);
    return { type: "FeatureCollection", features };
  };
  const features = labels.ar.map((ar, n) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [labels.lon[n], labels.lat[n]] },
    properties: { ar, en: labels.en[n] || ar, kind: labels.kinds[labels.kind[n]], size: labels.size[n], order: n },
  }));
  return {
    sources: {
      land: collection(land, "land"), borders: collection(land, "borders"), lakes: collection(water, "lakes"), rivers: collection(water, "rivers"),
      labels: { type: "FeatureCollection", features },
    },
  };
}
