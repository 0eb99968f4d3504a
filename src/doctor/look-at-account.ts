import type { ClientSource } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource, CredentialsProblem } from "../aws/aws-credentials";
import { recordedReason } from "../aws/recorded-reason";
import { unreachable } from "../aws/unreachable";
import { unreadableAnswer } from "../aws/unreadable-answer";
import type { Account, Organization } from "../model/account";
import { joinLines, unknownOutcome, type DoctorOutcome } from "./doctor-finding";
import type { ExaminationOptions } from "./options";

/** Why something could not be read. */
export interface NotReadable {
  readonly kind: "not readable";
  readonly because: string;
  readonly remedy: string;
}

/** What was read of an account, or why nobody knows. */
export type Look<Facts> =
  | {
      readonly kind: "read";
      readonly facts: Facts;
      /** When; absent of what was read just now. */
      readonly at?: string;
    }
  | NotReadable;

/** Why a question to AWS has no answer. */
export function notReadableBy(error: unknown): NotReadable {
  const { fault, remedy } = (error instanceof CredentialsProblem
    ? error
    : (unreachable(error) ?? unreadableAnswer(error))) ?? {
    fault: recordedReason(error),
    remedy: "Ask with credentials that may read it.",
  };
  return { kind: "not readable", because: joinLines(fault).replace(/\.$/, ""), remedy };
}

/** Reads something of an account with its own credentials. */
export async function lookAtAccount<Facts>(
  account: Account,
  { region }: Organization,
  { profilePattern, env }: ExaminationOptions,
  read: (source: ClientSource) => Promise<Facts>,
): Promise<Look<Facts>> {
  const source = credentialSource(account, profilePattern, env);
  try {
    await assertCredentialsForAccount(account, source, region);
    return { kind: "read", facts: await read({ ...source, region }) };
  } catch (error) {
    return notReadableBy(error);
  }
}

export const notReadableOutcome = (because: string, remedy: string): DoctorOutcome =>
  unknownOutcome(`not readable, because ${because}`, remedy);
