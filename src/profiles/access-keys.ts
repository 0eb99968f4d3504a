import { UserError } from "../model/problems";
import { FLAVOURS } from "./flavours";
import { holdsBreakGlass } from "./held-roles";
import type { PersonProfiles } from "./profile";

/**
 * Expects that the person may make what the flavour's source profile keeps.
 * @throws UserError for a flavour with access keys and a person who holds BreakGlass
 */
export function assertMayMakeSource({ person, flavour, profiles }: PersonProfiles): void {
  if (FLAVOURS[flavour].source !== "access keys" || !holdsBreakGlass(profiles)) return;
  const held = profiles.filter(({ role }) => role === "BreakGlass").map(({ account }) => account);
  throw new UserError(
    `--flavour ${flavour} needs an access key, and ${person} can make none: they hold BreakGlass in ${held.join(", ")}, and AWS denies its holders access keys.\n` +
      "To do: use `--flavour login`, which needs none.",
  );
}
