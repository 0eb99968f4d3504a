import { EC2 } from "@aws-sdk/client-ec2";
import assert from "node:assert/strict";
import type { Properties } from "../../../sandbox/provider/resource-type";
import { unknown } from "../../../sandbox/provider/values";
import { EngineStandIn, type Resource } from "./engine-stand-in";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";
import { resourceCases } from "./resource-cases";

/** A resource as a refresh shows it. */
const inOtherWords = (resource: Resource, refreshed: Properties = {}): Resource => ({
  ...resource,
  inputs: { ...resource.inputs, ...refreshed },
  outputs: { ...resource.outputs, ...refreshed },
});

describe("the provider's resource types", function () {
  this.timeout(120_000);
  let accounts: EmulatedAccounts;
  let engine: EngineStandIn;
  const made = new Map<string, Resource>();
  const get = (name: string): Resource => {
    const resource = made.get(name);
    assert.ok(resource, `${name} was not made`);
    return resource;
  };

  before(async () => {
    accounts = await openEmulatedAccounts();
    engine = new EngineStandIn(accounts.endpoint);
    await engine.configure({ region: "eu-west-1", allowedAccountIds: '["222222222222"]' });
    const { Subnets = [] } = await accounts.client(EC2, "dev").describeSubnets({});
    Subnets.forEach(({ SubnetId: id = "" }, index) => {
      const name = `subnet-${String(index)}`;
      made.set(name, { urn: name, id, inputs: {}, outputs: {} });
    });
  });
  after(() => accounts.close());

  for (const {
    type,
    name,
    inputs,
    unknown: expectedUnknown,
    edit,
    replacement,
    refreshed,
    byHand,
    drift,
  } of resourceCases) {
    describe(`${type} (${name})`, () => {
      it("is foreseen by a preview", async () => {
        const checked = await engine.check(type, name, inputs(get));
        assert.deepEqual(checked.failures, []);
        const foreseen = await engine.previewCreate(type, name, checked.inputs);
        const notKnown = Object.keys(foreseen).filter((property) => foreseen[property] === unknown);
        assert.deepEqual(notKnown.toSorted(), expectedUnknown.toSorted());
      });

      it("is created, and a refresh right after finds no difference", async () => {
        const resource = await engine.create(type, name, inputs(get));
        made.set(name, resource);
        const found = await engine.refresh(resource);
        assert.deepEqual(found, inOtherWords(resource, refreshed));
        assert.deepEqual((await engine.diff(found, resource.inputs)).changes, []);
      });

      if (edit !== undefined) {
        it("is changed in place by an edit of the program", async () => {
          const resource = get(name);
          const news = { ...resource.inputs, ...edit };
          const plan = await engine.diff(resource, news);
          assert.deepEqual(plan.changes.toSorted(), Object.keys(edit).toSorted());
          assert.deepEqual(plan.replaces, []);
          await engine.previewUpdate(resource, news);
          const unchanged = await engine.refresh(resource);
          assert.deepEqual(unchanged, inOtherWords(resource, refreshed), "the preview changed something");
          const edited = await engine.update(resource, news);
          assert.deepEqual(await engine.refresh(edited), inOtherWords(edited, refreshed));
          made.set(name, edited);
        });
      }

      if (replacement !== undefined) {
        it(`is replaced when ${Object.keys(replacement).join(", ")} changes`, async () => {
          const resource = get(name);
          const plan = await engine.diff(resource, { ...resource.inputs, ...replacement });
          assert.deepEqual(plan.replaces, Object.keys(replacement));
        });
      }

      if (byHand !== undefined) {
        it(`shows and undoes what is done to ${drift?.join(", ")} by hand`, async () => {
          const resource = get(name);
          await byHand(accounts.client, resource);
          const found = await engine.refresh(resource);
          assert.ok(found);
          const plan = await engine.diff(found, resource.inputs);
          assert.deepEqual(plan.changes.toSorted(), drift?.toSorted());
          const healed = await engine.update(found, resource.inputs);
          assert.deepEqual(await engine.refresh(healed), resource);
        });
      }
    });
  }

  describe("deletion, in the opposite order", () => {
    for (const { type, name } of [...resourceCases].reverse()) {
      it(`deletes ${type} (${name})`, async () => {
        const resource = get(name);
        await engine.delete(resource);
        const found = await engine.refresh(resource);
        // Exclusive resources, versioning, rotation and a recorder that is on are not things of their own: what they are of still answers.
        if (
          !/Exclusive|Versioning|Rotation|topicPolicy|[eE]ncryption|Membership|Feature|Association|recorderStatus/.test(
            type,
          )
        )
          assert.equal(found, undefined);
        await engine.delete(resource);
      });
    }
  });
});
