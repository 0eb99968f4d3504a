import assert from "node:assert/strict";

import fc from "fast-check";

import { ActionIndex, farthestReach } from "../../../src/access/page/action-index";
import { decodeSurface, encodeSurface } from "../../../src/access/page/surface-code";

const ACTIONS = new ActionIndex({
  services: [
    ["s3", "GetObject GetObjectAcl PutObject"],
    ["s3express", "GetObject"],
    ["iam", "GetUser"],
  ],
  levels: "RRWRL",
});

const ids = (actions: readonly { readonly id: string }[] | undefined): readonly string[] | undefined =>
  actions?.map(({ id }) => id);

describe("the actions of the page", () => {
  it("are found by their names, in any capitals, with their levels", () => {
    assert.deepEqual(ACTIONS.find(" S3:putobject ")?.actions, [
      { index: 2, id: "s3:PutObject", level: "Write" },
    ]);
    assert.equal(ACTIONS.find("s3:PutObject")?.text, "s3:PutObject");
  });

  it("are found by patterns", () => {
    assert.deepEqual(ids(ACTIONS.find("s3:Get*")?.actions), ["s3:GetObject", "s3:GetObjectAcl"]);
    assert.deepEqual(ids(ACTIONS.find("*:get????")?.actions), ["iam:GetUser"]);
  });

  for (const text of ["", "s3:", "s3:Get", "nothing:*", "s3.GetObject"]) {
    it(`are not found by "${text}"`, () => assert.equal(ACTIONS.find(text), undefined));
  }

  it("are suggested, first what begins alike", () => {
    assert.deepEqual(ids(ACTIONS.suggestions("get", 9)), [
      "s3:GetObject",
      "s3:GetObjectAcl",
      "s3express:GetObject",
      "iam:GetUser",
    ]);
    assert.deepEqual(ids(ACTIONS.suggestions("s3:obj", 9)), [
      "s3:GetObject",
      "s3:GetObjectAcl",
      "s3:PutObject",
    ]);
    assert.deepEqual(ids(ACTIONS.suggestions("s3:p", 9)), ["s3:PutObject"]);
    assert.deepEqual(ids(ACTIONS.suggestions("s3", 2)), ["s3:GetObject", "s3:GetObjectAcl"]);
    assert.deepEqual(ids(ACTIONS.suggestions("", 9)), []);
  });
});

describe("a role's surface", () => {
  const surfaces = fc.array(fc.constantFrom("everywhere" as const, "limited" as const, undefined));

  it("comes back as it was", () => {
    fc.assert(
      fc.property(surfaces, (surface) => assert.deepEqual(decodeSurface(encodeSurface(surface)), surface)),
    );
  });

  it("is short where neighbours are alike", () => {
    assert.equal(encodeSurface(Array.from({ length: 22_000 }, () => "everywhere" as const)), "Egz4");
  });

  it("reaches as far as its farthest action", () => {
    const surface = decodeSurface("L1E1N3");
    const reach = (text: string) => farthestReach(surface, ACTIONS.find(text)!);
    assert.equal(reach("s3:GetObject"), "limited");
    assert.equal(reach("s3:Get*"), "everywhere");
    assert.equal(reach("iam:*"), undefined);
  });
});
