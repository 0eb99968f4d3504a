import { RecordFiles } from "../../incidents/record-files";
import { breakGlassAccount, breakGlassHolders } from "../../incidents/way-in";
import { printProse } from "../terminal";
import { PROJECT_FOLDER } from "../project-folder";
import { readCurrentRoster } from "./current-roster";
import { openRecord, type RecordOpening } from "./open-record";

/** When each holder of an account rehearsed last, by the records. */
function lastRehearsals(key: string): string {
  const { model } = readCurrentRoster(new Date());
  const rehearsals = new RecordFiles(PROJECT_FOLDER)
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
export async function rehearseBreakGlass(key: string, options: Omit<RecordOpening, "kind">): Promise<void> {
  await openRecord(key, { ...options, kind: "rehearsal" });
  printProse(`\n${lastRehearsals(key)}`);
}
