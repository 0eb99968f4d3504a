import type { Statement, StatementCondition } from "../../src/documents/statement";
import type { AttachedPolicies, ParsedPolicy } from "../../src/proofs/allowed-requests";

/** What is attached to somebody, with one statement that allows more or denies less. */
export interface Widening {
  /** The Sid of the statement. */
  readonly statement: string;
  /** `without aws:RequestedRegion`, `on arn:aws:s3:::*`, `with other actions`, `gone`. */
  readonly change: string;
  readonly effect: "Allow" | "Deny";
  /** All that the change speaks of, with actions that AWS has: what it lets through is among these requests. */
  readonly speaksOf: Statement;
  /** Those statements alone that tell: all else lets nothing through that it did not before. */
  readonly attached: AttachedPolicies;
}

/** Ids of the actions that a pattern stands for. */
type IdsOf = (pattern: string) => readonly string[];

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index);

/** `arn:aws:iam::111111111111:role/infra-*` up to its last separator, or to the one before where all of a kind are named. */
function parentOf(arn: string): string {
  const parent = arn.replace(/[:/]\*$/, "").replace(/[^/:]*$/, "*");
  return parent.split(":").length < 6 ? "*" : parent;
}

const REGION = 3;
const ACCOUNT = 4;

/** The ARN with any value in a field; the same where it has none there. */
function withAny(arn: string, field: number): string {
  const fields = arn.split(":");
  return fields[field] === undefined || fields[field] === "" ? arn : fields.with(field, "*").join(":");
}

const widerResources = (resources: readonly string[]): readonly string[] => [
  ...new Set(
    resources
      .flatMap((arn) => [parentOf(arn), withAny(arn, REGION), withAny(arn, ACCOUNT), "*"])
      .filter((arn) => !resources.includes(arn)),
  ),
];

/** The other actions of the services of which a statement names some. */
function otherActions(ids: readonly string[], { actions }: Statement, idsOf: IdsOf): readonly string[] {
  const own = new Set(ids);
  const services = new Set(actions.map((action) => action.slice(0, action.indexOf(":"))));
  return [...services].flatMap((service) => idsOf(`${service}:*`)).filter((id) => !own.has(id));
}

const IF_EXISTS = "IfExists";
/** A value that no document has. */
const OTHER_VALUE = "another-value";
const TEXT = /^(ForA(ll|ny)Values?:)?String(Equals|Like)(IgnoreCase)?(IfExists)?$/;
const ARN = /^Arn(Equals|Like)(IfExists)?$/;

/** What a condition could say instead and admit more: the requests that it would admit besides, as conditions. */
function widerConditions({
  operator,
  key,
  values,
}: StatementCondition): readonly (readonly [string, StatementCondition])[] {
  const isOfOne = !operator.includes(":");
  const isMetWithoutKey = operator.endsWith(IF_EXISTS) || operator === "Null" || operator.includes("Not");
  const others = TEXT.test(operator)
    ? [
        OTHER_VALUE,
        ...values.map((value) => value.replace(/[^/:*]*\*?$/, "*")).filter((value) => /[^*]/.test(value)),
      ]
    : ARN.test(operator)
      ? values.map(parentOf)
      : [];
  const like = operator.replace(/(String|Arn)Equals(IgnoreCase)?/, "$1Like");
  return [
    ...(isOfOne && !isMetWithoutKey
      ? [[`without ${key} in the request`, { operator: "Null", key, values: ["true"] }] as const]
      : []),
    ...[...new Set(others)]
      .filter((value) => !values.includes(value))
      .map((value) => [`with ${key} ${value}`, { operator: like, key, values: [value] }] as const),
  ];
}

/** What an Allow becomes where one thing of it is taken out or widened: the further requests alone. */
function widerAllows(statement: Statement, idsOf: IdsOf): readonly (readonly [string, Statement])[] {
  const { resources, conditions } = statement;
  const actions = statement.actions.flatMap(idsOf);
  return [
    ...conditions.map(
      ({ key }, index) =>
        [`without ${key}`, { ...statement, actions, conditions: without(conditions, index) }] as const,
    ),
    ...conditions.flatMap((condition, index) =>
      widerConditions(condition).map(
        ([change, other]) =>
          [change, { ...statement, actions, conditions: conditions.with(index, other) }] as const,
      ),
    ),
    ...widerResources(resources).map(
      (arn) => [`on ${arn}`, { ...statement, actions, resources: [arn] }] as const,
    ),
    ["with other actions", { ...statement, actions: otherActions(actions, statement, idsOf) }] as const,
  ];
}

const ofEffect = ({ statements }: ParsedPolicy, effect: string): readonly Statement[] =>
  statements.filter((one) => one.effect === effect);

const labelOf = ({ label }: Statement): string => label.replaceAll('"', "");

/** The widenings of one document; `others` beside it are as they are. */
function wideningsOfDocument(
  policy: ParsedPolicy,
  others: readonly ParsedPolicy[],
  attachedWith: (changed: ParsedPolicy) => AttachedPolicies,
  idsOf: IdsOf,
): readonly Widening[] {
  const denials = [policy, ...others].flatMap((one) => ofEffect(one, "Deny"));
  return policy.statements.flatMap((statement, index): readonly Widening[] => {
    const words = { statement: labelOf(statement) };
    if (statement.effect === "Deny") {
      const statements = [
        ...without(policy.statements, index),
        ...others.flatMap((other) => other.statements),
      ];
      return [
        {
          ...words,
          change: "gone",
          effect: "Deny",
          speaksOf: statement,
          attached: attachedWith({ name: policy.name, statements }),
        },
      ];
    }
    return widerAllows(statement, idsOf)
      .filter(([, { actions }]) => actions.length > 0)
      .map(([change, speaksOf]) => ({
        ...words,
        change,
        effect: "Allow",
        speaksOf,
        attached: attachedWith({ name: policy.name, statements: [speaksOf, ...denials] }),
      }));
  });
}

/** What is attached, with one thing of one statement taken out or widened; the documents of AWS are not ours to change. */
export function wideningsOf(
  { policies, boundary }: AttachedPolicies,
  isOurs: (policy: ParsedPolicy) => boolean,
  idsOf: IdsOf,
): readonly Widening[] {
  const bound = boundary && { boundary };
  return [
    ...policies.flatMap((policy, index) =>
      isOurs(policy)
        ? wideningsOfDocument(
            policy,
            without(policies, index),
            (changed) => ({ policies: [changed], ...bound }),
            idsOf,
          )
        : [],
    ),
    ...(boundary
      ? wideningsOfDocument(boundary, [], (changed) => ({ policies, boundary: changed }), idsOf)
      : []),
  ];
}
