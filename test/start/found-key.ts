import { STS } from "@aws-sdk/client-sts";

const [, , profile] = process.argv;

/** Prints the key that AWS's SDK takes, with the profile that an argument names. */
async function main(): Promise<void> {
  const sts = new STS({ region: "eu-west-1", ...(profile !== undefined && { profile }) });
  console.info((await sts.config.credentials()).accessKeyId);
}

void main();
