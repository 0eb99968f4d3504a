import {
  accessChanges,
  admissionsOf,
  powerChange,
  type AccessChange,
  type PowerChange,
} from "./diff/admissions";
import type { IamAccounts } from "./iam/accounts";

/** Where accounts as they are let in others than the roster does; `before` is the roster's side. */
export interface Deviations {
  readonly access: readonly AccessChange[];
  readonly power: PowerChange;
}

/** Compares accounts as they are with what the roster says of them. */
export async function deviationsOf(byRoster: IamAccounts, asTheyAre: IamAccounts): Promise<Deviations> {
  const [meant, found] = await Promise.all([admissionsOf(byRoster), admissionsOf(asTheyAre)]);
  return { access: accessChanges(meant, found), power: powerChange(meant, found) };
}

export const hasDeviations = ({ access, power }: Deviations): boolean =>
  access.length + power.gained.length + power.lost.length > 0;
