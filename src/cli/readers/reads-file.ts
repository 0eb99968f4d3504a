import { format, resolveConfig } from "prettier";

import type { ClassifiedReads } from "../../documents/permissions/reading/classify-reads";

export const READS_FILE = "src/documents/permissions/reading/granted-reads.ts";

const listed = (actions: readonly string[]): string =>
  `[${actions.map((action) => `\n${JSON.stringify(action)},`).join("")}]`;

/** The text of the file that holds the classification, an action a line. */
export async function readsFile({ granted, audited, unclassified }: ClassifiedReads): Promise<string> {
  const text = `/**
 * \`npm run update:readers\` keeps this file to what AWS has. It grants nothing by itself: a new action waits among the
 * unclassified until somebody moves its line here, or withholds it in \`withheld-reads.ts\`.
 */
export const GRANTED_READS: readonly string[] = ${listed(granted)};

/** Those of them that AWS's SecurityAudit holds, as of the installed copy of AWS's policies. */
export const AUDIT_READS: readonly string[] = ${listed(audited)};

/** Nobody gets these. */
export const UNCLASSIFIED_READS: readonly string[] = ${listed(unclassified)};
`;
  return format(text, { ...(await resolveConfig(READS_FILE)), parser: "typescript" });
}
