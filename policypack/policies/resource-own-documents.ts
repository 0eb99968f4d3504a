import type { AccountExpectations } from "../expectations/account";
import { isWildcard } from "../documents/trust";
import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import { parseDocument } from "../../src/documents/statement";
import { isUnknownValue } from "../unknown-value";

/** A text somewhere among the properties of a resource, with its path. */
interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Every value, however deep; what is not known yet will be looked at when it is, before the resource is made. */
function* placesIn(path: string, read: () => unknown): Iterable<Place> {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return;
  }
  yield { path, value };
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    yield* placesIn(path === "" ? key : `${path}.${key}`, () => Reflect.get(value, key));
  }
}

const ACCOUNT_IN_ARN = /\barn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g;
const ACCOUNT_ALONE = /^\d{12}$/;

function accountsOf({ organization, model }: AccountExpectations): ReadonlySet<string> {
  return new Set<string>([
    ...organization.accounts.map(({ id }) => id),
    ...model.partners.map(({ account }) => account),
  ]);
}

const accountsIn = (text: string): readonly string[] =>
  ACCOUNT_ALONE.test(text) ? [text] : [...text.matchAll(ACCOUNT_IN_ARN)].map(([, id = ""]) => id);

function* faultsAt({ path, value }: Place, known: ReadonlySet<string>): Iterable<string> {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && "Statement" in value) {
    yield `${path} is a document as an object; it has to be plain text`;
  }
  if (typeof value !== "string") return;
  if (value === "*" && /principal/i.test(path)) yield `${path} lets everybody in`;
  for (const statement of parseDocument(value) ?? []) {
    if (statement.effect !== "Allow") continue;
    if (statement.principals.some(isWildcard) || statement.notPrincipals.length > 0)
      yield `${path} lets everybody in by the statement ${statement.label}`;
  }
  for (const id of new Set(accountsIn(value))) {
    if (!known.has(id))
      yield `${path} names the account ${id}, which is neither the organization's nor a partner's`;
  }
}

/** What adopters have beside Muster opens nothing to the outside. */
export const resourceOwnDocuments = resourcePolicy({
  name: "aws-resource-own-documents",
  displayName: "Resources of your own let nobody in from outside",
  description:
    "No resource registered as the adopter's own lets everybody in, or names an account that is neither the organization's nor a partner's.",
  why: "A bucket or a function beside the roles, opened to somebody outside, is a door that no roster knows.",
  remediationSteps:
    "Name principals of the organization's accounts; a partner belongs into `partners` in src/roster.ts.",
  severity: "critical",
  framework: wellArchitected("SEC03-BP07", "Analyze public and cross-account access"),
  tags: ["iam", "resource", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
  types: () => true,
  *check(resource, { expected, ownResources }) {
    if (!ownResources.include(resource)) return;
    const known = accountsOf(expected);
    for (const place of placesIn("", () => resource.props)) {
      for (const fault of faultsAt(place, known)) yield `${resource.name}: ${fault}.`;
    }
  },
});
