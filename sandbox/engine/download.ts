import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { SemVer } from "semver";
import { setTimeout as sleep } from "node:timers/promises";
import { describe } from "../describe";
import type { Work } from "../work";
import { engineVersion } from "./version";

const installer = "https://get.pulumi.com/install.sh";
const reachableWithin = 5_000;
const installedWithin = 300_000;

/**
 * Installs the official engine into a folder with Pulumi's own installer.
 * @returns why it could not, or `undefined` where it could.
 */
export async function downloadEngine(
  folder: string,
  _pulumi: string,
  work: Work,
): Promise<string | undefined> {
  work.report(`asking ${new URL(installer).host} for Pulumi ${engineVersion}`);
  try {
    await fetch(installer, { method: "HEAD", signal: AbortSignal.timeout(reachableWithin) });
  } catch {
    return `${new URL(installer).host} cannot be reached from here`;
  }
  work.report(`downloading Pulumi ${engineVersion}, about 150 MB`);
  const late = new AbortController();
  try {
    return await Promise.race([
      PulumiCommand.install({ root: folder, version: new SemVer(engineVersion) }).then(() => undefined),
      sleep(installedWithin, `not finished after ${installedWithin / 1000} seconds`, { signal: late.signal }),
    ]);
  } catch (error) {
    return describe(error);
  } finally {
    late.abort();
  }
}
