import type { PageReach } from "./map-data";

/** How far a role allows each action, in the catalogue's order; undefined where it never does. */
export type SurfaceList = readonly (PageReach | undefined)[];

const LETTERS = { E: "everywhere", L: "limited", N: undefined } as const;

const letterOf = (reach: PageReach | undefined): keyof typeof LETTERS =>
  reach === undefined ? "N" : reach === "everywhere" ? "E" : "L";

const BASE = 36;

/** Runs of the same reach, each a letter and its length in base 36: `N1kE3L1`. Neighbours in the catalogue are often alike. */
export function encodeSurface(surface: SurfaceList): string {
  let code = "";
  let start = 0;
  surface.forEach((reach, index) => {
    const isLast = index === surface.length - 1;
    if (!isLast && surface[index + 1] === reach) return;
    code += letterOf(reach) + (index + 1 - start).toString(BASE);
    start = index + 1;
  });
  return code;
}

/** What {@link encodeSurface} was given. */
export function decodeSurface(code: string): SurfaceList {
  return [...code.matchAll(/([ELN])([0-9a-z]+)/g)].flatMap(([, letter = "N", length = "0"]) => {
    const reach = letter === "E" ? LETTERS.E : letter === "L" ? LETTERS.L : LETTERS.N;
    return Array.from<PageReach | undefined>({ length: Number.parseInt(length, BASE) }).fill(reach);
  });
}
