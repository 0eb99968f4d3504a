import { buildModel, type Model } from "../../src/model/model";
import { parseUserName, type UserName } from "../../src/model/names";
import { profileBlock, blockMarkers } from "../../src/profiles/profile-block";
import { buildProfiles, type ProfileChoices, type PersonProfiles } from "../../src/profiles/profile";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";

export const user = (name: string): UserName => {
  const parsed = parseUserName(name);
  if (parsed === undefined) throw new Error(`${name} is no name.`);
  return parsed;
};

/** The sample at a time when its temporary grant is open. */
export const model = (): Model => buildModel(sampleOrganization(), sampleRoster(), NOW);

export const profilesIn = (name: string, choices: ProfileChoices = { flavour: "plain" }): PersonProfiles =>
  buildProfiles(model(), user(name), choices);

export const markersFor = (name: string) => blockMarkers(model().organization, user(name));

/** The block of a person who has one. */
export function blockFor(name: string, choices?: ProfileChoices): readonly string[] {
  const block = profileBlock(profilesIn(name, choices), markersFor(name));
  if (block === undefined) throw new Error(`${name} has no profile.`);
  return block;
}
