import { joinWithOr, UserError } from "../../model/problems";
import { CADENCE_NAMES, type Cadence } from "../../review/cadence";

/** @throws UserError where it is none */
export function cadenceOf(text: string | undefined): Cadence {
  const cadence = CADENCE_NAMES.find((name) => name === text);
  if (cadence !== undefined) return cadence;
  throw new UserError(`--cadence says how often this review takes place: ${joinWithOr(CADENCE_NAMES)}.`);
}
