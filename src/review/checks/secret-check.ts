import { coversAction } from "../../documents/patterns";
import { parseDocument, type Statement } from "../../documents/statement";
import type { Secret } from "../../aws/snapshot/secret-section";
import { shellWord } from "../../text/shell-word";
import {
  checkResult,
  combineCheckResults,
  missingLines,
  notReadLines,
  type CheckResult,
  type ReviewContext,
} from "../check-result";
import type { FoundBy } from "../review-finding";

const READ = "secretsmanager:GetSecretValue";

const principalWords = ({ principals, notPrincipals, conditions }: Statement): readonly string[] => {
  const conditional = conditions.length > 0 ? ", under conditions" : "";
  return [
    ...principals.map(({ value }) => `${value === "*" ? "everybody" : value} may read it${conditional}`),
    ...notPrincipals.map(({ value }) => `everybody but ${value} may read it${conditional}`),
  ];
};

/** Everybody whom a secret's own policy lets read it, in words; undefined where the policy cannot be read. */
function admitted({ resourcePolicy = '{"Statement":[]}' }: Secret): readonly string[] | undefined {
  return parseDocument(resourcePolicy)
    ?.filter((statement) => statement.effect === "Allow" && coversAction(statement, READ))
    .flatMap(principalWords);
}

function secretFindings(account: string, secret: Secret): readonly FoundBy[] {
  const who = admitted(secret);
  if (who?.length === 0) return [];
  return [
    {
      rule: "secret-opened",
      account,
      subject: secret.name,
      message: `The own policy of the secret ${secret.name} lets somebody read it beside the roster.`,
      evidence: who ?? ["it is no policy document that this program can read"],
      fix: {
        kind: "command",
        words: "Give those who need it a role, and then take the policy away.",
        commands: [`aws secretsmanager delete-resource-policy --secret-id ${shellWord(secret.name)}`],
      },
      ...(secret.kmsKey !== undefined && {
        undecidable: `Whether the policy of its key ${secret.kmsKey} lets them decrypt it.`,
      }),
    },
  ];
}

/** Secrets whose own policies let somebody read them: the roster gives access by roles alone. */
function openedSecrets(context: ReviewContext): CheckResult {
  const { evidence } = context;
  const accounts = context.accounts.filter(({ environment }) => environment === "prod");
  const secrets = accounts.flatMap(({ key }) =>
    (evidence.section(key, "secrets") ?? []).map((secret) => ({ key, secret })),
  );
  const day = (instant: string | undefined): string => instant?.slice(0, 10) ?? "";
  return checkResult({
    findings: secrets.flatMap(({ key, secret }) => secretFindings(key, secret)),
    undecidable: missingLines(context, accounts, "secrets"),
    tables: [
      {
        title: `Secrets of prod in ${context.model.organization.region}`,
        head: ["account", "secret", "own policy admits", "last read", "last rotated"],
        rows: secrets.map(({ key, secret }) => [
          key,
          secret.name,
          secret.resourcePolicy === undefined
            ? "it has none"
            : (admitted(secret)?.join("; ") ?? "not readable"),
          day(secret.lastAccessed),
          day(secret.lastRotated),
        ]),
      },
    ],
  });
}

/** Who can read them as the accounts are, where somebody evaluated it. */
function evaluatedReaders(context: ReviewContext): CheckResult {
  const { findings = [], rows = [] } = context.evaluated?.secretReaders ?? {};
  return checkResult({
    findings,
    undecidable: notReadLines(context),
    tables: [
      {
        title: "Who can read prod's secrets, secrets' own policies included",
        head: ["account", "secret", "role", "who", "how", "by the roster"],
        rows,
      },
    ],
  });
}

/** Who can read prod's secrets: by the secrets' own policies, and evaluated over the documents of users and roles. */
export const secretCheck = (context: ReviewContext): CheckResult =>
  combineCheckResults(openedSecrets(context), evaluatedReaders(context));
