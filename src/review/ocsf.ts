import { toInstant } from "../model/dates";
import { printableJson } from "../text/printable";
import { FINDING_RULES, type ReviewFinding, type FindingRuleId, type Severity } from "./review-finding";
import { fixText } from "./fix";
import { isStanding, type Review } from "./review";

/** The version of the schema whose attributes are written: https://schema.ocsf.io/1.3.0/ */
const VERSION = "1.3.0";
const FINDINGS_CATEGORY = 2;
const COMPLIANCE_FINDING = 2003;
const DETECTION_FINDING = 2004;
const CREATE = 1;
const NEW = 1;
const FAIL = 3;
const AWS_ACCOUNT = 10;

const SEVERITY_IDS = { low: 2, medium: 3, high: 4 } as const satisfies Record<Severity, number>;
const SEVERITY_NAMES = { low: "Low", medium: "Medium", high: "High" } as const satisfies Record<
  Severity,
  string
>;

/** What somebody did is a detection; how something is, a matter of compliance. */
const DETECTED: readonly FindingRuleId[] = [
  "unusual-principal",
  "unusual-change",
  "break-glass-unrecorded",
  "root-used",
  "alarm-ringing",
  "analyzer-finding",
];

function eventOf({ snapshot, period, organization }: Review, finding: ReviewFinding): object {
  const { id, rule, severity, account, subject, message, evidence, fix } = finding;
  const { title, serves } = FINDING_RULES[rule];
  const isDetected = DETECTED.includes(rule);
  const uid = isDetected ? DETECTION_FINDING : COMPLIANCE_FINDING;
  // Milliseconds since 1970.
  const time = Date.parse(toInstant(new Date(snapshot.finishedAt)));
  return {
    category_uid: FINDINGS_CATEGORY,
    category_name: "Findings",
    class_uid: uid,
    class_name: isDetected ? "Detection Finding" : "Compliance Finding",
    activity_id: CREATE,
    activity_name: "Create",
    type_uid: uid * 100 + CREATE,
    time,
    severity_id: SEVERITY_IDS[severity],
    severity: SEVERITY_NAMES[severity],
    status_id: NEW,
    status: "New",
    message,
    metadata: {
      version: VERSION,
      product: { name: "Muster", vendor_name: "Muster", version: snapshot.version },
      profiles: ["cloud"],
      labels: [`review:${period.name}`, `organization:${organization}`],
    },
    cloud: { provider: "AWS", account: { name: account, type_id: AWS_ACCOUNT, type: "AWS Account" } },
    finding_info: {
      uid: id,
      title,
      desc: [message, ...evidence].join("\n"),
      types: [rule],
      created_time: time,
    },
    remediation: { desc: fixText(fix) },
    resources: [{ uid: `${account}/${subject}`, name: subject }],
    ...(!isDetected && {
      compliance: { standards: [...serves], control: rule, status_id: FAIL, status: "Fail" },
    }),
  };
}

/** The findings that stand, as events of the Open Cybersecurity Schema Framework; the text of a JSON file. */
export const reviewOcsf = (review: Review): string =>
  `${printableJson(review.findings.filter(isStanding).map((finding) => eventOf(review, finding)))}\n`;
