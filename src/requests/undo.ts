import { errorMessage, UserError } from "../model/problems";

/** The exit status that a shell expects of a program that an interrupt ended. */
const INTERRUPTED = 130;

/** Steps that take back what was done so far, for a failure or an interrupt in the middle. */
export class UndoSteps {
  private readonly steps: { readonly what: string; readonly run: () => Promise<void> }[] = [];
  private undone: Promise<void> | undefined;
  private isIncomplete = false;

  /** Remembers how to take back what comes next. */
  add(what: string, run: () => Promise<void>): void {
    this.steps.unshift({ what, run });
  }

  /** @throws UserError once everything is being taken back: nothing new may begin */
  expectRunning(): void {
    if (this.undone !== undefined) throw new UserError("Interrupted.");
  }

  /** Undoes every step, the last first, and says what could not be undone. */
  run(): Promise<void> {
    this.undone ??= this.runSteps();
    return this.undone;
  }

  /**
   * Does some work, and takes it back where it fails or is interrupted.
   * @throws what the work throws
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const interrupted = (): void => {
      // npm passes on the interrupt that the terminal has sent already, and people press Ctrl-C twice.
      if (this.undone !== undefined) return;
      process.stderr.write("\nInterrupted: taking back what was done.\n");
      void this.run().finally(() => {
        if (!this.isIncomplete) process.stderr.write("Nothing of it is left.\n");
        process.exit(INTERRUPTED);
      });
    };
    process.on("SIGINT", interrupted).on("SIGTERM", interrupted);
    try {
      return await work();
    } catch (error) {
      await this.run();
      throw error;
    } finally {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    }
  }

  private async runSteps(): Promise<void> {
    for (const { what, run } of this.steps) {
      try {
        await run();
      } catch (error) {
        this.isIncomplete = true;
        const reason = errorMessage(error);
        process.stderr.write(`Could not ${what}: ${reason}\n`);
      }
    }
  }
}
