import { accountsByRoster } from "../../src/access/load";
import { buildModel, type Model } from "../../src/model/model";
import type { ProofInput } from "../../src/proofs/proven-account";
import { Prover } from "../../src/proofs/prover";
import { ActionReference } from "../../src/proofs/reference/action-reference";
import { COMPANY_TRAIL, sampleModel } from "../support/sample";
import { NOW, rosterOfSize, sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";

const loaded: { prover?: Promise<Prover> } = {};

/** One for all tests: reading the service authorization data takes a second. */
export function theProver(): Promise<Prover> {
  loaded.prover ??= ActionReference.load().then((reference) => new Prover(reference, "eu-west-1"));
  return loaded.prover;
}

export const proofInputOf = (model: Model): ProofInput => ({ model, accounts: accountsByRoster(model).all });

export const sampleWorld = (): ProofInput => proofInputOf(sampleModel());

/** The sample with every setting that the organization and the roster have. */
export function everySettingWorld(): ProofInput {
  const organization = {
    ...sampleOrganization(),
    repository: "https://example.com/accounts",
    contractors: { require: ["nda", "baa", "approvals"] },
    databases: { sourceAddresses: ["203.0.113.0/24", "2001:db8::/32"] },
    breakGlass: { permissions: "emergency-operator" },
    pipeline: {
      kind: "github",
      repository: "example/accounts",
      ids: { owner: 1234, repository: 5678 },
      state: {
        bucket: "example-muster-state",
        key: "arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000",
      },
    },
  };
  const roster = {
    ...sampleRoster(),
    partners: {
      acme: {
        account: "999988887777",
        externalId: "acme-data-sharing-7f3a",
        grants: { prod: "DataShare" },
        resources: { prod: { databases: ["analytics/shared"], objects: ["example-shared/acme/*"] } },
      },
      keeper: {
        account: "999988886666",
        externalId: "keeper-1f2e",
        grants: { prod: "ExternalSystem" },
        resources: {
          prod: {
            instances: ["i-0123456789abcdef0"],
            documents: ["AWS-RunShellScript", "Manage-Linux-User-And-Keys"],
            parameters: ["/keeper/*"],
          },
        },
      },
    },
  };
  return proofInputOf(buildModel(organization, roster, NOW, everyWorkload()));
}

const PORTAL = { cluster: "main", namespace: "portal", serviceAccount: "portal" };

/** Services on everything that they can run on, with everything that they can be given. */
const everyWorkload = () => ({
  ...sampleWorkloads(),
  "mw-records": {
    runsOn: "ec2",
    project: "phoenix",
    environments: {
      dev: { databaseUsers: ["records"] },
      prod: { databaseUsers: ["records"], writeTables: ["records"], sendQueues: ["mw-prod-records"] },
    },
  },
  "mw-portal": {
    runsOn: "eks",
    project: "phoenix",
    environments: {
      dev: { pod: PORTAL, databaseUsers: ["portal"] },
      prod: { pod: PORTAL, secrets: ["mw/prod/portal"], databaseUsers: ["portal"] },
    },
  },
  "mw-reports": { runsOn: "lambda", environments: { prod: { readTables: ["records"] } } },
});

const INSTANCES = {
  clinic: { id: "db-CLINIC", engine: "postgres" },
  billing: { id: "db-BILLING", engine: "mysql" },
};

/** An organization that names its databases, and has grants of one, of another and of all, and trails beside Muster's. */
export function databasesWorld(): ProofInput {
  const { accounts, ...organization } = sampleOrganization();
  const [grant] = sampleRoster().temporary ?? [];
  if (grant === undefined) throw new Error("The sample has a temporary grant.");
  return proofInputOf(
    buildModel(
      {
        ...organization,
        pipeline: { kind: "users" },
        // Two trails that the accounts have already, one with a key that is named.
        accounts: {
          ...accounts,
          dev: { ...accounts["dev"], trail: COMPANY_TRAIL },
          prod: {
            ...accounts["prod"],
            databases: { instances: INSTANCES },
            trail: {
              ...COMPANY_TRAIL,
              objectPrefix: "audit",
              key: "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            },
          },
        },
      },
      {
        ...sampleRoster(),
        // At noon, the model's moment, the first is over and the others are on.
        temporary: [
          { ...grant, database: "billing", until: "2026-11-20T11:00:00Z" },
          { ...grant, database: "clinic" },
          { ...grant, from: "2026-11-20T13:00:00Z" },
        ],
      },
      NOW,
    ),
  );
}

/** An organization whose people live in its dev account. */
export function standInWorld(): ProofInput {
  const { dev, staging, prod } = sampleOrganization().accounts;
  const organization = {
    ...sampleOrganization(),
    accounts: { dev: { ...dev, identity: true }, staging, prod },
  };
  return proofInputOf(buildModel(organization, sampleRoster(), NOW, sampleWorkloads()));
}

/** The same, with an account of the same environment beside it that holds the data. */
export function standInBesideDataWorld(): ProofInput {
  const { dev, staging, prod } = sampleOrganization().accounts;
  const organization = {
    ...sampleOrganization(),
    databases: { sourceAddresses: ["203.0.113.0/24"] },
    pipeline: {
      kind: "oidc",
      issuer: "https://gitlab.com",
      audience: "sts.amazonaws.com",
      subjects: { preview: ["plan:{stack}"], deploy: ["apply:{stack}"] },
    },
    breakGlass: { permissions: "emergency-operator" },
    accounts: {
      dev: { ...dev, identity: true },
      data: {
        id: "555555555555",
        kind: "workload",
        environment: "dev",
        databases: { instances: INSTANCES },
      },
      staging,
      prod,
    },
  };
  const roster = sampleRoster();
  const people = {
    ...roster.people,
    "omar.devops": {
      email: "omar@example.com",
      category: "devops",
      access: { dev: "Ops", data: ["Admin", "Ops", "Dba"] },
    },
  };
  return proofInputOf(buildModel(organization, { ...roster, people }, NOW, sampleWorkloads()));
}

/** As many people, so that trusts tell them by their tags. */
export const largeWorld = (people: number): ProofInput =>
  proofInputOf(buildModel(sampleOrganization(), rosterOfSize(people), NOW));
