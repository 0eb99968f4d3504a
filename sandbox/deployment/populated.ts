import { readFileSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "../../src/files/replace-file";
import type { Emulator } from "../emulator/emulator";
import type { SandboxPaths } from "../paths";

/**
 * Remembers with which emulator each stack was last deployed. Accounts are gone with the emulator that held them, and
 * a state that tells of another emulator's accounts has to be compared with the new, empty ones.
 */
export class Populated {
  private readonly file: string;
  private readonly emulators: Record<string, string>;
  private readonly current: string;

  constructor(paths: SandboxPaths, emulator: Emulator) {
    this.file = path.join(paths.root, "populated.json");
    this.emulators = read(this.file);
    this.current = `${emulator.pid}-${emulator.started}`;
  }

  /** Whether the running emulator has the resources in the state of this stack. */
  holds(stack: string): boolean {
    return this.emulators[stack] === this.current;
  }

  /** Whether any stack was deployed to an emulator that is gone. */
  get lost(): boolean {
    return Object.values(this.emulators).some((emulator) => emulator !== this.current);
  }

  add(stack: string): void {
    this.emulators[stack] = this.current;
    replaceFile(this.file, JSON.stringify(this.emulators));
  }
}

function read(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}
