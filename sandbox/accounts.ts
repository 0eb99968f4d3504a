/** What the sandbox has to know of an account: the keys are the names of the stacks. */
export interface SandboxAccount {
  readonly key: string;
  /** Twelve digits. */
  readonly id: string;
  /** Whether this account holds the people. */
  readonly identity: boolean;
  /** Characters of a role's trust, where AWS has raised the account's quota. */
  readonly trustQuota?: number;
}

/** The role that AWS Organizations puts into each new member account, for the management account to assume. */
export function deployRoleArn(account: string): string {
  return `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
}

/**
 * The AWS configuration of a sandbox: a profile for each account, under its key and under its id, and the identity
 * account's as the default. They are assumed from a management account; the emulator answers that without any set-up.
 */
export function awsConfiguration(accounts: readonly SandboxAccount[], region: string): string {
  const assume = ({ id }: SandboxAccount) => [
    `role_arn = ${deployRoleArn(id)}`,
    "source_profile = management",
    "role_session_name = sandbox",
    `region = ${region}`,
  ];
  const identity = accounts.find((account) => account.identity);
  // An account that has another key now is there twice, under one id: clients refuse a section that is written twice.
  const sections = new Map([
    ...(identity === undefined ? [] : [["default", assume(identity)] as const]),
    ["profile management", [`region = ${region}`]] as const,
    ...accounts.flatMap((account) =>
      [account.key, account.id].map((name) => [`profile ${name}`, assume(account)] as const),
    ),
  ]);
  return [...sections].flatMap(([name, lines]) => [`[${name}]`, ...lines, ""]).join("\n");
}

/** The management account's access key; the emulator takes any. */
export const managementKey = { accessKeyId: "sandbox", secretAccessKey: "sandbox" } as const;

/** The management account's access key, as AWS clients read it. */
export const awsCredentials = [
  "[management]",
  `aws_access_key_id = ${managementKey.accessKeyId}`,
  `aws_secret_access_key = ${managementKey.secretAccessKey}`,
  "",
].join("\n");

/** The quotas that AWS has raised in accounts, under IAM's names of them, as the emulator reads them. */
export function raisedQuotas(accounts: readonly SandboxAccount[]): string {
  const raised = accounts.flatMap(({ id, trustQuota }) =>
    trustQuota === undefined ? [] : [[id, { ACLSizePerRole: trustQuota }] as const],
  );
  return JSON.stringify(Object.fromEntries(raised));
}
