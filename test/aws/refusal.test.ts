import assert from "node:assert/strict";

import { withRolesThatMay } from "../../src/aws/refusal";
import { UserError } from "../../src/model/problems";
import { sampleModel } from "../support/sample";

const account = sampleModel().organization.accounts.find(({ key }) => key === "prod");
assert.ok(account);

const failing = (name: string) =>
  withRolesThatMay(account, ["Dba", "Security"], () =>
    Promise.reject(Object.assign(new Error("No."), { name })),
  );

describe("what an account refuses", () => {
  for (const name of ["AccessDenied", "AccessDeniedException"]) {
    it(`is said with the roles that may: ${name}`, () =>
      assert.rejects(
        failing(name),
        new UserError("prod refuses it: No.\nTo do: name a profile of Dba or Security there with --profile."),
      ));
  }
  it("is told from other failures", () =>
    assert.rejects(failing("ThrottlingException"), { name: "ThrottlingException" }));
  it("and an answer is passed on", async () =>
    assert.equal(await withRolesThatMay(account, [], () => Promise.resolve(1)), 1));
});
