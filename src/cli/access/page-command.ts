import { resolve } from "node:path";

import { ActionCatalogue } from "../../access/actions/catalogue";
import { pageData, type PageAccess } from "../../access/report/page-data";
import { pageHtml } from "../../access/report/page-html";
import { replaceFile } from "../../files/replace-file";
import { toInstant } from "../../model/dates";
import type { QuestionSubject, SubjectOptions } from "./subject";
import { printProse } from "../terminal";

/** Writes the access map, and says where. */
export async function writePage(
  file: string,
  { model, accounts, live }: QuestionSubject,
  found: PageAccess,
  { at }: SubjectOptions,
): Promise<void> {
  const html = await pageHtml(
    pageData({
      model,
      accounts,
      live,
      ...found,
      catalogue: await ActionCatalogue.load(),
      made: toInstant(new Date()),
      ...(at !== undefined && { at: model.now }),
    }),
  );
  const path = resolve(file);
  replaceFile(path, html);
  printProse(`The access map is in ${path} (${Math.ceil(html.length / 1_000)} kB). Open it in a browser.\n`);
}
