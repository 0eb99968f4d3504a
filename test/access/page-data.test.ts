import assert from "node:assert/strict";

import { findDeviations } from "../../src/access/deviations";
import { ActionCatalogue } from "../../src/access/actions/catalogue";
import { findRoleSurface } from "../../src/access/actions/surface";
import { Evaluator } from "../../src/access/evaluator";
import type { IamRole, IamUser } from "../../src/access/iam/iam-account";
import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { accountsByRoster } from "../../src/access/load";
import { AccessMap } from "../../src/access/page/access-map";
import type { HeldData, PageData } from "../../src/access/page/map-data";
import { pageHtml } from "../../src/access/report/page-html";
import { pageDataOf } from "../support/access-page";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { MOMENT, sample } from "./support";
import { withRoles } from "./written-roles";

const title = ({ accounts, roles }: PageData, { role, ...held }: HeldData): unknown => {
  const { account, label } = roles[role]!;
  const name = `${accounts[account]!.key}/${label}`;
  return Object.keys(held).length === 0 ? name : [name, held];
};

describe("the data of the page", () => {
  let data: PageData;

  before(async function () {
    this.timeout(60_000);
    data = await pageDataOf(sampleOrganization(), sampleRoster(), MOMENT, sampleWorkloads());
  });

  it("marks roles that are not in the roster and pass", async function () {
    this.timeout(60_000);
    const model = sample();
    const roster = accountsByRoster(model);
    const found = withRoles(roster, {
      "dev/AWSServiceRoleForSupport": {
        path: "aws-service-role/support.amazonaws.com/",
        trust: [
          { Effect: "Allow", Principal: { Service: "support.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      "dev/backdoor": { trust: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }] },
    });
    const { roles } = await pageDataOf(
      sampleOrganization(),
      sampleRoster(),
      MOMENT,
      sampleWorkloads(),
      () => found,
      await findDeviations(roster, found, model, new Evaluator()),
    );
    assert.deepEqual(
      roles.flatMap(({ label, kind, passedOver }) => (kind === "other" ? [[label, passedOver]] : [])),
      [
        [
          "AWSServiceRoleForSupport",
          "service-linked roles. AWS's services make these, and only the service in their path assumes them. Nothing but AWS's policies is attached; inline policies, which AWS lets nobody else write there, were not compared.",
        ],
        ["backdoor", undefined],
      ],
    );
  });

  it("has everybody of the sample, with dates and reasons", () => {
    const access = { grants: [{ source: "access" }] };
    const breakGlass = { grants: [{ source: "breakGlass" }] };
    const people = data.rows.filter(({ kind }) => kind === "person");
    assert.deepEqual(
      people.map(({ own, held, ...row }) => ({
        ...row,
        own: own && title(data, own),
        held: held.map((one) => title(data, one)),
      })),
      [
        {
          kind: "person",
          name: "alex.dba",
          category: "dba",
          email: "alex@example.com",
          own: "users/Own user",
          held: [
            ["staging/Dba", access],
            ["prod/DbRead", access],
          ],
        },
        {
          kind: "person",
          name: "chris.security",
          category: "security",
          email: "chris@example.com",
          own: "users/Power",
          held: [["prod/Security", access]],
        },
        {
          kind: "person",
          name: "john.developer",
          category: "developer",
          email: "john@example.com",
          own: "users/Own user",
          held: [
            ["dev/Developer", access],
            ["staging/Developer", access],
            [
              "prod/DbRead",
              {
                verdict: "allowed if",
                periods: [{ from: "2026-11-20T10:00:00Z", until: "2026-11-20T14:00:00Z" }],
                grants: [{ source: "temporary", reason: "INC-1042", approvedBy: ["alex.dba"] }],
              },
            ],
          ],
        },
        {
          kind: "person",
          name: "kim.contractor",
          category: "contractor",
          email: "kim@partner.example",
          project: "phoenix",
          sponsor: "sarah.devops",
          own: "users/Own user",
          held: [
            [
              "dev/Developer",
              {
                verdict: "allowed if",
                periods: [{ from: "2026-11-01T00:00:00Z", until: "2027-02-01T00:00:00Z" }],
                ...access,
              },
            ],
          ],
        },
        {
          kind: "person",
          name: "maria.cto",
          category: "executive",
          email: "maria@example.com",
          own: "users/Own user",
          held: [
            ["prod/Dashboard", access],
            ["prod/BreakGlass", breakGlass],
          ],
        },
        {
          kind: "person",
          name: "sarah.devops",
          category: "devops",
          email: "sarah@example.com",
          own: "users/Power",
          held: [
            ["dev/Admin", access],
            ["staging/Ops", access],
            ["prod/Ops", access],
            ["prod/Read", access],
            ["prod/BreakGlass", breakGlass],
          ],
        },
      ],
    );
  });

  it("has services and partners, with what the trusts ask of them", () => {
    const others = data.rows.filter(({ kind }) => kind !== "person");
    const find = (name: string) => others.find((row) => row.name === name);
    assert.deepEqual([...new Set(others.map(({ kind }) => kind))].sort(), ["partner", "service"]);
    const partner = find("account 999988887777");
    assert.deepEqual(
      partner?.held.map((one) => title(data, one)),
      [
        [
          "prod/DataShare-acme",
          { verdict: "allowed if", conditions: "sts:ExternalId is acme-data-sharing-7f3a" },
        ],
      ],
    );
    assert.equal(partner.category, "partner");
    assert.ok(find("ecs-tasks.amazonaws.com"));
  });

  it("knows of every role what it may do, as the catalogue of actions has it", async () => {
    const catalogue = await ActionCatalogue.load();
    const map = new AccessMap(data);
    assert.equal(map.actions.all.length, catalogue.actions.length);
    for (const { id, level } of catalogue.actions)
      assert.equal(map.actions.find(id)?.actions[0]?.level, level);
    const accounts = accountsByRoster(sample());
    for (const titled of ["dev/Developer", "prod/Ops", "prod/Read", "prod/BreakGlass"]) {
      const surface = findRoleSurface(accounts.role(titled).role, catalogue);
      const onPage = map.role(titled)!.surface;
      const differing = map.actions.all.filter(({ index, id }) => onPage[index] !== surface.get(id)?.reach);
      assert.deepEqual(differing, [], titled);
    }
  });

  it("calls roles by how much they are able to do", () => {
    const powers = Object.fromEntries(
      data.roles
        .filter(({ account, kind }) => account === 3 || kind === "own")
        .map(({ label, power }) => [label, power]),
    );
    assert.equal(powers["Power"], "full");
    assert.equal(powers["BreakGlass"], "full");
    assert.equal(powers["Ops"], "operates");
    assert.equal(powers["DbRead"], "works");
    assert.equal(powers["Read"], "looks");
    assert.equal(powers["DataShare-acme"], "machine");
    assert.equal(powers["Own user"], "looks");
  });

  it("has the pipeline's users, each with its account", async () => {
    const organization = { ...sampleOrganization(), pipeline: { kind: "users" } };
    const { rows, ...rest } = await pageDataOf(organization, sampleRoster(), MOMENT);
    const users = rows.filter(({ kind }) => kind === "pipeline");
    assert.equal(users.length, 12);
    const [deploy] = users;
    assert.deepEqual(
      [deploy?.name, deploy?.home, deploy?.category],
      ["infra-DeployU-dev", "dev", "pipeline"],
    );
    assert.deepEqual(
      deploy?.held.map((one) => title({ rows, ...rest }, one)),
      ["dev/Deploy"],
    );
  });

  it("has users and roles that the roster does not know, and shows what gives everything as full control", async () => {
    const document = (statement: object): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const mallory: IamUser = {
      kind: "other",
      name: "mallory",
      arn: "arn:aws:iam::222222222222:user/mallory",
      tags: {},
      groups: [],
      policies: [iamPolicy("helper", document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }))],
    };
    const helper: IamRole = {
      kind: "other",
      label: "helper",
      name: "helper",
      arn: "arn:aws:iam::222222222222:role/helper",
      trust: iamPolicy(
        "trust",
        document({ Effect: "Allow", Principal: { AWS: mallory.arn }, Action: "sts:AssumeRole" }),
      ),
      policies: [iamPolicy("all", document({ Effect: "Allow", Action: "iam:Attach*", Resource: "*" }))],
    };
    const changed = await pageDataOf(
      sampleOrganization(),
      sampleRoster(),
      MOMENT,
      {},
      ({ all }) =>
        new IamAccounts(
          all.map((account) =>
            account.key === "dev"
              ? { ...account, users: [...account.users, mallory], roles: [...account.roles, helper] }
              : account,
          ),
        ),
    );
    const row = changed.rows.find(({ name }) => name === "mallory")!;
    assert.deepEqual([row.kind, row.home, row.category], ["other", "dev", "not in the roster"]);
    assert.deepEqual(
      row.held.map((one) => title(changed, one)),
      ["dev/helper"],
    );
    assert.equal(changed.rows.filter(({ name }) => name.includes("mallory")).length, 1);
    assert.equal(changed.roles.find(({ label }) => label === "helper")?.power, "full");
  });

  it("says what bounds every answer", () => assert.match(data.bounds, /control policies/));
});

describe("the page", () => {
  const EVIL = `</script><script>document.title = "broken"</script><!-- "'&\u2028`;
  let html: string;
  let data: PageData;

  before(async function () {
    this.timeout(60_000);
    const sampleData = await pageDataOf(sampleOrganization(), sampleRoster(), MOMENT, sampleWorkloads());
    const [first, ...rest] = sampleData.rows;
    data = {
      ...sampleData,
      organization: `in"fra<b>`,
      rows: [
        {
          ...first!,
          email: EVIL,
          held: [{ role: 0, grants: [{ source: "temporary", reason: EVIL, approvedBy: [EVIL] }] }],
        },
        ...rest,
      ],
    };
    html = await pageHtml(data);
  });

  const between = (before: string, after: string): string => html.split(before)[1]!.split(after)[0]!;

  it("carries its data unchanged, whatever is in it", () => {
    assert.deepEqual(JSON.parse(between('id="data">', "</script>")), data);
  });

  it("has the scripts, styles and comments that it means to have, and no others", () => {
    assert.equal(html.match(/<script/gi)?.length, 2);
    assert.equal(html.match(/<\/script/gi)?.length, 2);
    assert.equal(html.match(/<style/gi)?.length, 1);
    assert.equal(html.match(/<!--/g), null);
    assert.ok(html.includes("<title>Access map of in&quot;fra&lt;b&gt;</title>"));
  });

  it("names nothing that a browser could fetch", () => {
    const own = html.replace(/<script type="application\/json".*?<\/script>/s, "");
    // The names of the namespaces of SVG and MathML, which are addresses of nothing.
    const addresses = own.match(/\bhttps?:\/\/[^"'`\s)]+/g) ?? [];
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith("http://www.w3.org/")),
      [],
    );
    assert.doesNotMatch(own, /<(link|img|iframe|object|embed|base)\b|\b(src|srcset)=|@import|url\(/i);
  });

  it("allows itself nothing but its own script and style", () => {
    const policy = between('http-equiv="Content-Security-Policy" content="', '"');
    assert.match(
      policy,
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/,
    );
  });
});
