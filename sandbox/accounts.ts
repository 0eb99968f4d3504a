/** What the sandbox has to know of an account: the keys are the names of the stacks. */
export interface SandboxAccount {
  readonly key: string;
  /** Twelve digits. */
  readonly id: string;
  /** Whether this account holds the people. */
  readonly identity: boolean;
}

/**
 * The AWS configuration of a sandbox: a profile for each account, under its key and under its id, and the identity
 * account's as the default. They are assumed from a management account, through the role that AWS Organizations puts
 * into each new member account; the emulator answers that without any set-up.
 */
export function awsConfiguration(accounts: readonly SandboxAccount[], region: string): string {
  const assume = ({ id }: SandboxAccount) => [
    `role_arn = arn:aws:iam::${id}:role/OrganizationAccountAccessRole`,
    "source_profile = management",
    "role_session_name = sandbox",
    `region = ${region}`,
  ];
  const section = (name: string, lines: readonly string[]) => [`[${name}]`, ...lines, ""];
  const identity = accounts.find((account) => account.identity);
  return [
    ...(identity === undefined ? [] : section("default", assume(identity))),
    ...section("profile management", [`region = ${region}`]),
    ...accounts.flatMap((account) => [
      ...section(`profile ${account.key}`, assume(account)),
      ...section(`profile ${account.id}`, assume(account)),
    ]),
  ].join("\n");
}

/** The management account's access key; the emulator takes any. */
export const awsCredentials = [
  "[management]",
  "aws_access_key_id = sandbox",
  "aws_secret_access_key = sandbox",
  "",
].join("\n");
