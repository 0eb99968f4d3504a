import { existsSync } from "node:fs";

import { chromium, type Browser } from "playwright-core";

import { run } from "../../../sandbox/process/run";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const APT_GET = "/usr/bin/apt-get";

// As root Chromium has no sandbox. The rest keeps it from asking its makers for anything.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const installed = (): string | undefined => PLACES.find((place) => existsSync(place));

/** Debian's Chromium, on a machine that is ours to change: a new container of a CI. */
async function install(): Promise<string | undefined> {
  if (!existsSync(APT_GET) || process.getuid?.() !== 0) return undefined;
  process.stderr.write("\n  Installing Debian's chromium for the tests of the access map …\n");
  const apt = (...args: readonly string[]) =>
    run(APT_GET, ["-o", "Acquire::http::Timeout=30", "-o", "Acquire::Retries=1", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: 300_000,
    });
  await apt("update");
  const { code, stderr } = await apt("install", "-y", "--no-install-recommends", "chromium");
  if (code !== 0) process.stderr.write(`${stderr}\n`);
  return installed();
}

/** The Chromium of `CHROMIUM_PATH`, of this machine, or a new one where it may be installed; undefined where there is none. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? installed() ?? (await install());
  if (executablePath === undefined) return undefined;
  return chromium.launch({ executablePath, args: ARGUMENTS, handleSIGINT: false });
}
