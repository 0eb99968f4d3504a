import { createHash } from "node:crypto";

import { safeMarkup, type Html } from "./markup";

export interface PageParts {
  readonly title: string;
  /** CSS. */
  readonly style: string;
  /** JavaScript, which runs after the body is read. */
  readonly script: string;
  readonly body: Html;
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * One HTML file that needs nothing else and may fetch nothing: its own policy allows exactly the style and the script in it.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export function selfContainedPage({ title, style, script, body }: PageParts): string {
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
${safeMarkup`<title>${title}</title>`.markup}
<style>${style}</style>
</head>
<body>
${body.markup}
<script>${script}</script>
</body>
</html>
`;
}
