/** What an account's settings may say of what stands before databases: all of it, so that every resource is made. */
export const DATABASE_ACCESS = {
  vpcId: "vpc-0123456789abcdef0",
  applicationSecurityGroup: "sg-0123456789abcdef0",
  secretNames: ["app/rds/main"],
  privateSubnets: ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"],
};

/** A rotation of its secret, in the account of that id. */
export const rotationIn = (accountId: string) => ({
  function: `arn:aws:lambda:eu-west-1:${accountId}:function:SecretsManagerRotation`,
  role: `arn:aws:iam::${accountId}:role/rotation`,
  days: 30,
  secrets: ["app/rds/main"],
});

/** The setting of an account, with a rotation, as Pulumi keeps it. */
export const databaseAccessConfig = (accountId: string): Readonly<Record<string, string>> => ({
  "muster:databaseAccess": JSON.stringify({ ...DATABASE_ACCESS, rotation: rotationIn(accountId) }),
});
