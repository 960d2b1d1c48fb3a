// A PMTiles archive of the user's in the place of the base map.
import { PMTiles, Protocol } from "pmtiles";

export async function archive(maplibregl, address) {
  const whole = new URL(address, location.href).href;
  const protocol = new Protocol();
  const file = new PMTiles(whole);
  protocol.add(file);
  maplibregl.addProtocol("pmtiles", protocol.tile);
  const [head, about] = await Promise.all([file.getHeader(), file.getMetadata()]);
  return {
    source: { type: "vector", tiles: [`pmtiles://${whole}/{z}/{x}/{y}`], minzoom: head.minZoom, maxzoom: head.maxZoom },
    attribution: new DOMParser().parseFromString(about?.attribution ?? "", "text/html").body.textContent.trim(),
    layers: (about?.vector_layers ?? []).map((layer) => layer.id),
  };
}
