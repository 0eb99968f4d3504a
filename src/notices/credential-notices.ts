import type { HeldCredential } from "../credentials/held-credential";
import { standingWords } from "../credentials/standing";
import type { Notice } from "./notices";

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
      return `${user}: the ${whatOf(held)} is ${standingWords(standing)}. ${remedy}`;
    case "missing":
      return `${user} has a password and no MFA device: enrol one.`;
    case "leaver's":
      return `${user} has left and still has the ${whatOf(held)}: npm run credentials -- --dry-run.`;
    case "fine":
    case "inactive":
    case "unknown holder":
    case "not known":
      return undefined;
  }
}

/** What people have to do about their passwords, keys and devices, from a week before it is too late. */
export const credentialNotices = (held: readonly HeldCredential[]): readonly Notice[] =>
  held.flatMap((one): readonly Notice[] => {
    const text = textOf(one);
    if (text === undefined) return [];
    return [{ ...(one.standing.kind === "due" && { at: one.standing.at }), text }];
  });
