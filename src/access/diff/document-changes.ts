import type { WrittenAccount, WrittenRole } from "../iam/from-blueprints";
import { keysOfBoth } from "./lists";

/** A document of IAM as a program deploys it, or another fact of a holder that decides what they may do. */
export interface HeldDocument {
  /** `prod/Ops`, `users/infra-PowerG`, `users/john.developer`. */
  readonly holder: string;
  /** `trust`, `boundary`, `tags`, or a policy's name. */
  readonly name: string;
  readonly text: string;
}

/** The changed documents of one holder. */
export interface DocumentChange {
  readonly holder: string;
  /** `trust`, `infra-OpsR-prod-permissions-2 (new)`. */
  readonly documents: readonly string[];
}

type Policies = WrittenRole["policies"];

const policyDocuments = (holder: string, policies: Policies): readonly HeldDocument[] =>
  policies.map((policy) =>
    policy.kind === "customer"
      ? { holder, name: policy.name, text: policy.text }
      : { holder, name: policy.arn, text: policy.arn },
  );

const roleDocuments = (
  holder: string,
  { trust, policies, boundary }: WrittenRole,
): readonly HeldDocument[] => [
  { holder, name: "trust", text: trust.text },
  ...policyDocuments(holder, policies),
  ...(boundary ? [{ holder, name: "boundary", text: boundary.text }] : []),
];

/** All documents of an account's roles, groups and users; `key` is how its titles call the account. */
export function heldDocuments(
  { roles, partnerRoles, workloadRoles, pipeline, people }: WrittenAccount,
  key: string,
): readonly HeldDocument[] {
  const groups = [...(people?.groups ?? []), ...(pipeline?.users ?? []).map(({ group }) => group)];
  return [
    ...roles.flatMap((role) => roleDocuments(`${key}/${role.role}`, role)),
    ...partnerRoles.flatMap((role) => roleDocuments(`${key}/${role.role}-${role.partner}`, role)),
    ...workloadRoles.flatMap((role) => roleDocuments(`${key}/${role.kind}-${role.service}`, role)),
    ...(pipeline?.roles ?? []).flatMap((role) => roleDocuments(`${key}/${role.role}`, role)),
    ...groups.flatMap(({ name, policies, members }) => [
      ...policyDocuments(`${key}/${name}`, policies),
      { holder: `${key}/${name}`, name: "members", text: JSON.stringify([...members].sort()) },
    ]),
    ...(people?.users ?? []).map(({ name, tags }) => ({
      holder: `${key}/${name}`,
      name: "tags",
      text: JSON.stringify(Object.entries(tags).sort()),
    })),
  ];
}

/** Finds every document that differs, whatever the difference means: by holder. */
export function documentChanges(
  before: readonly HeldDocument[],
  after: readonly HeldDocument[],
): readonly DocumentChange[] {
  const byKey = (documents: readonly HeldDocument[]): ReadonlyMap<string, HeldDocument> =>
    new Map(documents.map((document) => [JSON.stringify([document.holder, document.name]), document]));
  const [earlier, later] = [byKey(before), byKey(after)];
  const changed = new Map<string, string[]>();
  for (const key of keysOfBoth(earlier, later)) {
    const [one, other] = [earlier.get(key), later.get(key)];
    const either = other ?? one;
    if (either === undefined || one?.text === other?.text) continue;
    const how = one === undefined ? " (new)" : other === undefined ? " (gone)" : "";
    changed.set(either.holder, [...(changed.get(either.holder) ?? []), `${either.name}${how}`]);
  }
  return [...changed].map(([holder, documents]) => ({ holder, documents }));
}
