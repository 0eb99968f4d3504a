import {
  Listr,
  type DefaultRenderer,
  type ListrTask,
  type ListrTaskWrapper,
  type SimpleRenderer,
} from "listr2";
import type { Work } from "../work";

type Task = ListrTaskWrapper<object, typeof DefaultRenderer, typeof SimpleRenderer>;

export interface Step {
  readonly title: string;
  /** Runs the step and returns the name of the finished step. */
  run(work: Work): Promise<string>;
}

/** Without a terminal every message is a line of a log, so there is one now and then. */
const logEvery = 15_000;

/** Runs steps one after another, and shows what each is doing. Rejects with the error of the first that fails. */
export function showInTurn(steps: readonly Step[], signal: AbortSignal): Promise<void> {
  return show(steps, signal, false);
}

/** Runs all steps at the same time, and shows what each is doing. */
export function showAtOnce(steps: readonly Step[], signal: AbortSignal): Promise<void> {
  return show(steps, signal, true);
}

async function show(steps: readonly Step[], signal: AbortSignal, concurrent: boolean): Promise<void> {
  const failures: unknown[] = [];
  const tasks = steps.map((step): ListrTask<object, typeof DefaultRenderer, typeof SimpleRenderer> => ({
    title: step.title,
    task: async (_context, task) => {
      signal.throwIfAborted();
      try {
        task.title = await step.run({ report: reporter(task), signal });
      } catch (error) {
        // The whole error follows below the list, once.
        failures.push(error);
        throw new Error(signal.aborted ? "stopped" : "see below", { cause: error });
      }
    },
  }));
  const list = new Listr(tasks, {
    concurrent,
    registerSignalListeners: false,
    rendererOptions: { showErrorMessage: false },
  });
  await list.run().catch((error: unknown) => {
    throw failures[0] ?? error;
  });
}

function reporter(task: Task): (message: string) => void {
  if (process.stdout.isTTY) return (message) => void (task.output = message);
  let last = 0;
  return (message) => {
    if (Date.now() - last < logEvery) return;
    last = Date.now();
    task.output = message;
  };
}
