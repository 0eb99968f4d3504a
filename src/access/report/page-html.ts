import type * as Esbuild from "esbuild";
import { createHash } from "node:crypto";
import { join } from "node:path";

import { UserError } from "../../model/problems";
import type { PageData } from "../page/data";

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
const embedded = (data: PageData): string => JSON.stringify(data).replaceAll("<", "\\u003c");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * One HTML file that needs nothing else, and is let to fetch nothing: its own policy allows exactly the script and the
 * style in it. https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 * @throws UserError where development dependencies are left out
 */
export async function pageHtml(data: PageData): Promise<string> {
  const { script, style } = await bundle();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Access map of ${escaped(data.organization)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript, all of which is in it.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}
