import { z } from "zod";

import { formatChoices } from "../model/choices";
import { isSameAddress } from "../model/email";
import { UserError } from "../model/problems";

/** The part of a roster that identifies people. */
const PEOPLE = z.looseObject({
  people: z.record(z.string(), z.looseObject({ email: z.unknown().optional() })),
});

/**
 * Finds the requester's name in the roster.
 * @param email what git is set to; undefined where it is not
 * @param named what they say that they are
 * @throws UserError where the roster has nobody, or more than one, of that name or address
 */
export function findRequester(roster: unknown, email: string | undefined, named?: string): string {
  const people = Object.entries(PEOPLE.safeParse(roster).data?.people ?? {});
  const names = people.map(([name]) => name);
  if (named !== undefined) {
    if (names.includes(named)) return named;
    throw new UserError(
      `--as ${named}: nobody in the roster has this name. Known: ${formatChoices(named, names, "names")}`,
    );
  }
  if (email === undefined) {
    throw new UserError(
      "git does not know who you are: `git config user.email you@example.com`, or say --as <name>.",
    );
  }
  const own = people
    .filter(([, person]) => typeof person.email === "string" && isSameAddress(person.email, email))
    .map(([name]) => name);
  const [first, ...others] = own;
  if (first === undefined) {
    throw new UserError(`Nobody in the roster has git's address ${email}. Say --as <name>.`);
  }
  if (others.length > 0) {
    throw new UserError(`${own.join(" and ")} have git's address ${email}. Say which of them: --as <name>.`);
  }
  return first;
}
