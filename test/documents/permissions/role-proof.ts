import assert from "node:assert/strict";
import { policyDocument, renderDocument, type PolicyDocument } from "../../../src/documents/policy-document";
import { PERMISSIONS } from "../../../src/documents/permissions";
import type { RoleContext, RolePermissions, RolePolicy } from "../../../src/documents/role-permissions";
import { roleArn } from "../../../src/model/names";
import type { Environment } from "../../../src/model/organization";
import { QUOTAS } from "../../../src/model/quotas";
import type { HeldRole } from "../../../src/model/roles";
import type { RequestContext } from "../../../src/access/caller";
import {
  awsManagedDocument,
  decide,
  sessionCaller,
  type AccessRequest,
  type Caller,
  type Decision,
} from "../../support/evaluate";
import { TRAIL_ARN, withPlaceholder } from "../../support/encryption-context";
import { mutate } from "../../support/mutation";
import { authorizationProblems } from "../../support/service-authorization";
import { ACCOUNTS, contextIn, REGION } from "../fixture";
import { assertMark, markedTitle, type SeedMark } from "../seeds/seed-case";
import { SEED_ACCOUNT, SEED_REGION, type SeedRequest } from "../seeds/seed-document";

/** One thing that a role's people can or cannot do, as a seed or the design says it. */
export interface PermissionCase extends SeedMark {
  readonly expected: Decision;
  /** The sentence that the case proves. */
  readonly says: string;
  readonly environments: readonly Environment[];
  readonly action: string;
  /**
   * `{account}` is the environment's account, `{prod}` and its like are the others', `{environment}` its name, `{region}`
   * the organization's.
   */
  readonly resource: string;
  readonly details: Omit<CaseDetails, "decision">;
}

/** What a case needs beside its sentence, action and resource; `decision` is its mark. */
export interface CaseDetails extends Pick<SeedMark, "decision"> {
  readonly context?: RequestContext;
  readonly region?: string;
  /** Whose the resource is, where its ARN does not say. */
  readonly owner?: Environment;
  /** The resource's own policy lets everybody in: only a Deny keeps the role out. */
  readonly isOpen?: true;
}

type Environments = Environment | readonly Environment[];

const caseOf =
  (expected: Decision) =>
  (
    environments: Environments,
    says: string,
    action: string,
    resource = "*",
    { decision, ...details }: CaseDetails = {},
  ): PermissionCase => ({
    expected,
    says,
    environments: typeof environments === "string" ? [environments] : environments,
    action,
    resource,
    details,
    ...(decision !== undefined && { decision }),
  });

/** They can: in which environments, the sentence, the action and the resource that stand for it. */
export const can = caseOf("allowed");
/** They cannot. */
export const cannot = caseOf("denied");

/** A role's documents in one account, as IAM would see them. */
interface Deployed {
  readonly environment: Environment;
  readonly policies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

const documentOf = (policy: RolePolicy): PolicyDocument =>
  policy.kind === "aws-managed" ? awsManagedDocument(policy.name) : policy.document;

function deploy(environment: Environment, { policies, boundary }: RolePermissions): Deployed {
  return {
    environment,
    policies: policies.map(documentOf),
    ...(boundary && { boundary: boundary.document }),
  };
}

function resourceOf({ resource }: PermissionCase, environment: Environment): string {
  return Object.entries(ACCOUNTS).reduce(
    (text, [name, { id }]) => text.replaceAll(`{${name}}`, id),
    resource
      .replaceAll("{account}", ACCOUNTS[environment].id)
      .replaceAll("{environment}", environment)
      .replaceAll("{region}", REGION),
  );
}

const openPolicy = (action: string): PolicyDocument<unknown> =>
  policyDocument({
    Sid: "Everybody",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: action,
    Resource: "*",
  });

/** A key's own policy has the first word, and by AWS's default leaves it to the account's. */
const leftToTheAccount = (environment: Environment): PolicyDocument<unknown> =>
  policyDocument({
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${ACCOUNTS[environment].id}:root` },
    Action: "kms:*",
    Resource: "*",
  });

function isOfAnotherAccount(resource: string, environment: Environment, owner?: Environment): boolean {
  const inArn = Object.values(ACCOUNTS).find(({ id }) => resource.includes(`:${id}:`));
  return (owner ? ACCOUNTS[owner] : (inArn ?? ACCOUNTS[environment])) !== ACCOUNTS[environment];
}

/** What is asked in a case, whoever asks it. */
export function requestOf(
  one: PermissionCase,
  environment: Environment,
): Omit<AccessRequest, "caller" | "policies"> {
  const { context, region, owner, isOpen } = one.details;
  const resource = resourceOf(one, environment);
  return {
    action: one.action,
    resource,
    ...(context && { context: withPlaceholder(context, TRAIL_ARN) }),
    ...(region !== undefined && { region }),
    ...(owner && { resourceAccount: ACCOUNTS[owner].id }),
    ...(resource.includes(":key/") && { resourcePolicy: leftToTheAccount(environment) }),
    // What another account owns is asked as if that account let everybody in: only then is the answer the role's.
    ...((isOpen === true || isOfAnotherAccount(resource, environment, owner)) && {
      resourcePolicy: openPolicy(one.action),
    }),
  };
}

function decideCase(
  one: PermissionCase,
  { session, contextOf = contextIn }: Proof,
  deployed: Deployed,
): Promise<Decision> {
  const { environment, policies, boundary } = deployed;
  return decide({
    ...requestOf(one, environment),
    caller: session(contextOf(environment)),
    policies: policies.map((document) => withPlaceholder(document, TRAIL_ARN)),
    ...(boundary && { boundary }),
  });
}

/** What is asked in a case, where all environments are in the seeds' one account. */
function seedRequestOf(one: PermissionCase, environment: Environment): SeedRequest {
  const { context, region, isOpen } = one.details;
  const resource = one.resource
    .replaceAll("{environment}", environment)
    .replaceAll("{region}", SEED_REGION)
    .replaceAll(/\{\w+\}/g, SEED_ACCOUNT);
  return {
    action: one.action,
    resource,
    ...(context && { context }),
    ...(region !== undefined && { region }),
    ...(isOpen && { resourcePolicy: openPolicy(one.action) }),
  };
}

function titleOf({ expected, says, action, ...mark }: PermissionCase): string {
  return markedTitle(`they ${expected === "allowed" ? "can" : "cannot"} ${says}: ${action}`, mark);
}

/** A document with one thing taken out, and where that was. */
interface Mutation {
  readonly without: string;
  readonly deployed: Deployed;
}

function mutationsOf(environment: Environment, permissions: RolePermissions): readonly Mutation[] {
  const deployed = deploy(environment, permissions);
  const ofPolicies = permissions.policies.flatMap((policy, position) =>
    policy.kind === "aws-managed"
      ? []
      : mutate(policy.document).map(({ without, document }) => ({
          without: `${policy.purpose}: ${without}`,
          deployed: { ...deployed, policies: deployed.policies.with(position, document) },
        })),
  );
  if (permissions.boundary === undefined) return ofPolicies;
  // A boundary has to hold whatever the policies beside it allow.
  const everything = [awsManagedDocument("AdministratorAccess")];
  const ofBoundary = mutate(permissions.boundary.document).map(({ without, document }) => ({
    without: `boundary: ${without}`,
    deployed: { environment, policies: everything, boundary: document },
  }));
  return [...ofPolicies, ...ofBoundary];
}

async function isNoticed({ deployed }: Mutation, proof: Proof): Promise<boolean> {
  for (const one of proof.cases) {
    if (!one.environments.includes(deployed.environment)) continue;
    if ((await decideCase(one, proof, deployed)) !== one.expected) return true;
  }
  return false;
}

/**
 * Names as long as they can be: a prefix has at most 20 characters (`src/model/reading/organization-entry.ts`), and with the longest
 * name of a role, `prefix-BreakGlassR-key`, 64 of which 31 are left for the account's key.
 */
export function longestContext({ organization, account }: RoleContext): RoleContext {
  return {
    organization: { ...organization, prefix: "x".repeat(20), region: "ap-southeast-2" },
    account: { ...account, key: "y".repeat(31) },
  };
}

/** What is to be proven of some documents, whoever has them. */
export interface Proof {
  readonly permissionsOf: (context: RoleContext) => RolePermissions;
  /** In whose session the cases are asked. */
  readonly session: (context: RoleContext) => Caller;
  readonly cases: readonly PermissionCase[];
  /** The environments where the documents exist. */
  readonly environments: readonly Environment[];
  readonly contextOf?: (environment: Environment) => RoleContext;
}

export interface RoleProof extends Omit<Proof, "permissionsOf" | "session"> {
  readonly role: HeldRole;
}

/** Proves the documents of a role that people hold. */
export function proveRole({ role, ...proof }: RoleProof): void {
  prove({
    ...proof,
    permissionsOf: PERMISSIONS[role],
    session: ({ organization, account }) =>
      sessionCaller(roleArn(organization, role, account), "sarah.devops"),
  });
}

/**
 * Proves documents: each case holds, the seed's JSON beside it is wrong where the case says so and nowhere else, no Deny
 * and no condition could be dropped without a case noticing, AWS knows every action, resource and condition key, and no
 * document exceeds IAM's size.
 */
export function prove(proof: Proof): void {
  const { permissionsOf, cases, environments, contextOf = contextIn } = proof;
  const permissionsIn = (environment: Environment): RolePermissions => permissionsOf(contextOf(environment));

  for (const environment of environments) {
    describe(`in ${environment}`, () => {
      const deployed = deploy(environment, permissionsIn(environment));
      for (const one of cases.filter((candidate) => candidate.environments.includes(environment))) {
        it(titleOf(one), async () => {
          assert.equal(await decideCase(one, proof, deployed), one.expected);
          await assertMark(one, one.expected, seedRequestOf(one, environment));
        });
      }
    });
  }

  const mutations = environments.flatMap((environment) =>
    mutationsOf(environment, permissionsIn(environment)),
  );
  for (const without of new Set(mutations.map((mutation) => mutation.without))) {
    it(`a case fails without ${without}`, async () => {
      const alike = mutations.filter((mutation) => mutation.without === without);
      for (const mutation of alike) if (await isNoticed(mutation, proof)) return;
      assert.fail("Every case still holds.");
    });
  }

  for (const environment of environments) {
    const { policies, boundary } = permissionsIn(environment);
    for (const policy of [...policies, ...(boundary ? [boundary] : [])]) {
      if (policy.kind === "aws-managed") continue;
      it(`AWS knows what ${policy.purpose} says in ${environment}`, async () => {
        assert.deepEqual(await authorizationProblems(policy.document, "role"), []);
      });
    }
    it(`every document fits in ${environment}, names being long`, () => {
      const { policies, boundary } = permissionsOf(longestContext(contextOf(environment)));
      const sizes = [...policies, ...(boundary ? [boundary] : [])].flatMap((policy) =>
        policy.kind === "customer" ? [renderDocument(policy.document).length] : [],
      );
      assert.ok(Math.max(0, ...sizes) <= QUOTAS.policyCharacters, `${String(Math.max(...sizes))} characters`);
    });
  }
}
