import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { reviewPage } from "../../../src/review/review-page";
import { periodNamed } from "../../../src/review/cadence";
import { readPersonnel } from "../../../src/review/personnel";
import { earlierReview } from "../../../src/review/review";
import { rowKey, rowTitle } from "../../../src/review/access-row";
import { UNDECIDED, type ReviewOutcome } from "../../../src/review/review-outcome";
import { reviewOf } from "../../review/support";
import { rosterOfSize } from "../../support/rosters";
import { openBrowser } from "../support/browser";
import { removeFolder, temporaryFolder } from "../support/temporary-folder";
import { faintTexts } from "./contrast";

const LARGE = 2_000;
const PERSONNEL = [
  "email,status",
  ...["sarah", "maria", "chris", "john"].map((name) => `${name}@example.com,active`),
  "alex@example.com,terminated",
].join("\n");

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
      personnel: readPersonnel("people.csv", PERSONNEL),
      change: (accounts) => {
        accounts["dev"]!.rootUser.hasMfa = false;
        accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.password = {
          mustBeReset: false,
        };
        accounts["prod"]!.alarms.changesFrom = accounts["prod"]!.trailEvents.from;
      },
    });
    const diff = {
      diff: [
        "--- a/src/roster.ts",
        "+++ b/src/roster.ts",
        "@@ -40,6 +40,7 @@",
        '     "alex.dba": {',
        '       email: "alex@example.com",',
        '       category: "dba",',
        '+      until: "2026-11-29T12:00:00Z",',
        '       access: { staging: "Dba", prod: "DbRead" },',
        "     },",
        "",
      ].join("\n"),
      byHand: [],
    };
    const left = sample.findings.find(({ rule }) => rule === "not-employed");
    writeFileSync(file("sample"), reviewPage({ ...sample, diffs: { [left!.id]: diff } }, UNDECIDED));
    const [first] = sample.rows;
    assert.ok(first);
    const outcome: ReviewOutcome = {
      decisions: new Map(
        sample.rows.map((row) => [
          rowKey(row),
          row === first
            ? { decision: "remove", reviewer: "sarah.devops", note: "left the team" }
            : { decision: "keep", reviewer: row.reviewers[0] ?? "", note: "" },
        ]),
      ),
      signature: {
        as: "security",
        by: "chris.security",
        at: "2026-11-30T09:00:00Z",
        signed: { "review.json": "a".repeat(64), "decisions.csv": "b".repeat(64) },
      },
      closing: {
        snapshot: { ...sample.snapshot, hash: "c".repeat(64) },
        rows: [
          { row: rowTitle(first), decision: "remove", done: true, seen: ["the roster gives it no more"] },
        ],
      },
    };
    writeFileSync(file("closed"), reviewPage(sample, outcome));
    writeFileSync(file("large"), reviewPage(reviewOf({ roster: rosterOfSize(LARGE) }), UNDECIDED));
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

  /** For people who want to look at it: SCREENSHOTS=folder. The window alone of 1,440 pixels is docs/review-page.png. */
  async function shoot(page: Page, name: string): Promise<void> {
    const place = process.env["SCREENSHOTS"];
    if (place === undefined) return;
    await page.screenshot({ path: path.join(place, `${name}.png`), fullPage: true });
    await page.screenshot({ path: path.join(place, `${name}-window.png`) });
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

  it("says of a closed review what was decided, who signed, and what became of removals", async () => {
    const page = await open("closed");
    const region = page.getByRole("region", { name: "What became of removals and changes" });
    assert.deepEqual(await region.locator("td").allTextContents(), [
      "alex.dba, staging/Dba",
      "remove",
      "done",
      "the roster gives it no more",
    ]);
    const signed = page.locator("p.outcome", { hasText: "Signed" });
    assert.match((await signed.textContent()) ?? "", /as security by chris\.security/);
    const decided = page.locator(".tile", { hasText: "rows decided" });
    assert.match((await decided.textContent()) ?? "", /^(\d+) of \1 rows decided$/);
    await shoot(page, "closed");
    await page.close();
  });

  it("finds entries by keyboard, and opens the finding of a row", async () => {
    const page = await open("sample");
    await page.keyboard.press("/");
    await page.keyboard.type("john.developer staging");
    await page.getByText("1 of ", { exact: false }).first().waitFor();
    const rows = page.locator("tbody tr:visible");
    assert.deepEqual(await rows.count(), 1);
    await page.keyboard.press("Escape");
    await rows.nth(20).waitFor();
    const finding = page.locator("details.finding").filter({ hasText: "john.developer can sign in" });
    assert.equal(await finding.getAttribute("open"), null);
    const toDecide = page.getByRole("region", { name: "To decide" });
    await toDecide
      .locator("tr", { hasText: "john.developer" })
      .first()
      .getByRole("link")
      .first()
      .press("Enter");
    await page.locator("details.finding[open]").filter({ hasText: "john.developer can sign in" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent.includes("john.developer"));
    await page.close();
  });

  for (const width of [360, 390]) {
    it(`has a card for each row of a table in a window of ${String(width)} pixels: nothing scrolls sideways`, async () => {
      const page = await open("sample", { viewport: { width, height: 844 } });
      const wider = await page.evaluate(() =>
        [...document.querySelectorAll(".scroll")].flatMap((one) =>
          one.scrollWidth > one.clientWidth ? [one.getAttribute("aria-label")] : [],
        ),
      );
      assert.deepEqual(wider, []);
      const cell = page.locator("td[data-title='last used']").first();
      assert.equal(await cell.evaluate((one) => getComputedStyle(one, "::before").content), '"last used"');
      assert.equal(await page.locator("td:empty:visible").count(), 0);
      await page.getByRole("heading", { name: "To decide" }).scrollIntoViewIfNeeded();
      await shoot(page, `cards-${String(width)}`);
      await page.close();
    });
  }

  for (const width of [360, 390, 900, 1_440]) {
    it(`fits a window of ${String(width)} pixels`, async () => {
      const page = await open("sample", { viewport: { width, height: 1_150 } });
      const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(isWider, false);
      await page.locator("details.finding summary", { hasText: "alex.dba" }).click();
      await shoot(page, `wide-${String(width)}`);
      await page.close();
    });
  }

  it("shows on paper every finding with its evidence, and no field to type in", async () => {
    const page = await open("sample");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("input:visible, button:visible").count(), 0);
    const hidden = await page.locator("details.finding dl:not(:visible)").count();
    assert.equal(hidden, 0);
    await page.pdf({
      format: "A4",
      landscape: true,
      ...(process.env["SCREENSHOTS"] && { path: path.join(process.env["SCREENSHOTS"], "paper.pdf") }),
    });
    await page.close();
  });

  it("shows them on paper without the script too", async () => {
    const page = await open("sample", { javaScriptEnabled: false });
    await page.emulateMedia({ media: "print" });
    const evidence = page.locator("details.finding dd").first();
    assert.ok(((await evidence.boundingBox())?.height ?? 0) > 0);
    assert.equal(await evidence.isVisible(), true);
    await page.close();
  });

  it("closes again after printing what was closed before", async () => {
    const page = await open("sample");
    const closed = () => page.locator("details:not([open])").count();
    const before = await closed();
    assert.ok(before > 0);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await closed(), 0);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await closed(), before);
    await page.close();
  });

  it("is reached by Tab in the order of the page, and shows where one is", async () => {
    const page = await open("sample");
    const tops: number[] = [];
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return undefined;
        const { outlineStyle, boxShadow } = getComputedStyle(activeElement);
        return {
          top: activeElement.getBoundingClientRect().top + scrollY,
          isShown: outlineStyle !== "none" || boxShadow !== "none",
        };
      });
      if (focused === undefined) continue;
      assert.ok(focused.isShown, `press ${String(press + 1)}`);
      tops.push(focused.top);
    }
    assert.ok(tops.length > 5);
    assert.deepEqual(
      tops,
      [...tops].sort((one, other) => one - other),
    );
    await page.close();
  });

  it(`has the rows of ${String(LARGE)} people`, async () => {
    const page = await open("large");
    assert.ok((await page.locator("tbody tr").count()) >= LARGE);
    await page.close();
  });

  it("asks for nothing and complains of nothing", () => assert.deepEqual(troubles, []));
});
