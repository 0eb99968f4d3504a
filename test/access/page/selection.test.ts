import assert from "node:assert/strict";

import type { MapFilters } from "../../../src/access/page/filters";
import { shown, shownRoles } from "./support";

const SARAH = ["users/Power", "dev/Developer", "prod/Ops", "prod/BreakGlass"];

const CASES: readonly (readonly [string, Partial<MapFilters>, Record<string, readonly string[]>])[] = [
  [
    "without filters, everybody with all that they hold",
    {},
    {
      "kim.contractor": ["dev/Developer"],
      "sarah.devops": SARAH,
      "maria.cto": ["prod/Dashboard"],
      leaver: [],
      "ecs-tasks.amazonaws.com": ["prod/task-web"],
    },
  ],
  ["a name, in any capitals", { text: "MARIA" }, { "maria.cto": ["prod/Dashboard"] }],
  ["an e-mail address", { text: "leaver@example" }, { leaver: [] }],
  ["a project", { text: "phoenix" }, { "kim.contractor": ["dev/Developer"] }],
  [
    "a sponsor, and the name itself",
    { text: "sarah" },
    { "kim.contractor": ["dev/Developer"], "sarah.devops": SARAH },
  ],
  ["a machine by its role", { text: "task-web" }, { "ecs-tasks.amazonaws.com": ["prod/task-web"] }],
  ["a category", { category: "devops" }, { "sarah.devops": SARAH }],
  [
    "an account, and of people only what they hold there",
    { account: "dev" },
    { "kim.contractor": ["dev/Developer"], "sarah.devops": ["dev/Developer"] },
  ],
  ["one role", { roles: ["Ops"] }, { "sarah.devops": ["prod/Ops"] }],
  [
    "several roles",
    { roles: ["Ops", "Dashboard"] },
    { "sarah.devops": ["prod/Ops"], "maria.cto": ["prod/Dashboard"] },
  ],
  ["all services", { roles: ["Services"] }, { "ecs-tasks.amazonaws.com": ["prod/task-web"] }],
  [
    "an action, by how far it reaches, and never everywhere for who is kept within a project",
    { action: "s3:getobject" },
    {
      "kim.contractor": ["dev/Developer limited"],
      "sarah.devops": ["dev/Developer everywhere", "prod/Ops everywhere", "prod/BreakGlass everywhere"],
      "ecs-tasks.amazonaws.com": ["prod/task-web everywhere"],
    },
  ],
  [
    "an action that people may do without any role",
    { action: "iam:CreateUser" },
    { "sarah.devops": ["users/Power limited", "prod/Ops everywhere", "prod/BreakGlass everywhere"] },
  ],
  [
    "several actions, by the one that reaches farthest",
    { action: "*:*Object", account: "prod" },
    {
      "sarah.devops": ["prod/Ops everywhere", "prod/BreakGlass everywhere"],
      "ecs-tasks.amazonaws.com": ["prod/task-web everywhere"],
    },
  ],
  [
    "no action yet, as long as there is none of that name",
    { action: "s3:Get", text: "maria" },
    { "maria.cto": ["prod/Dashboard"] },
  ],
  ["power", { mark: "power" }, { "sarah.devops": ["users/Power"] }],
  ["break-glass", { mark: "breakGlass" }, { "sarah.devops": ["prod/BreakGlass"] }],
  ["dated", { mark: "dated" }, { "kim.contractor": ["dev/Developer"] }],
  ["what ends soon", { mark: "soon" }, { "kim.contractor": ["dev/Developer"] }],
  ["under conditions", { mark: "conditions" }, { "sarah.devops": ["prod/Ops"] }],
  ["not decidable here", { mark: "undecided" }, { "maria.cto": ["prod/Dashboard"] }],
  [
    "all of them together",
    {
      text: "sarah",
      category: "devops",
      account: "prod",
      roles: ["Ops", "BreakGlass"],
      action: "s3:PutObject",
      mark: "breakGlass",
    },
    { "sarah.devops": ["prod/BreakGlass everywhere"] },
  ],
  ["nobody, where two of them contradict each other", { category: "qa", account: "prod" }, {}],
];

describe("the map shows", () => {
  for (const [name, filters, expected] of CASES) {
    it(name, () => assert.deepEqual(shown(filters), expected));
  }

  it("what ends first, first", () => {
    assert.deepEqual(Object.keys(shown({ sort: "ending" }))[0], "kim.contractor");
  });

  it("the most powerful first", () => {
    assert.deepEqual(Object.keys(shown({ sort: "power" })), [
      "sarah.devops",
      "kim.contractor",
      "maria.cto",
      "ecs-tasks.amazonaws.com",
      "leaver",
    ]);
  });
});

describe("the roles' view shows", () => {
  it("every role with its holders", () => {
    assert.deepEqual(shownRoles({}), {
      "dev/Developer": ["kim.contractor", "sarah.devops"],
      "prod/Ops": ["sarah.devops"],
      "prod/BreakGlass": ["sarah.devops"],
      "prod/Dashboard": ["maria.cto"],
      "prod/task-web": ["ecs-tasks.amazonaws.com"],
      "users/Power": ["sarah.devops"],
    });
  });

  it("only what people hold that are left, where people are asked for", () => {
    assert.deepEqual(shownRoles({ category: "contractor" }), { "dev/Developer": ["kim.contractor"] });
  });

  it("only roles that may do the action", () => {
    assert.deepEqual(Object.keys(shownRoles({ action: "iam:CreateUser" })), [
      "prod/Ops",
      "prod/BreakGlass",
      "users/Power",
    ]);
  });
});
