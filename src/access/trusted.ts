import type { IamRole } from "./iam/account";

/**
 * Whom a role's trust names in its Allow statements, with the ExternalId that they have to bring; accounts of our own
 * aside, whose users it tells apart by conditions.
 */
export function trustedBy({ trust }: IamRole, ownAccounts: readonly string[]): readonly string[] {
  const values = trust.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals, conditions }) =>
      principals.map(({ value }) => {
        const externalId = conditions.find(({ key }) => key.toLowerCase() === "sts:externalid");
        return externalId === undefined
          ? value
          : `${value} with ExternalId ${externalId.values.join(" or ")}`;
      }),
    );
  return [...new Set(values)].filter(
    (value) => !ownAccounts.some((id) => value === `arn:aws:iam::${id}:root`),
  );
}
