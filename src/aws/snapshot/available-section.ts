import { UserError } from "../../model/problems";
import type { SnapshotAccount } from "./reader";
import type { SectionData, SectionName } from "./snapshot-section";

/**
 * What a snapshot has of a section.
 * @throws UserError where it is not available
 */
export function availableSection<Name extends SectionName>(
  { key, sections }: SnapshotAccount,
  name: Name,
): SectionData<Name> {
  const section: SnapshotAccount["sections"][Name] = sections[name];
  if (section.kind === "read") return section.data;
  throw new UserError(`The snapshot does not have ${name} of ${key}: ${section.because}`);
}
