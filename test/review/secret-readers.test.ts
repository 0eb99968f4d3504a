import assert from "node:assert/strict";

import { Evaluator } from "../../src/access/evaluator";
import type { IamAccounts } from "../../src/access/iam/iam-accounts";
import { accountsAsFarAsRead, accountsByRoster } from "../../src/access/load";
import type { Secret } from "../../src/aws/snapshot/secret-section";
import { secretReaders, type SecretReaders } from "../../src/review/secret-readers";
import {
  cleanAccounts,
  REVIEWED_AT,
  reviewedModel,
  reviewedRoster,
  snapshotOf,
  type Accounts,
} from "./support";

const model = reviewedModel(reviewedRoster());
const byRoster = accountsByRoster(model);
const evaluator = new Evaluator();
const prod = model.organization.accounts.filter(({ key }) => key === "prod");

const ARN = "arn:aws:secretsmanager:eu-west-1:444444444444:secret:vendor-AbCdEf";
const secret = (statement?: object): Secret => ({
  name: "vendor",
  arn: ARN,
  tags: {},
  ...(statement && { resourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }),
});

/** The accounts as they are made, but for what somebody did by hand. */
function accountsWith(change?: (accounts: Accounts) => void): IamAccounts {
  const accounts = cleanAccounts(model);
  change?.(accounts);
  return accountsAsFarAsRead(model, snapshotOf(model, accounts)).accounts;
}

const readersOf = (
  secrets: readonly Secret[],
  asTheyAre = accountsWith(),
  passedRoles: ReadonlySet<string> = new Set(),
): Promise<SecretReaders> =>
  secretReaders({ asTheyAre, byRoster, passedRoles }, prod, () => secrets, REVIEWED_AT, evaluator);

const rowsIn = ({ rows }: SecretReaders): readonly string[] => rows.map((row) => row.join(" | "));

const OPS = "prod | vendor | prod/Ops | sarah.devops | allowed | yes";
const BREAK_GLASS = "prod | vendor | prod/BreakGlass | maria.cto, sarah.devops | allowed | yes";

const admits = (principal: string): object => ({
  Effect: "Allow",
  Principal: { AWS: principal },
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
});

interface Case {
  readonly name: string;
  /** Of the secret's own policy, which it has none of where this is absent. */
  readonly statement?: object;
  readonly rows: readonly string[];
}

const CASES: readonly Case[] = [
  { name: "without a policy of its own", rows: [OPS, BREAK_GLASS] },
  {
    name: "with a policy that admits a role which has no permission for it",
    statement: admits("arn:aws:iam::444444444444:role/infra-DashboardR-prod"),
    rows: [OPS, "prod | vendor | prod/Dashboard | maria.cto | allowed | yes", BREAK_GLASS],
  },
  {
    name: "with a policy that admits a role which is denied secrets",
    statement: admits("arn:aws:iam::444444444444:role/infra-ReadR-prod"),
    rows: [OPS, BREAK_GLASS],
  },
  {
    name: "with a policy that denies all but one role",
    statement: {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::444444444444:role/infra-OpsR-prod" } },
    },
    rows: [OPS],
  },
  {
    name: "with a policy that admits a user of the people's account, whose own policies do not",
    statement: admits("arn:aws:iam::111111111111:user/people/sarah.devops"),
    rows: [OPS, BREAK_GLASS],
  },
];

describe("who can read prod's secrets", () => {
  for (const { name, statement, rows } of CASES) {
    it(name, async () => {
      const read = await readersOf([secret(statement)]);
      assert.deepEqual([rowsIn(read), read.findings], [rows, []]);
    });
  }

  it("where its own policy cannot be read, says so", async () => {
    assert.deepEqual(rowsIn(await readersOf([{ ...secret(), resourcePolicy: "{" }])), [
      "prod | vendor |  |  | not known: its own policy cannot be read | ",
    ]);
  });

  it("with more secrets than are asked one by one, asks each that has a policy, and once for all others", async () => {
    const others = Array.from({ length: 30 }, (_, index) => ({
      ...secret(),
      name: `secret-${String(index)}`,
      arn: `${ARN}${String(index)}`,
    }));
    const rows = rowsIn(await readersOf([...others, secret(CASES[3]?.statement)]));
    assert.deepEqual(
      rows.map((row) => row.split(" | ").slice(0, 3).join(" | ")),
      [
        "prod | vendor | prod/Ops",
        "prod | any without a policy of its own | prod/BreakGlass",
        "prod | any without a policy of its own | prod/Ops",
        "prod | any without a policy of its own | prod/task-mw-ingress",
        "prod | any without a policy of its own | prod/task-mw-worker",
      ],
    );
  });
});

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const READS = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const FOREIGN = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::999988887777:root" },
  Action: "sts:AssumeRole",
};

const MADE_BY_HAND = {
  name: "by-hand",
  path: "/",
  arn: "arn:aws:iam::444444444444:role/by-hand",
  trust: document(FOREIGN),
  attached: [],
  inline: [{ name: "reads", document: document(READS) }],
  tags: {},
};

interface ByHand {
  readonly name: string;
  readonly change: (accounts: Accounts) => void;
  /** The rows that are not the roster's. */
  readonly rows: readonly string[];
  /** Subject and evidence of each finding. */
  readonly found: readonly string[];
}

const BY_HAND: readonly ByHand[] = [
  {
    name: "a role that somebody made",
    change: (accounts) => {
      accounts["prod"]!.authorizationDetails.roles.push(MADE_BY_HAND);
    },
    rows: ["prod | vendor | prod/by-hand | account 999988887777 | allowed | no"],
    found: ["prod role by-hand: vendor: allowed, account 999988887777"],
  },
  {
    name: "a user that somebody made in prod",
    change: (accounts) => {
      accounts["prod"]!.authorizationDetails.users.push({
        name: "eve",
        path: "/",
        arn: "arn:aws:iam::444444444444:user/eve",
        attached: [],
        inline: [{ name: "reads", document: document(READS) }],
        groups: [],
        tags: {},
      });
    },
    rows: ["prod | vendor | prod, without a role | eve | allowed | no"],
    found: ["prod user eve: vendor: allowed, eve"],
  },
  {
    name: "a trust that somebody widened",
    change: (accounts) => {
      const { roles } = accounts["prod"]!.authorizationDetails;
      const place = roles.findIndex((role) => role.name === "infra-OpsR-prod");
      const role = roles[place]!;
      const { Version, Statement } = JSON.parse(role.trust) as { Version: string; Statement: object[] };
      roles[place] = {
        ...role,
        trust: JSON.stringify({
          Version,
          Statement: [
            ...Statement,
            { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
      };
    },
    rows: ["prod | vendor | prod/Ops | ec2.amazonaws.com | allowed if | no"],
    found: ["prod role infra-OpsR-prod: vendor: allowed if, ec2.amazonaws.com"],
  },
  {
    name: "a role of people whose permissions somebody widened",
    change: (accounts) => {
      const { roles } = accounts["prod"]!.authorizationDetails;
      const role = roles.find(({ name }) => name === "infra-DashboardR-prod")!;
      role.inline.push({ name: "reads", document: document(READS) });
    },
    rows: ["prod | vendor | prod/Dashboard | maria.cto | allowed | no"],
    found: ["prod role infra-DashboardR-prod: vendor: allowed, maria.cto"],
  },
];

describe("who can read prod's secrets beside the roster", () => {
  for (const { name, change, rows, found } of BY_HAND) {
    it(name, async () => {
      const read = await readersOf([secret()], accountsWith(change));
      assert.deepEqual(
        [
          rowsIn(read).filter((row) => row.endsWith(" | no")),
          read.findings.flatMap(({ account, subject, evidence }) =>
            evidence.map((line) => `${account} ${subject}: ${line}`),
          ),
        ],
        [rows, found],
      );
    });
  }

  it("says of a role that may be there that the roster does not have it, and finds nothing", async () => {
    const asTheyAre = accountsWith((accounts) => {
      accounts["prod"]!.authorizationDetails.roles.push(MADE_BY_HAND);
    });
    const read = await readersOf([secret()], asTheyAre, new Set(["prod/by-hand"]));
    assert.deepEqual(
      [rowsIn(read).filter((row) => row.endsWith(" | no")), read.findings],
      [["prod | vendor | prod/by-hand | account 999988887777 | allowed | no"], []],
    );
  });
});
