import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";

import { readLiveAccount } from "../../src/aws/live-account";

const answer = (action: string, content: string): string =>
  `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`;

const encoded = encodeURIComponent('{"a":"b c"}');

/** IAM answers as many pages as it likes, whatever the size asked for. */
const PAGES = [
  `<UserDetailList><member><UserName>sarah</UserName><Path>/people/</Path>
     <GroupList><member>power</member></GroupList>
     <Tags><member><Key>Category</Key><Value>devops</Value></member></Tags>
     <PermissionsBoundary><PermissionsBoundaryArn>arn:boundary</PermissionsBoundaryArn></PermissionsBoundary>
     <AttachedManagedPolicies><member><PolicyName>b</PolicyName><PolicyArn>arn:b</PolicyArn></member>
       <member><PolicyName>a</PolicyName><PolicyArn>arn:a</PolicyArn></member></AttachedManagedPolicies>
     <UserPolicyList><member><PolicyName>own</PolicyName><PolicyDocument>${encoded}</PolicyDocument></member></UserPolicyList>
     </member></UserDetailList>
   <IsTruncated>true</IsTruncated><Marker>second</Marker>`,
  `<GroupDetailList><member><GroupName>power</GroupName><Path>/</Path></member></GroupDetailList>
   <UserDetailList><member><UserName>alex</UserName><Path>/people/</Path>
     <GroupList><member>power</member></GroupList></member>
     <member><UserName>gone</UserName><Path>/people/</Path></member></UserDetailList>
   <IsTruncated>true</IsTruncated><Marker>third</Marker>`,
  `<RoleDetailList><member><RoleName>read</RoleName><Path>/ops/</Path>
     <AssumeRolePolicyDocument>${encoded}</AssumeRolePolicyDocument>
     <PermissionsBoundary><PermissionsBoundaryArn>arn:boundary</PermissionsBoundaryArn></PermissionsBoundary>
     </member></RoleDetailList>
   <Policies><member><PolicyName>p</PolicyName><Arn>arn:aws:iam::111111111111:policy/ops/team/p</Arn>
       <PolicyVersionList>
         <member><Document>old</Document><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion></member>
         <member><Document>${encoded}</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion></member>
       </PolicyVersionList></member>
     <member><PolicyName>q</PolicyName><Arn>arn:aws:iam::111111111111:policy/q</Arn></member></Policies>
   <IsTruncated>false</IsTruncated>`,
];
const MARKERS = [null, "second", "third"];

const NO_SUCH_ENTITY = "NoSuchEntity";

/** The answer on sarah's; alex has nothing. */
const ofSarah =
  (content: string, others = "") =>
  (request: URLSearchParams): string =>
    request.get("UserName") === "sarah" ? content : others;

const ANSWERS: Readonly<Record<string, (request: URLSearchParams) => string>> = {
  GetAccountAuthorizationDetails: (request) => PAGES[MARKERS.indexOf(request.get("Marker"))] ?? "",
  GetLoginProfile: ofSarah("<LoginProfile><UserName>sarah</UserName></LoginProfile>", NO_SUCH_ENTITY),
  ListAccessKeys: (request) =>
    request.get("UserName") === "gone"
      ? NO_SUCH_ENTITY
      : ofSarah(
          `<AccessKeyMetadata><member><AccessKeyId>AKIB</AccessKeyId><Status>Inactive</Status></member>
             <member><AccessKeyId>AKIA</AccessKeyId><Status>Active</Status></member></AccessKeyMetadata>
           <IsTruncated>false</IsTruncated>`,
        )(request),
  ListSSHPublicKeys: ofSarah(
    "<SSHPublicKeys><member><SSHPublicKeyId>APKA</SSHPublicKeyId><Status>Active</Status></member></SSHPublicKeys>",
  ),
  ListServiceSpecificCredentials: ofSarah(
    `<ServiceSpecificCredentials><member><ServiceName>codecommit.amazonaws.com</ServiceName>
       <ServiceSpecificCredentialId>ACCA</ServiceSpecificCredentialId><Status>Active</Status></member>
     </ServiceSpecificCredentials>`,
  ),
  ListSigningCertificates: ofSarah(
    "<Certificates><member><CertificateId>CERT</CertificateId><Status>Inactive</Status></member></Certificates>",
  ),
  ListOpenIDConnectProviders: () =>
    "<OpenIDConnectProviderList><member><Arn>arn:oidc</Arn></member></OpenIDConnectProviderList>",
  GetOpenIDConnectProvider: () =>
    "<ClientIDList><member>sts</member></ClientIDList><ThumbprintList><member>aa</member></ThumbprintList>",
  ListSAMLProviders: () => "<SAMLProviderList><member><Arn>arn:a-saml</Arn></member></SAMLProviderList>",
  GetSAMLProvider: () => "<SAMLMetadataDocument>metadata</SAMLMetadataDocument>",
  ListInstanceProfiles: () =>
    `<InstanceProfiles><member><InstanceProfileName>web</InstanceProfileName><Path>/ops/</Path>
       <Roles><member><RoleName>read</RoleName></member></Roles></member></InstanceProfiles>
     <IsTruncated>false</IsTruncated>`,
  ListServerCertificates: () =>
    `<ServerCertificateMetadataList><member><ServerCertificateName>site</ServerCertificateName><Path>/</Path>
       <ServerCertificateId>ASCA</ServerCertificateId></member></ServerCertificateMetadataList>
     <IsTruncated>false</IsTruncated>`,
  ListVirtualMFADevices: (request) =>
    request.get("AssignmentStatus") === "Unassigned"
      ? "<VirtualMFADevices><member><SerialNumber>arn:mfa</SerialNumber></member></VirtualMFADevices>"
      : "",
  GetAccountSummary: () =>
    `<SummaryMap><entry><key>AccountAccessKeysPresent</key><value>1</value></entry>
       <entry><key>AccountSigningCertificatesPresent</key><value>0</value></entry></SummaryMap>`,
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
        const content = ANSWERS[action]?.(asked) ?? "";
        if (content === NO_SUCH_ENTITY) {
          response
            .writeHead(404)
            .end(
              `<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>-</Message></Error></ErrorResponse>`,
            );
        } else response.end(answer(action, content));
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
    const document = '{"a":"b c"}';
    const noPolicies = { attached: [], inline: [] };
    assert.deepEqual(await readLiveAccount(iam), {
      users: [
        {
          name: "alex",
          path: "/people/",
          groups: ["power"],
          tags: {},
          ...noPolicies,
          credentials: {
            hasPassword: false,
            accessKeys: [],
            sshKeys: [],
            serviceCredentials: [],
            signingCertificates: [],
          },
        },
        {
          name: "sarah",
          path: "/people/",
          groups: ["power"],
          tags: { Category: "devops" },
          attached: ["arn:a", "arn:b"],
          inline: [{ name: "own", document }],
          boundary: "arn:boundary",
          credentials: {
            hasPassword: true,
            accessKeys: [
              { id: "AKIA", isActive: true },
              { id: "AKIB", isActive: false },
            ],
            sshKeys: [{ id: "APKA", isActive: true }],
            serviceCredentials: [{ id: "codecommit.amazonaws.com ACCA", isActive: true }],
            signingCertificates: [{ id: "CERT", isActive: false }],
          },
        },
      ],
      groups: [{ name: "power", path: "/", ...noPolicies, members: ["alex", "sarah"] }],
      roles: [{ name: "read", path: "/ops/", trust: document, ...noPolicies, boundary: "arn:boundary" }],
      policies: [
        {
          name: "p",
          path: "/ops/team/",
          arn: "arn:aws:iam::111111111111:policy/ops/team/p",
          document,
          dormant: { inForce: "v2", versions: [{ id: "v1", document: "old" }] },
        },
        { name: "q", path: "/", arn: "arn:aws:iam::111111111111:policy/q", document: "" },
      ],
      instanceProfiles: [{ name: "web", path: "/ops/", roles: ["read"] }],
      identityProviders: [
        { arn: "arn:a-saml", content: ["45447b7afbd5e544f7d0f1df0fccd26014d9850130abd3f020b89ff96b82079f"] },
        { arn: "arn:oidc", content: ["aa", "sts"] },
      ],
      serverCertificates: [{ name: "site", path: "/", id: "ASCA" }],
      unassignedMfaDevices: ["arn:mfa"],
      rootCredentials: ["access keys"],
    });
  });
});
