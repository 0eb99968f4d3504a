import assert from "node:assert/strict";

import { PreviewComparison } from "../../src/drift/comparison";
import { previewSummary } from "../../src/pipeline/preview-summary";

const step = (event: string, op: string, name: string, diffs: readonly string[] = []) => ({
  [event]: {
    metadata: {
      op,
      urn: `urn:pulumi:dev::muster::aws:iam/role:Role::${name}`,
      type: "aws:iam/role:Role",
      old: {},
      new: {},
      diffs,
    },
  },
});

function comparisonOf(...events: readonly unknown[]): PreviewComparison {
  const comparison = new PreviewComparison();
  for (const event of events) comparison.add(event);
  return comparison;
}

const found = (comparison: PreviewComparison) => ({ code: 0, output: "Previewing update", comparison });

describe("the summary of a preview", () => {
  it("says that nothing changes, and what was compared", () => {
    assert.equal(
      previewSummary("dev", found(new PreviewComparison())),
      "### dev\n\nNothing changes: the program, the state and the account agree about every resource of this stack. What no stack " +
        "has was not compared; `npm run drift` does.\n",
    );
  });

  it("shows names of others as code, and nothing else", () => {
    const trick = "a`|![x](https://example.com)\n# b\u202e";
    const lines = previewSummary("dev", found(comparisonOf(step("resourcePreEvent", "create", trick)))).split(
      "\n",
    );
    assert.deepEqual(lines.slice(6), [
      "| create | ``iam.Role a`\\|![x](https://example.com)\\n# b\\u{202e}`` |  |",
      "",
    ]);
  });

  it("tells what the pull request changes from what somebody changed by hand", () => {
    const comparison = comparisonOf(
      step("resOutputsEvent", "refresh", "infra-OpsR-dev", ["assumeRolePolicy"]),
      step("resourcePreEvent", "update", "infra-OpsR-dev", ["assumeRolePolicy"]),
      step("resourcePreEvent", "update", "infra-ReadR-dev", ["assumeRolePolicy", "tags"]),
      step("resourcePreEvent", "create", "a|b"),
    );
    assert.equal(
      previewSummary("dev", found(comparison)),
      [
        "### dev",
        "",
        "2 changes:",
        "",
        "| | resource | properties |",
        "|---|---|---|",
        "| create | `iam.Role a\\|b` |  |",
        "| update | `iam.Role infra-ReadR-dev` | assumeRolePolicy, tags |",
        "",
        "**1 resource changed by hand**, which the deployment undoes:",
        "",
        "| | resource | properties |",
        "|---|---|---|",
        "| update | `iam.Role infra-OpsR-dev` | assumeRolePolicy |",
        "",
      ].join("\n"),
    );
  });

  it("says of an account that follows tags that the changes are not the request's alone", () => {
    const comparison = comparisonOf(step("resourcePreEvent", "create", "a"));
    const [summary, same] = [comparison, new PreviewComparison()].map((one) =>
      previewSummary("prod", found(one), "tags"),
    );
    assert.match(
      summary ?? "",
      /\| create \| .*\n\nThis account follows tags: the changes are also those of earlier commits that nobody has promoted to it yet\.\n$/,
    );
    assert.doesNotMatch(same ?? "", /follows tags/);
  });

  it("is about changes by hand alone where the pull request changes nothing", () => {
    const comparison = comparisonOf(
      step("resOutputsEvent", "refresh", "infra-OpsR-dev", ["tags"]),
      step("resourcePreEvent", "update", "infra-OpsR-dev", ["tags"]),
    );
    assert.match(previewSummary("dev", found(comparison)), /^### dev\n\n\*\*1 resource changed by hand\*\*/);
  });

  it("repeats what refused the preview, in a fence that it cannot close", () => {
    const refused = {
      code: 1,
      output: "aws-iam-role-trust-roster: ```no```",
      comparison: new PreviewComparison(),
    };
    assert.equal(
      previewSummary("dev", refused),
      "### dev\n\n**Refused** (exit status 1). It ends so:\n\n````\naws-iam-role-trust-roster: ```no```\n````\n",
    );
  });

  it("repeats the end alone of what is long, in a fence that is closed", () => {
    for (const output of [`${"first\n".repeat(10_000)}last`, `${"x".repeat(50_000)}last`]) {
      const summary = previewSummary("dev", { code: 1, output, comparison: new PreviewComparison() });
      assert.ok(summary.length <= 12_000);
      assert.match(summary, /^### dev\n\n\*\*Refused\*\* .*\n\n```\n[^`]*last\n```\n$/s);
    }
  });

  it("fits a comment beside the other accounts'", () => {
    const events = Array.from({ length: 5_000 }, (_, index) =>
      step("resourcePreEvent", "create", `person.number-${String(index)}`),
    );
    const summary = previewSummary("users", found(comparisonOf(...events)));
    assert.ok(summary.length <= 12_000);
    assert.match(summary, /^### users\n\n5,000 changes:\n/);
    assert.match(summary, /\|\n\n… and more: see the job's log\.\n$/);
  });
});
