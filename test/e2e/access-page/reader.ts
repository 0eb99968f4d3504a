import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Somebody who looks at a page, by a clock that stands still. */
export class Reader {
  /** What the page asked of a network, and what went wrong in it. */
  readonly troubles: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(
    browser: Browser,
    file: string,
    hash = "",
    { clock, ...options }: BrowserContextOptions & { readonly clock?: Date } = {},
  ): Promise<Reader> {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, ...options });
    const page = await context.newPage();
    const reader = new Reader(page);
    const { troubles } = reader;
    context.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) troubles.push(`asked for ${request.url()}`);
    });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(error.message));
    if (clock !== undefined) await page.clock.setFixedTime(clock);
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    await page.getByRole("grid").waitFor();
    return reader;
  }

  /** @throws AssertionError where the page asked for anything, or something went wrong in it */
  async close(): Promise<void> {
    await this.page.context().close();
    assert.deepEqual(this.troubles, []);
  }

  /** Waits two frames, in which Preact draws what was last done. */
  async drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }
    });
  }

  /** Opens people or roles, and waits for the table: a browser tells of a new hash in a task of its own. */
  async change(to: "people" | "roles", by: () => Promise<unknown>): Promise<void> {
    await by();
    const label = to === "roles" ? "Roles and their holders" : "People by accounts";
    await this.page.getByRole("grid", { name: label }).waitFor();
  }

  /** Who is on the map, each with the roles as they read. */
  async rows(): Promise<Record<string, readonly string[]>> {
    await this.drawn();
    return this.page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>("tr[data-row]")].map((row) => {
          const [name, ...chips] = [...row.querySelectorAll("button")];
          return [
            name?.textContent ?? "",
            chips.map((chip) => [...chip.children].map(({ textContent }) => textContent).join(" ")),
          ];
        }),
      ),
    );
  }

  async names(): Promise<readonly string[]> {
    return Object.keys(await this.rows());
  }

  /** How many rows the window shows without scrolling, whole or in part. */
  async rowsInSight(): Promise<number> {
    await this.drawn();
    return this.page.evaluate(
      () =>
        [...document.querySelectorAll("tr[data-row]")].filter((row) => {
          const { top, bottom, height } = row.getBoundingClientRect();
          return height > 0 && top < innerHeight && bottom > 0;
        }).length,
    );
  }

  /** What has the focus, by its label or text. */
  async focused(): Promise<string> {
    await this.drawn();
    return this.page.evaluate(() => {
      const active = document.activeElement;
      if (active === document.body) return "nothing";
      const label =
        active instanceof HTMLInputElement || active instanceof HTMLSelectElement ? active.name : undefined;
      return label ?? active?.getAttribute("aria-label") ?? active?.textContent ?? "";
    });
  }

  async hash(): Promise<string> {
    await this.drawn();
    return this.page.evaluate(() => decodeURIComponent(location.hash));
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** A field of the filters, by its name. */
  field(name: "text" | "category" | "account" | "action" | "sort") {
    return this.page.locator(`[name="${name}"]`);
  }

  suggestions() {
    return this.page.locator("#suggestions").getByRole("option");
  }

  details() {
    return this.page.getByRole("complementary");
  }
}
