import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { reviewPage } from "../../../src/review/page";
import { periodNamed } from "../../../src/review/cadence";
import { earlierReview } from "../../../src/review/review";
import { reviewOf } from "../../review/support";
import { rosterOfSize } from "../../support/rosters";
import { openBrowser } from "../support/browser";
import { removeFolder, temporaryFolder } from "../support/temporary-folder";
import { faintTexts } from "./contrast";

const LARGE = 2_000;

describe("The page of a review, in Chromium", function () {
  this.timeout(120_000);
  let browser: Browser;
  let folder: string;
  const troubles: string[] = [];
  const closing: (() => void | Promise<void>)[] = [];

  before(async function () {
    this.timeout(900_000);
    const opened = await openBrowser();
    if (opened === undefined) this.skip();
    browser = opened;
    folder = temporaryFolder();
    closing.push(
      () => opened.close(),
      () => removeFolder(folder),
    );
    const earlier = { ...earlierReview(reviewOf()), name: periodNamed("2026-Q3")!.name };
    const sample = reviewOf({
      earlier: [earlier],
      change: (accounts) => {
        accounts["dev"]!.rootUser.hasMfa = false;
        accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.password = {
          mustBeReset: false,
        };
        accounts["prod"]!.alarms.changesFrom = accounts["prod"]!.trailEvents.from;
      },
    });
    const diff = {
      diff: '--- a/src/roster.ts\n+++ b/src/roster.ts\n@@ -1,1 +1,1 @@\n-      access: { dev: "Developer" },\n+      access: {},\n',
      byHand: [],
    };
    const [first] = sample.findings;
    writeFileSync(file("sample"), reviewPage(sample, new Map([[first!.id, diff]]), new Map()));
    writeFileSync(file("large"), reviewPage(reviewOf({ roster: rosterOfSize(LARGE) }), new Map(), new Map()));
  });

  after(async () => {
    for (const close of closing) await close();
  });

  const file = (name: string): string => path.join(folder, `${name}.html`);

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) troubles.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file(name)).href);
    return page;
  }

  /** For whoever wants to look at it: SCREENSHOTS=folder. */
  async function shoot(page: Page, name: string): Promise<void> {
    const place = process.env["SCREENSHOTS"];
    if (place !== undefined) await page.screenshot({ path: path.join(place, `${name}.png`), fullPage: true });
  }

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is easy to read in ${colorScheme}`, async () => {
      const page = await open("sample", { colorScheme });
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      assert.deepEqual(await page.evaluate(faintTexts), []);
      await shoot(page, colorScheme);
      await page.close();
    });
  }

  it("finds entries by keyboard, and opens the finding of a row", async () => {
    const page = await open("sample");
    await page.keyboard.press("/");
    await page.keyboard.type("john.developer staging");
    await page.getByText("1 of ", { exact: false }).first().waitFor();
    const rows = page.locator("tbody tr:visible");
    assert.deepEqual(await rows.count(), 1);
    await page.keyboard.press("Escape");
    assert.ok((await rows.count()) > 20);
    const finding = page.locator("details.finding").filter({ hasText: "john.developer can sign in" });
    assert.equal(await finding.getAttribute("open"), null);
    await page.locator("tr", { hasText: "john.developer" }).first().getByRole("link").first().press("Enter");
    assert.equal(await finding.getAttribute("open"), "");
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent.includes("john.developer")),
      true,
    );
    await page.close();
  });

  it("shows all of it on paper, and fits a telephone", async () => {
    const page = await open("sample");
    await page.pdf({
      format: "A4",
      landscape: true,
      ...(process.env["SCREENSHOTS"] && { path: path.join(process.env["SCREENSHOTS"], "paper.pdf") }),
    });
    await page.setViewportSize({ width: 360, height: 740 });
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(isWider, false);
    await shoot(page, "telephone");
    await page.close();
  });

  it(`has the rows of ${String(LARGE)} people`, async () => {
    const page = await open("large");
    assert.ok((await page.locator("tbody tr").count()) >= LARGE);
    await page.close();
  });

  it("asks for nothing and complains of nothing", () => assert.deepEqual(troubles, []));
});
