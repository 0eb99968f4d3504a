const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Where the emulator listens. This provider knows a small part of AWS and is tried against an emulator only, so it
 * refuses to start where its requests could reach the real AWS.
 */
export function loopbackEndpoint(environment: NodeJS.ProcessEnv): string {
  const endpoint = environment["AWS_ENDPOINT_URL"];
  if (endpoint === undefined) {
    throw new Error(
      "AWS_ENDPOINT_URL is not set, and the sandbox's AWS provider never talks to the real AWS. Run pulumi inside `npm run sandbox:shell`.",
    );
  }
  if (!URL.canParse(endpoint) || !loopback.has(new URL(endpoint).hostname)) {
    throw new Error(
      `AWS_ENDPOINT_URL is ${endpoint}, and the sandbox's AWS provider only talks to this machine. Run pulumi inside \`npm run sandbox:shell\`.`,
    );
  }
  return endpoint;
}
