import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

const ANALYZER = z.strictObject({
  arn: z.string(),
  name: z.string(),
  /** `ACCOUNT`, `ORGANIZATION_UNUSED_ACCESS`, …, as AWS has it. */
  type: z.string(),
  status: z.string(),
});

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummaryV2.html */
const ANALYZER_FINDING = z.strictObject({
  id: z.string(),
  /** ARN. */
  analyzer: z.string(),
  /** `ExternalAccess`, `UnusedIAMRole`, …, as AWS has it. */
  type: z.string(),
  /** `ACTIVE` or `ARCHIVED`; resolved findings are left out. */
  status: z.string(),
  resource: z.string().optional(),
  resourceType: z.string(),
  createdAt: INSTANT_SCHEMA,
  updatedAt: INSTANT_SCHEMA,
});

/** What Access Analyzer found in the organization's region. */
export const ANALYZER_FINDINGS = z.strictObject({
  analyzers: z.array(ANALYZER),
  findings: z.array(ANALYZER_FINDING),
});

export type Analyzer = z.infer<typeof ANALYZER>;
export type AnalyzerFinding = z.infer<typeof ANALYZER_FINDING>;
export type AnalyzerFindings = z.infer<typeof ANALYZER_FINDINGS>;
