import { RecordFiles } from "../../incidents/record-files";
import { breakGlassAccount, breakGlassHolders } from "../../incidents/way-in";
import { printProse } from "../terminal";
import { PROJECT, readModel } from "./definitions";
import { declare, type Declaration } from "./open";

/** When each holder of an account rehearsed last, by the records. */
function lastRehearsals(key: string): string {
  const { model } = readModel(new Date());
  const rehearsals = new RecordFiles(PROJECT)
    .readable()
    .filter(({ kind, account, closed }) => kind === "rehearsal" && account === key && closed !== undefined);
  const lines = breakGlassHolders(model, breakGlassAccount(model, key)).map((name) => {
    const last = rehearsals
      .filter(({ holder }) => holder === name)
      .map(({ opened }) => opened)
      .sort()
      .at(-1);
    return `  ${name}: ${last ?? "none in the records"}`;
  });
  return ["Last rehearsals that were closed:", ...lines, ""].join("\n");
}

/** Starts the record of the quarter's rehearsal. */
export async function rehearse(key: string, options: Omit<Declaration, "kind">): Promise<void> {
  await declare(key, { ...options, kind: "rehearsal" });
  printProse(`\n${lastRehearsals(key)}`);
}
