import type { AccountCredentials } from "../aws/account-credentials";
import type { HeldCredential } from "../credentials/held-credential";
import { formatStanding } from "../credentials/credential-standing";
import type { Instant } from "../model/dates";
import { sortNotices, type Notice } from "./find-notices";

const whatOf = ({ account, kind, id }: HeldCredential): string =>
  `${kind}${id === undefined ? "" : ` ${id}`} in ${account}`;

function textOf(held: HeldCredential): string | undefined {
  const { user, kind, standing } = held;
  const remedy =
    kind === "password" ? "Choose another (Security credentials in the console)." : "Replace or remove it.";
  switch (standing.kind) {
    case "due":
      return standing.why === "age"
        ? `${user}: the ${whatOf(held)} is too old from ${standing.at.slice(0, 10)} on. ${remedy}`
        : `${user}: the ${whatOf(held)} is unused for too long from ${standing.at.slice(0, 10)} on. Use or remove it.`;
    case "too old":
    case "unused":
      return `${user}: the ${whatOf(held)} is ${formatStanding(standing)}. ${remedy}`;
    case "missing":
      return `${user} can sign in and has no MFA device: enrol one.`;
    case "leaver's":
      return `${user} has left and still has the ${whatOf(held)}: npm run credentials -- --dry-run.`;
    case "fine":
    case "inactive":
    case "denied":
    case "unknown holder":
    case "not known":
      return undefined;
  }
}

/** Notices of what people have to do about their passwords, keys and devices: what is due until an instant, a week ahead at most. */
export const credentialNotices = (held: readonly HeldCredential[], until: Instant): readonly Notice[] =>
  held.flatMap((one): readonly Notice[] => {
    const text = textOf(one);
    if (text === undefined) return [];
    if (one.standing.kind !== "due") return [{ text }];
    return one.standing.at <= until ? [{ at: one.standing.at, text }] : [];
  });

/** Notices of accounts whose passwords nobody can judge. */
export const unreadReportNotices = (read: readonly AccountCredentials[]): readonly Notice[] =>
  read.flatMap(({ account, report }) =>
    report.kind === "read"
      ? []
      : [
          {
            text: `${account}: ages of passwords are not known, for want of IAM's report: ${report.because}`,
          },
        ],
  );

/** All of it in words; undefined where there is nothing to say. */
export function credentialNoticesText(notices: readonly Notice[], takenAt: Instant): string | undefined {
  if (notices.length === 0) return undefined;
  const lines = [...notices].sort(sortNotices).map(({ text }) => `- ${text}`);
  return [`Passwords, keys and devices, as the snapshot of ${takenAt} has them:`, ...lines].join("\n");
}
