import type { Account } from "../model/account";
import { CATEGORIES, type Category } from "../model/categories";
import type { Model } from "../model/model";
import { pipelineUserArn, userArn, type UserName } from "../model/names";
import { hasLeft } from "../model/person";
import { PIPELINE_ROLE_NAMES } from "../model/pipeline";

/** Days after which a machine's key is due (seed: access keys, at most two a user, rotated every 90 days). */
const MACHINE_DAYS = 90;

/** The person or machine that an IAM user's credentials belong to, and the days after which they are due. */
export type CredentialHolder =
  | {
      readonly kind: "person";
      readonly name: UserName;
      readonly category: Category;
      readonly days: number;
      readonly hasLeft: boolean;
    }
  | { readonly kind: "pipeline"; readonly days: number }
  /** A user whom the roster does not explain: `npm run drift` says more. */
  | { readonly kind: "unknown" };

/** Lists the holders of all users that there should be, by ARN. */
export function credentialHolders({
  organization,
  people,
  now,
}: Model): ReadonlyMap<string, CredentialHolder> {
  const { identity, accounts } = organization;
  const machines = accounts.flatMap((account: Account) =>
    PIPELINE_ROLE_NAMES.flatMap((role) =>
      [account, identity].map((home): readonly [string, CredentialHolder] => [
        pipelineUserArn(organization, role, { ...account, id: home.id }),
        { kind: "pipeline", days: MACHINE_DAYS },
      ]),
    ),
  );
  return new Map<string, CredentialHolder>([
    ...(organization.pipeline?.kind === "users" ? machines : []),
    ...people.map((person): readonly [string, CredentialHolder] => [
      userArn(identity, person.name),
      {
        kind: "person",
        name: person.name,
        category: person.category,
        days: CATEGORIES[person.category].rotationDays,
        hasLeft: hasLeft(person, now),
      },
    ]),
  ]);
}

/** A holder's kind as reports have it: `devops`, `pipeline`, `not in the roster`. */
export function formatHolder(holder: CredentialHolder): string {
  switch (holder.kind) {
    case "person":
      return holder.hasLeft ? `${holder.category}, has left` : holder.category;
    case "pipeline":
      return "pipeline";
    case "unknown":
      return "not in the roster";
  }
}
