import { PatternSet } from "../language/pattern-set";
import {
  characterToken,
  literalTokens,
  repeatedClassToken,
  classToken,
  type PatternToken,
} from "../language/pattern-token";
import type { ReferenceAction } from "./reference-action";
import { isReadOfAws, mayHaveColons, arnTemplates } from "./further-shapes";

/** Which resources are looked at: those of one account in one region, those of one account, or all. */
export interface ResourceScope {
  readonly account?: string;
  readonly region?: string;
}

const PARTITION = 1;
const REGION = 3;
const ACCOUNT = 4;

const PLACEHOLDER = /^\$\{[^}]*\}|^\*/;

const NUMBER: readonly PatternToken[] = Array.from({ length: 12 }, () => classToken("digit"));

/** Ways to write the account: its number, and how AWS writes the owner of its own policies, images and documents. */
function accountsIn(template: string): readonly (readonly PatternToken[])[] {
  if (template.startsWith("arn:${Partition}:iam::${Account}:policy/")) return [NUMBER, literalTokens("aws")];
  return template.startsWith("arn:${Partition}:iam:") ? [NUMBER] : [NUMBER, []];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = "${BucketName}";

/** At least one character, or else creating a user would be something to do with a role. */
function name(written: string, after: string): readonly PatternToken[] {
  if (after === "" && mayHaveColons(written)) return [classToken("any"), repeatedClassToken("any")];
  // What stands before a slash ends there; paths are in the names that an ARN ends with.
  if (after.startsWith("/") || written === BUCKET)
    return [classToken("no colon or slash"), repeatedClassToken("no colon or slash")];
  return [classToken("no colon"), repeatedClassToken("no colon")];
}

interface Placeholder {
  readonly template: string;
  readonly written: string;
  /** The ARN's field that it stands in. */
  readonly field: number;
  /** What the template goes on with. */
  readonly after: string;
}

function placeholder(
  { template, written, field, after }: Placeholder,
  { account, region }: ResourceScope,
): readonly (readonly PatternToken[])[] {
  switch (field) {
    case PARTITION:
      return [literalTokens("aws")];
    case REGION:
      return [region === undefined ? [repeatedClassToken("no colon")] : literalTokens(region)];
    case ACCOUNT:
      return account === undefined ? accountsIn(template) : [literalTokens(account)];
    default:
      return [name(written, after)];
  }
}

/** The resources that a template such as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}` stands for. */
function shapesOf(template: string, scope: ResourceScope): readonly (readonly PatternToken[])[] {
  let shapes: readonly (readonly PatternToken[])[] = [[]];
  let field = 0;
  for (let rest = template; rest !== "";) {
    const found = PLACEHOLDER.exec(rest)?.[0];
    const length = found?.length ?? 1;
    if (found === undefined && rest.startsWith(":")) field += 1;
    const alternatives =
      found === undefined
        ? [[characterToken(rest.charAt(0))]]
        : placeholder({ template, written: found, field, after: rest.slice(length) }, scope);
    rest = rest.slice(length);
    shapes = shapes.flatMap((shape) => alternatives.map((tokens) => [...shape, ...tokens]));
  }
  return shapes;
}

const known = new Map<string, PatternSet>();

function resourcesLike(template: string, scope: ResourceScope): PatternSet {
  const key = JSON.stringify([template, scope]);
  const made = known.get(key) ?? PatternSet.ofTokens(shapesOf(template, scope));
  known.set(key, made);
  return made;
}

const NO_RESOURCE = PatternSet.ofTexts(["*"]);

const everyTemplate = (types: ReferenceAction["resourceTypes"]): readonly string[] => [
  ...new Set(types.flatMap(({ arn }) => arnTemplates(arn))),
];

/**
 * Every resource that requests for the action can be about, in sets of one shape each; `*` where they are about none.
 */
export function resourcesInScope(
  { resourceTypes, isResourceOptional }: ReferenceAction,
  scope: ResourceScope,
): readonly PatternSet[] {
  const templates = everyTemplate(resourceTypes);
  const takesNone = isResourceOptional && (templates.length === 0 || scope.account === undefined);
  return [
    ...templates.map((template) => resourcesLike(template, scope)),
    ...(takesNone ? [NO_RESOURCE] : []),
  ];
}

/** The same for requests that name no other account: resources of this one, AWS's policies, or none. */
export function resourcesAtHome(action: ReferenceAction, account: string): readonly PatternSet[] {
  const templates = everyTemplate(action.resourceTypes);
  const ofAws = templates.filter((template) => isReadOfAws(template, action));
  return [
    ...templates.map((template) => resourcesLike(template, { account })),
    ...ofAws.map((template) => resourcesLike(template, { account: "aws" })),
    ...(action.isResourceOptional ? [NO_RESOURCE] : []),
  ];
}

/** Whatever a request can be about, where its action is not known. */
export const EVERY_RESOURCE = PatternSet.ofTokens([[classToken("any"), repeatedClassToken("any")]]);
