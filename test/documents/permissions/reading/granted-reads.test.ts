import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { auditorsPatterns } from "../../../../src/cli/readers/auditors-patterns";
import { availableReads } from "../../../../src/cli/readers/available-reads";
import { READS_FILE, readsFile } from "../../../../src/cli/readers/reads-file";
import { matchesPattern } from "../../../../src/documents/patterns";
import { classifyReads, isWithheld } from "../../../../src/documents/permissions/reading/classify-reads";
import {
  AUDIT_READS,
  GRANTED_READS,
  UNCLASSIFIED_READS,
} from "../../../../src/documents/permissions/reading/granted-reads";
import { matchingReads } from "../../../../src/documents/permissions/reading/matching-reads";
import { READ_SERVICES } from "../../../../src/documents/permissions/reading/read-services";
import { WITHHELD_READS } from "../../../../src/documents/permissions/reading/withheld-reads";
import { PERMISSIONS } from "../../../../src/documents/permissions";
import { contextIn } from "../../fixture";

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** What a role's own policies allow in prod. */
const allowedInProd = (role: "Read" | "Security" | "Monitor"): readonly string[] =>
  PERMISSIONS[role](contextIn("prod")).policies.flatMap((policy) => {
    assert.equal(policy.kind, "customer", "No policy in prod is one that AWS changes.");
    return policy.document.Statement.flatMap((statement) =>
      statement.Effect === "Allow" && "Action" in statement ? list(statement.Action) : [],
    );
  });

describe("what readers of production get", () => {
  let available: readonly string[];
  before(async () => {
    available = await availableReads(READ_SERVICES);
  });

  it("is what `npm run update:readers` makes of the installed authorization data", async () => {
    const written = readFileSync(join(__dirname, "../../../..", READS_FILE), "utf8");
    assert.equal(
      written,
      await readsFile(classifyReads({ available, auditors: auditorsPatterns(), granted: GRANTED_READS })),
    );
  });

  it("classifies every List and Read action of the listed services once", () => {
    const withheld = available.filter(isWithheld);
    assert.deepEqual([...GRANTED_READS, ...UNCLASSIFIED_READS, ...withheld].toSorted(), available.toSorted());
  });

  it("withholds nothing that AWS does not have", () => {
    const actions = WITHHELD_READS.flatMap((row): readonly string[] => row.actions);
    assert.deepEqual([...new Set(actions)], actions);
    assert.deepEqual(
      actions.filter((pattern) => !available.some((action) => matchesPattern(pattern, action))),
      [],
    );
  });

  for (const role of ["Read", "Security", "Monitor"] as const) {
    it(`is spelled out for ${role}, and nobody gets what is not classified`, () => {
      const allowed = allowedInProd(role);
      // Of objects and keys, which are withheld, the trail's: test/documents/permissions/security.test.ts.
      const ofSecurity = ["cloudtrail:StartQuery", "kms:Decrypt", "s3:GetObject", "s3:GetObjectVersion"];
      const granted = [...GRANTED_READS, ...(role === "Security" ? ofSecurity : [])];
      assert.deepEqual(
        allowed.filter((action) => !granted.includes(action)),
        [],
      );
      assert.deepEqual([...new Set(allowed)], allowed);
      if (role === "Read") assert.deepEqual(allowed.toSorted(), granted.toSorted());
      if (role === "Security")
        assert.deepEqual(
          AUDIT_READS.filter((action) => !allowed.includes(action)),
          [],
        );
    });
  }
});

describe("the classification", () => {
  const cases = [
    {
      it: "leaves a new action to nobody",
      available: ["ec2:DescribeSubnets", "ec2:DescribeWishes"],
      granted: ["ec2:DescribeSubnets"],
      becomes: {
        granted: ["ec2:DescribeSubnets"],
        audited: ["ec2:DescribeSubnets"],
        unclassified: ["ec2:DescribeWishes"],
      },
    },
    {
      it: "forgets an action that AWS no longer has",
      available: ["ec2:DescribeSubnets"],
      granted: ["ec2:DescribeSubnets", "ec2:DescribeWishes"],
      becomes: { granted: ["ec2:DescribeSubnets"], audited: ["ec2:DescribeSubnets"], unclassified: [] },
    },
    {
      it: "takes away an action that is withheld by now",
      available: ["lambda:ListFunctions", "s3:GetObject"],
      granted: ["lambda:ListFunctions", "s3:GetObject"],
      becomes: { granted: [], audited: [], unclassified: [] },
    },
  ];
  for (const { it: says, available, granted, becomes } of cases) {
    it(says, () => {
      assert.deepEqual(classifyReads({ available, auditors: ["ec2:*"], granted }), becomes);
    });
  }

  it("reads a pattern as the granted actions of today", () => {
    assert.deepEqual(matchingReads(["sqs:ListQ*", "sqs:ReceiveMessage"]), [
      "sqs:ListQueueTags",
      "sqs:ListQueues",
    ]);
  });
});
