import { keysOf } from "./keys-of";
import type { WorkloadEnvironment } from "./organization";

/** The runtimes of a service's code; each says which service of AWS assumes the role. */
export const RUNTIMES = ["ec2", "ecs", "eks", "lambda"] as const;
export type Runtime = (typeof RUNTIMES)[number];

interface WorkloadResourceRule {
  readonly pattern: RegExp;
  /** The description of such a name, for messages. */
  readonly rule: string;
  readonly example: string;
}

const BEGINNING = "or the beginning of several, followed by *";
const OBJECTS = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[\w.=/-]*\*?$/,
  rule: `Objects are a bucket and a key, ${BEGINNING}.`,
  example: '"<bucket>/<key>" or "<bucket>/<prefix>*", such as "example-data/*"',
} as const;
const TABLE = {
  pattern: /^[\w.-]{3,255}$/,
  rule: "A table is the name of one in DynamoDB.",
  example: 'a text such as "visits"',
} as const;
const QUEUE = {
  pattern: /^([\w-]{1,80}|[\w-]{1,75}\.fifo)$/,
  rule: "A queue is the name of one in SQS.",
  example: 'a text such as "events" or "events.fifo"',
} as const;

/** The resources that a service can be given, in its own account and the organization's region: names, not ARNs. */
export const WORKLOAD_RESOURCES = {
  secrets: {
    pattern: /^[\w/+=.@-]{1,512}\*?$/,
    rule: `A secret is the name of one in Secrets Manager, ${BEGINNING}.`,
    example: 'a text such as "app/prod/token" or "app/prod/*"',
  },
  logGroups: {
    pattern: /^\/[\w./#-]{1,511}$/,
    rule: "A log group's name begins with a slash.",
    example: 'a text such as "/app/prod"',
  },
  databaseUsers: {
    pattern: /^[A-Za-z_]\w{0,62}$/,
    rule: "A database user is the name of one that signs in by IAM.",
    example: 'a text such as "app"',
  },
  databaseIds: {
    pattern: /^(db|cluster)-[A-Z0-9]{1,60}$/,
    rule: "A database's id is the one that RDS gave it, not its name.",
    example: 'a text such as "db-ABCDEFGHIJKL01234" or "cluster-ABCDEFGHIJKL01234"',
  },
  readObjects: OBJECTS,
  writeObjects: OBJECTS,
  readTables: TABLE,
  writeTables: TABLE,
  sensitiveTables: TABLE,
  sendQueues: QUEUE,
  receiveQueues: QUEUE,
} as const satisfies Record<string, WorkloadResourceRule>;

export type WorkloadResourceKind = keyof typeof WORKLOAD_RESOURCES;
export const WORKLOAD_RESOURCE_KINDS = keysOf(WORKLOAD_RESOURCES);

/** The resources that a service may reach in the accounts of one environment; nothing else. */
export type WorkloadAccess = {
  readonly [Kind in WorkloadResourceKind]?: readonly string[];
} & {
  /**
   * Every table that is tagged `AccessLevel=Public`. For the tag to count, attribute-based access has to be switched on
   * for DynamoDB; whatever must stay closed is named under `sensitiveTables`, which needs no tag.
   */
  readonly publicTables?: true;
};

/** The pods of the service: its role is for this service account of this namespace of this cluster. */
export interface Pod {
  /** Name of the cluster in EKS. */
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html and Kubernetes' RFC 1123 labels and subdomains */
export const POD_NAMES = {
  cluster: {
    pattern: /^[0-9A-Za-z][\w-]{0,99}$/,
    rule: "A cluster is the name of one in EKS.",
    example: 'a text such as "main"',
  },
  namespace: {
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    rule: "A namespace is the name of one in Kubernetes.",
    example: 'a text such as "shop"',
  },
  serviceAccount: {
    pattern: /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    rule: "A service account is the name of one in Kubernetes.",
    example: 'a text such as "worker"',
  },
} as const satisfies Record<keyof Pod, WorkloadResourceRule>;

/** The runtime of a service's code, with what has to be known of it. */
export type ServiceRuntime =
  { readonly runsOn: Exclude<Runtime, "eks"> } | { readonly runsOn: "eks"; readonly pod: Pod };

/** One service in one environment. */
export type Workload = ServiceRuntime & {
  /** Key in `src/workloads.ts`. */
  readonly service: string;
  /** The project whose contractors may deploy it. */
  readonly project?: string;
  readonly environment: WorkloadEnvironment;
  readonly access: WorkloadAccess;
};
