import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { findNotices, noticesText } from "../../src/notices/find-notices";
import { sendText, WEBHOOK_VARIABLE, readWebhook } from "../../src/notices/webhook";
import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";

const NOW = new Date("2026-11-20T12:00:00Z");

function said(days: number, change: (roster: WrittenRoster) => void = () => undefined, removable = 0) {
  const roster = sampleRoster();
  change(roster);
  return noticesText(findNotices(buildModel(sampleOrganization(), roster, NOW), days, removable), days);
}

describe("notices", () => {
  it("say what ends within the days, what is due already first", () => {
    assert.equal(
      said(
        80,
        (roster) => {
          roster.people["john.developer"]!.until = "2026-12-31";
          roster.people["old.timer"] = {
            email: "old@example.com",
            category: "qa",
            access: {},
            until: "2026-11-01",
          };
          Object.assign(roster, {
            onCall: {
              prod: {
                role: "Ops",
                shifts: [
                  { person: "sarah.devops", from: "2026-11-19T09:00:00Z", until: "2026-11-23T09:00:00Z" },
                ],
              },
            },
          });
          roster.temporary = [
            ...(roster.temporary ?? []),
            {
              ...roster.temporary![0]!,
              from: "2026-12-01T10:00:00Z",
              until: "2026-12-01T12:00:00Z",
              reason: "CHG-7",
            },
          ];
          delete roster.people["kim.contractor"]!.agreements;
          delete roster.people["kim.contractor"]!.approvedBy;
        },
        2,
      ),
      `Access in the next 80 days, by the roster (UTC):
- 2 temporary grants may be removed: npm run expired.
- The contractor kim.contractor has been here since 2026-11-01 00:00 without a signed NDA, a signed BAA, an approval on record.
- The rota of prod ends at 2026-11-23T09:00:00Z: nobody has Ops by it from then on. Add the next shifts.
- old.timer has left: remove them from the roster (npm run offboard -- old.timer).
- john.developer has prod/DbRead until 2026-11-20 14:00 (INC-1042).
- sarah.devops has prod/Ops until 2026-11-23 09:00.
- john.developer is given prod/DbRead from 2026-12-01 10:00 on (CHG-7).
- john.developer has prod/DbRead until 2026-12-01 12:00 (CHG-7).
- john.developer (developer) leaves: all access ends at 2027-01-01 00:00.
- The contractor kim.contractor (phoenix) leaves: all access ends at 2027-02-01 00:00. Ask their sponsor sarah.devops whether they stay.`,
    );
  });

  it("are none where nothing is near", () => {
    assert.equal(
      said(1, (roster) => {
        roster.temporary = [];
      }),
      undefined,
    );
  });
});

describe("the webhook", () => {
  for (const [address, isTaken] of [
    ["https://hooks.example.com/services/T0/B0/secret", true],
    ["http://127.0.0.1:8080/x", true],
    ["http://[::1]:8080/x", true],
    ["http://hooks.example.com/x", false],
    ["http://127.0.0.1.example.com/x", false],
    ["ftp://hooks.example.com/x", false],
    ["file:///etc/passwd", false],
    ["hooks.example.com", false],
    ["", false],
  ] as const) {
    it(`${isTaken ? "may" : "may not"} be ${JSON.stringify(address)}`, () => {
      const env = { [WEBHOOK_VARIABLE]: address };
      if (isTaken) assert.equal(readWebhook(env).href, new URL(address).href);
      else assert.throws(() => readWebhook(env), UserError);
    });
  }

  it("is never named in what is said of it", () => {
    for (const address of ["http://hooks.example.com/secret", "not an address, secret"]) {
      assert.throws(
        () => readWebhook({ [WEBHOOK_VARIABLE]: address }),
        (error) => error instanceof UserError && !error.message.includes("secret"),
      );
    }
  });

  describe("is sent", () => {
    const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        asked.push({ request, body });
        if (request.url === "/moved") response.writeHead(302, { location: "http://127.0.0.1:1/elsewhere" });
        else response.writeHead(request.url === "/full" ? 500 : 200);
        response.end("secret answer");
      });
    });
    let base = "";

    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    });
    after(() => server.close());

    it("the text alone", async () => {
      await sendText(new URL(`${base}/secret`), "two\nlines");
      const { request, body } = asked.at(-1)!;
      assert.deepEqual(
        [request.method, request.url, request.headers["content-type"], JSON.parse(body)],
        ["POST", "/secret", "application/json", { text: "two\nlines" }],
      );
    });

    for (const [path, message] of [
      ["/full", /^127\.0\.0\.1:\d+ did not take the notices: status 500\.$/],
      ["/moved", /^127\.0\.0\.1:\d+ could not be reached, or answered with another address\.$/],
    ] as const) {
      it(`and ${path} is said by its host and status`, async () => {
        await assert.rejects(sendText(new URL(base + path), "x"), (error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, message);
          return true;
        });
      });
    }
  });
});
