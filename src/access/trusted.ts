import type { IamAccount, IamRole } from "./iam/account";

/** The accounts and users that a trust tells apart by conditions, or that are asked for by name: all of our own. */
export const ownPrincipals = (accounts: readonly IamAccount[]): ReadonlySet<string> =>
  new Set(accounts.flatMap(({ id, users }) => [`arn:aws:iam::${id}:root`, ...users.map(({ arn }) => arn)]));

/** Whom a role's trust names in its Allow statements besides our own, with the ExternalId that they have to bring. */
export function trustedBy({ trust }: IamRole, own: ReadonlySet<string>): readonly string[] {
  const values = trust.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals, conditions }) =>
      principals
        .filter(({ value }) => !own.has(value))
        .map(({ value }) => {
          const externalId = conditions.find(({ key }) => key.toLowerCase() === "sts:externalid");
          return externalId === undefined
            ? value
            : `${value} with ExternalId ${externalId.values.join(" or ")}`;
        }),
    );
  return [...new Set(values)];
}
