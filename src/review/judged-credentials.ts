import { snapshotCredentials } from "../aws/account-credentials";
import { credentialHolders } from "../credentials/credential-holder";
import { heldCredentials, type HeldCredential } from "../credentials/held-credential";
import type { ReviewContext } from "./check-result";

/** `access key AKIA…`, `password`. */
export const credentialWords = ({ kind, id }: HeldCredential): string =>
  id === undefined ? kind : `${kind} ${id}`;

/** Judges all credentials of the roster's users in an account, as `npm run credentials` does; undefined where they were not read. */
export function judgedCredentials(
  { model, evidence }: ReviewContext,
  key: string,
): readonly HeldCredential[] | undefined {
  const account = evidence.account(key);
  const read = account && snapshotCredentials(account);
  return read && heldCredentials(read, credentialHolders(model), model.organization);
}
