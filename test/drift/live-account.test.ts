import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";

import { readLiveAccount } from "../../src/drift/live-account";

const answer = (action: string, content: string): string =>
  `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`;

/** IAM answers as many pages as it likes, whatever the size asked for. */
const PAGES = [
  `<UserDetailList><member><UserName>sarah</UserName><Path>/people/</Path>
     <GroupList><member>power</member></GroupList>
     <AttachedManagedPolicies><member><PolicyName>b</PolicyName><PolicyArn>arn:b</PolicyArn></member>
       <member><PolicyName>a</PolicyName><PolicyArn>arn:a</PolicyArn></member></AttachedManagedPolicies>
     <UserPolicyList><member><PolicyName>own</PolicyName></member></UserPolicyList></member></UserDetailList>
   <IsTruncated>true</IsTruncated><Marker>second</Marker>`,
  `<GroupDetailList><member><GroupName>power</GroupName><Path>/</Path></member></GroupDetailList>
   <UserDetailList><member><UserName>alex</UserName><Path>/people/</Path>
     <GroupList><member>power</member></GroupList></member></UserDetailList>
   <IsTruncated>true</IsTruncated><Marker>third</Marker>`,
  `<RoleDetailList><member><RoleName>read</RoleName><Path>/ops/</Path>
     <PermissionsBoundary><PermissionsBoundaryArn>arn:boundary</PermissionsBoundaryArn></PermissionsBoundary>
     </member></RoleDetailList>
   <Policies><member><PolicyName>p</PolicyName><Arn>arn:aws:iam::111111111111:policy/ops/team/p</Arn></member>
     <member><PolicyName>q</PolicyName><Arn>arn:aws:iam::111111111111:policy/q</Arn></member></Policies>
   <IsTruncated>false</IsTruncated>`,
];
const MARKERS = [null, "second", "third"];

const ANSWERS: Readonly<Record<string, (request: URLSearchParams) => string>> = {
  GetAccountAuthorizationDetails: (request) => PAGES[MARKERS.indexOf(request.get("Marker"))] ?? "",
  ListOpenIDConnectProviders: () =>
    "<OpenIDConnectProviderList><member><Arn>arn:oidc</Arn></member></OpenIDConnectProviderList>",
  ListSAMLProviders: () => "<SAMLProviderList><member><Arn>arn:a-saml</Arn></member></SAMLProviderList>",
};

describe("what IAM holds in an account", () => {
  let server: http.Server;
  let iam: IAM;

  before(async () => {
    server = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const asked = new URLSearchParams(body);
        const action = asked.get("Action") ?? "";
        response.end(answer(action, ANSWERS[action]?.(asked) ?? ""));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    iam = new IAM({ endpoint: `http://127.0.0.1:${String(port)}`, region: "eu-west-1", credentials });
  });

  after(() => {
    iam.destroy();
    server.close();
  });

  it("is read to the last page, and sorted", async () => {
    assert.deepEqual(await readLiveAccount(iam), {
      users: [
        { name: "alex", path: "/people/", attached: [], inline: [] },
        { name: "sarah", path: "/people/", attached: ["arn:a", "arn:b"], inline: ["own"] },
      ],
      groups: [{ name: "power", path: "/", attached: [], inline: [], members: ["alex", "sarah"] }],
      roles: [{ name: "read", path: "/ops/", attached: [], inline: [], boundary: "arn:boundary" }],
      policies: [
        { name: "p", path: "/ops/team/", arn: "arn:aws:iam::111111111111:policy/ops/team/p" },
        { name: "q", path: "/", arn: "arn:aws:iam::111111111111:policy/q" },
      ],
      identityProviders: ["arn:a-saml", "arn:oidc"],
    });
  });
});
