import { z } from "zod";

import { countNoun } from "../model/problems";
import type { CommandAnswer } from "./run-command";
import {
  missingOutcome,
  passedOutcome,
  joinLines,
  unknownOutcome,
  type DoctorOutcome,
} from "./doctor-finding";

const inVersionOrder = new Intl.Collator("en", { numeric: true });

/** Whether a version such as 20.20.2 is another one or newer. */
const isAtLeast = (version: string, least: string): boolean => inVersionOrder.compare(version, least) >= 0;

/**
 * @param engines the releases that package.json asks for, each with the first version that will do:
 * `^20.19.0 || ^22.0.0`; in each release whatever is newer will do too
 */
export function nodeOutcome(version: string, engines: string): DoctorOutcome {
  const releases = engines.split("||").map((release) => release.trim().replace(/^\^/, ""));
  const majorOf = (one: string): string => one.split(".")[0] ?? "";
  const own = releases.find((release) => majorOf(release) === majorOf(version));
  if (own !== undefined && isAtLeast(version, own)) return passedOutcome(version);
  const [oldest = "", newest = ""] = [releases[0], releases.at(-1)];
  const tried = `Node.js ${releases.map(majorOf).join(", ")}`;
  if (isAtLeast(version, newest) || (own === undefined && isAtLeast(version, oldest))) {
    return unknownOutcome(
      `${version} was never tried with this program`,
      `Where something fails, install one of ${tried}.`,
    );
  }
  return missingOutcome(
    `${version} is older than ${own ?? oldest}`,
    `Install one of ${tried}: https://nodejs.org`,
  );
}

const INSTALL_PULUMI = "https://www.pulumi.com/docs/iac/download-install/";

/** @param answer of `pulumi version`; @param sdk the version of @pulumi/pulumi that the program uses */
export function pulumiOutcome(answer: CommandAnswer, sdk: string): DoctorOutcome {
  if (answer.kind === "not found")
    return missingOutcome("is not on the path", `Install it: ${INSTALL_PULUMI}`);
  if (answer.kind === "no answer") return unknownOutcome("does not answer", "Run `pulumi version` by hand.");
  const version = /^v(\S+)/.exec(answer.stdout)?.[1];
  if (answer.code !== 0 || version === undefined) {
    return unknownOutcome(
      `does not work: ${joinLines(answer.stderr)}`,
      `Install it again: ${INSTALL_PULUMI}`,
    );
  }
  return isAtLeast(version, sdk)
    ? passedOutcome(version)
    : missingOutcome(
        `${version} is older than the program's SDK, ${sdk}`,
        `Install a newer one: ${INSTALL_PULUMI}`,
      );
}

/** package-lock.json, and what npm notes of it in node_modules. */
const LOCK = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});

/**
 * Whether what is installed is what the lock file says. What only tests need, or only other machines, may be absent.
 * @param lock the text of package-lock.json; @param installed that of node_modules/.package-lock.json, if it is there
 */
export function packagesOutcome(lock: string, installed: string | undefined): DoctorOutcome {
  const fix = "Run `npm ci`.";
  if (installed === undefined) return missingOutcome("were not installed by npm", fix);
  const has = LOCK.parse(JSON.parse(installed)).packages;
  const needed = Object.entries(LOCK.parse(JSON.parse(lock)).packages).filter(
    ([place, { dev, optional, devOptional }]) =>
      place !== "" && dev !== true && optional !== true && devOptional !== true,
  );
  const others = needed.filter(([place, { version }]) => has[place]?.version !== version);
  const [first] = others;
  if (first === undefined)
    return passedOutcome(`${countNoun(needed.length, "package")} as package-lock.json says`);
  const name = first[0].replace(/^.*node_modules\//, "");
  return missingOutcome(
    `${countNoun(others.length, "package")} differ${others.length === 1 ? "s" : ""} from package-lock.json, such as ${name}`,
    fix,
  );
}

/** When files were changed last, in milliseconds; undefined where there are none. */
export interface PackFiles {
  readonly compiled: number | undefined;
  readonly sources: number;
}

/** Whether the policy pack is compiled, from what its sources say now. */
export function policyPackOutcome({ compiled, sources }: PackFiles): DoctorOutcome {
  const fix = "Run `npm run build:policypack`.";
  if (compiled === undefined)
    return missingOutcome("is not compiled, so nothing would be checked with it", fix);
  return compiled < sources ? missingOutcome("is older than its sources", fix) : passedOutcome("compiled");
}
