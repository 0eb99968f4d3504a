import type * as Esbuild from "esbuild";
import { join } from "node:path";

import { Html, safeMarkup } from "../../html/markup";
import { selfContainedPage } from "../../html/self-contained-page";
import { UserError } from "../../model/problems";
import type { PageData } from "../page/map-data";

const PAGE = join(__dirname, "..", "page");

interface Bundle {
  readonly script: string;
  readonly style: string;
}

async function loadBundler(): Promise<typeof Esbuild> {
  try {
    require.resolve("preact");
    return await import("esbuild");
  } catch {
    throw new UserError(
      "The page is put together with esbuild and preact, which are development dependencies and not installed here. " +
        "Run `npm ci --include=dev`.",
    );
  }
}

async function bundle(): Promise<Bundle> {
  const { build } = await loadBundler();
  const { outputFiles } = await build({
    entryPoints: [join(PAGE, "main.tsx")],
    outdir: PAGE,
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  const textOf = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

/** A text between tags ends where `</` begins; in JSON, `<` may be written otherwise. */
const embedded = (data: PageData): Html => new Html(JSON.stringify(data).replaceAll("<", "\\u003c"));

/**
 * The access map as one HTML file that needs nothing else and may fetch nothing.
 * @throws UserError where development dependencies are left out
 */
export async function pageHtml(data: PageData): Promise<string> {
  const body = safeMarkup`<noscript>This page needs JavaScript, all of which is in it.</noscript>
    <div id="page"></div>
    <script type="application/json" id="data">${embedded(data)}</script>`;
  return selfContainedPage({ title: `Access map of ${data.organization}`, ...(await bundle()), body });
}
