// The names on the base map, by columns: `labels.csv` is written by tools/labels.py.
import { readFile } from "node:fs/promises";

const KINDS = ["country", "admin1", "water", "place"];

// One line of CSV; the names hold no line breaks.
function cells(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[2] ?? m[1].replaceAll('""', '"'));
}

export async function labels(path) {
  const [head, ...lines] = (await readFile(path, "utf8")).trimEnd().split("\n").map(cells);
  const column = (name) => head.indexOf(name);
  const told = (name) => lines.map((line) => line[column(name)]);
  return {
    ar: told("ar"),
    en: told("en"),
    lat: told("lat").map(Number),
    lon: told("lon").map(Number),
    kinds: KINDS,
    kind: told("kind").map((kind) => KINDS.indexOf(kind)),
    size: told("size").map(Number),
  };
}
