import type { HeldCredential } from "../../credentials/held-credential";
import type { Model } from "../../model/model";
import type { Person } from "../../model/person";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";
import { credentialWords, judgedCredentials } from "../judged-credentials";
import { ShutOut } from "./shut-out";

const signInWords = (held: HeldCredential): string =>
  held.kind === "password" ? "a console password" : `the active ${credentialWords(held)}`;

function leaverFinding(
  { name, contract, terms }: Person,
  account: string,
  left: readonly HeldCredential[],
  hasPower: boolean,
): FoundBy {
  return {
    rule: "left-with-credentials",
    account,
    subject: name,
    person: name,
    message: `${contract === undefined ? name : `The contractor ${name}`} left at ${String(terms.until)} and can still sign in.`,
    evidence: left.map(signInWords),
    fix: {
      kind: "edit",
      words: `First: npm run offboard -- ${name} --now. Then they leave the roster; what else names them does not compile.`,
      changes: [
        { kind: "entry", person: name },
        ...(hasPower ? [{ kind: "power", person: name } as const] : []),
        { kind: "departed", person: name },
      ],
    },
  };
}

/** Leavers among an account's users who have something to sign in with, and are not shut out. */
export const leaverFindings = (
  { people, power }: Pick<Model, "people" | "power">,
  held: readonly HeldCredential[],
  shutOut: ShutOut,
): readonly FoundBy[] =>
  people.flatMap((person) => {
    const left = held.filter(({ user, standing }) => user === person.name && standing.kind === "leaver's");
    const [first] = left;
    return first === undefined || shutOut.has(person.name)
      ? []
      : [leaverFinding(person, first.account, left, power.includes(person.name))];
  });

/** Finds everybody who has left by the roster and can still sign in. Checks the identity account, even where a review is about other accounts. */
export function leaverCheck(context: ReviewContext): CheckResult {
  const { identity } = context.model.organization;
  const held = judgedCredentials(context, identity.key) ?? [];
  return checkResult({
    findings: leaverFindings(context.model, held, new ShutOut(context)),
    undecidable: missingLines(context, [identity], "authorizationDetails", "userCredentials"),
  });
}
