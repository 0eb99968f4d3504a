import assert from "node:assert/strict";

import { iamPolicy } from "../../src/access/iam/iam-policy";
import { blueprintsOf } from "../../src/documents/blueprint";
import { inCurrentLanguage, isCurrentLanguage, parseDocument } from "../../src/documents/statement";
import type { PolicyDocument } from "../../src/documents/policy-document";
import { decide, userCaller } from "../support/evaluate";
import { sampleModel } from "../support/sample";

const OWN_USER = "arn:aws:iam::111111111111:user/people/${aws:username}";
const written = (version?: string): string =>
  JSON.stringify({
    ...(version !== undefined && { Version: version }),
    Statement: [{ Sid: "Own", Effect: "Allow", Action: "iam:GetUser", Resource: OWN_USER }],
  });

const OLD = ["2008-10-17", undefined] as const;

describe("the version of the policy language", () => {
  it("is the current one in every document of every account", () => {
    for (const { roles, partnerRoles, workloadRoles, people } of blueprintsOf(sampleModel())) {
      const texts = [
        ...[...roles, ...partnerRoles, ...workloadRoles].flatMap(({ trust, policies, boundary }) => [
          trust.text,
          ...[...policies, ...(boundary ? [boundary] : [])].flatMap((policy) =>
            policy.kind === "customer" ? [policy.text] : [],
          ),
        ]),
        ...(people?.groups ?? []).flatMap(({ policies }) => policies.map(({ text }) => text)),
      ];
      assert.deepEqual(
        texts.filter((text) => !isCurrentLanguage(text)),
        [],
      );
    }
  });

  for (const version of OLD) {
    const says = version ?? "none";
    it(`${says}: a variable is not the variable of a current document`, () => {
      assert.notDeepEqual(parseDocument(written(version)), parseDocument(written("2012-10-17")));
    });

    it(`${says}: a document without variables says the same as a current one`, () => {
      const plain = (of?: string): string => written(of).replace("${aws:username}", "bob");
      assert.deepEqual(parseDocument(plain(version)), parseDocument(plain("2012-10-17")));
    });

    it(`${says}: accounts as they are, too, are answered without substitution`, async () => {
      const ask = (text: string) =>
        decide({
          caller: userCaller("arn:aws:iam::111111111111:user/people/bob", { ageSeconds: 60 }),
          policies: [JSON.parse(iamPolicy("own", text).text) as PolicyDocument],
          action: "iam:GetUser",
          resource: "arn:aws:iam::111111111111:user/people/bob",
        });
      assert.equal(await ask(written("2012-10-17")), "allowed");
      assert.equal(await ask(written(version)), "denied");
    });
  }

  it("leaves what is current as it is", () => {
    assert.equal(inCurrentLanguage(written("2012-10-17")), written("2012-10-17"));
  });
});
