import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The parameters of one request, as STS's query protocol names them. */
export type StsRequest = Readonly<Record<string, string>>;

/** Stands in for STS on loopback: answers AssumeRole with credentials that nothing accepts, and keeps what it was asked. */
export interface FakeSts {
  readonly endpoint: string;
  /** Takes what was asked since the last time. */
  readonly taken: () => readonly StsRequest[];
  readonly stop: () => void;
}

const answerTo = ({ RoleArn = "", RoleSessionName = "" }: StsRequest): string => `
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <Credentials>
      <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
      <SecretAccessKey>example</SecretAccessKey>
      <SessionToken>example</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials>
    <AssumedRoleUser><Arn>${RoleArn}/${RoleSessionName}</Arn><AssumedRoleId>AROAEXAMPLE</AssumedRoleId></AssumedRoleUser>
  </AssumeRoleResult>
</AssumeRoleResponse>`;

export async function startFakeSts(): Promise<FakeSts> {
  let requests: StsRequest[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const asked = Object.fromEntries(new URLSearchParams(body));
      requests.push(asked);
      response.setHeader("Content-Type", "text/xml").end(answerTo(asked));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    taken: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
