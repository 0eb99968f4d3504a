import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";

import { Interruption } from "../../src/cli/interruption";

describe("an interrupt of work in steps", () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    it(`is heard once, whoever passes it on too, and a later one is the system's: ${signal}`, async () => {
      const signals = new EventEmitter();
      let notices = 0;
      const interruption = new Interruption(() => (notices += 1), signals, 1);
      assert.equal(interruption.isAsked, false);
      signals.emit(signal);
      signals.emit(signal);
      assert.equal(interruption.isAsked, true);
      assert.equal(notices, 1);
      await setTimeout(20);
      assert.deepEqual(signals.eventNames(), []);
    });
  }

  it("is the system's again once the work is done", () => {
    const signals = new EventEmitter();
    const interruption = new Interruption(() => assert.fail(), signals);
    interruption.end();
    assert.deepEqual(signals.eventNames(), []);
    assert.equal(interruption.isAsked, false);
  });
});
