import http from "node:http";
import type { AddressInfo } from "node:net";

/** Counts the calls of one AWS API operation: `iam:CreateUser`, `s3:PUT /bucket?policy`. */
export type AwsCall = string;

/** A loopback endpoint that passes everything on to an emulator and remembers what was asked. */
export interface AwsCallRecorder {
  readonly endpoint: string;
  /** Every call so far, in the order in which they came. */
  readonly calls: readonly AwsCall[];
  stop(): Promise<void>;
}

/**
 * Security Hub, Access Analyzer and Account Management read by POST: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetEnabledStandards.html,
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html,
 * https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
 */
const READING =
  /:(?:Get|List|Describe|AssumeRole|GET |HEAD |POST \/standards\/get$|POST \/findingv2$|POST \/getAlternateContact$)/;

/** The calls among these that may change something: all that are not known to read. */
export function changing(calls: readonly AwsCall[]): readonly AwsCall[] {
  return calls.filter((call) => !READING.test(call));
}

/** `Authorization: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …` */
function serviceOf({ headers }: http.IncomingMessage): string {
  return headers.authorization?.match(/Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//)?.[1] ?? "unsigned";
}

/** Query APIs say it in the body, JSON APIs in a header, CBOR APIs in the path, and S3 by method and path. */
function operationOf(request: http.IncomingMessage, body: string): string {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.lastIndexOf(".") + 1);
  const url = request.url ?? "";
  const inPath = /\/operation\/(\w+)$/.exec(url)?.[1];
  const inBody = new URLSearchParams(body).get("Action");
  return inPath ?? inBody ?? `${request.method ?? ""} ${url}`;
}

/** Starts a recorder in front of an emulator. */
export async function recordAwsCalls(emulator: string): Promise<AwsCallRecorder> {
  const calls: AwsCall[] = [];
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      calls.push(`${serviceOf(request)}:${operationOf(request, body.toString("latin1"))}`);
      const { method, headers, url } = request;
      const passedOn = http.request(new URL(url ?? "", emulator), { method, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      passedOn.on("error", (error) => response.writeHead(502).end(error.message));
      passedOn.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
