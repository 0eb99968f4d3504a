import { createInterface } from "node:readline/promises";

import { UserError } from "../../model/problems";

/** The exit status that a shell expects of a program that an interrupt ended. */
const INTERRUPTED = 130;

/** A question whose answer is one line or several. */
export interface PromptQuestion {
  /** As in "What was changed?" */
  readonly text: string;
  /** The option that answers it without a terminal. */
  readonly option: string;
}

/** Somebody ended the questions before the last: nothing was written. */
class Ended extends Error {}

async function lines(
  ask: (prompt: string) => Promise<string>,
  { text }: PromptQuestion,
): Promise<readonly string[]> {
  process.stdout.write(`${text} One line each, an empty one ends it.\n`);
  const answers: string[] = [];
  for (;;) {
    const answer = (await ask("> ")).trim();
    if (answer !== "") answers.push(answer);
    else if (answers.length > 0) return answers;
    else process.stdout.write("Write one line at least; `nothing` is an answer.\n");
  }
}

/**
 * The answers to questions, in their order, from a terminal. An interrupt, or the end of the input, ends the process with 130 and
 * leaves everything as it was.
 * @throws UserError where there is no terminal
 */
export async function answersTo(
  questions: readonly PromptQuestion[],
): Promise<readonly (readonly string[])[]> {
  if (questions.length === 0) return [];
  if (!process.stdin.isTTY) {
    const options = questions.map(({ option }) => option).join(" and ");
    throw new UserError(
      `Nobody can be asked here, for there is no terminal. Say ${options}. Nothing was written.`,
    );
  }
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<never>((_resolve, reject) => reader.once("close", () => reject(new Ended())));
  reader.on("SIGINT", () => reader.close());
  // Nobody waits for it once the last answer is there.
  ended.catch(() => undefined);
  try {
    const answers: (readonly string[])[] = [];
    const ask = (prompt: string): Promise<string> => Promise.race([reader.question(prompt), ended]);
    for (const question of questions) answers.push(await lines(ask, question));
    return answers;
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    process.stderr.write("\nInterrupted. Nothing was written.\n");
    return process.exit(INTERRUPTED);
  } finally {
    reader.close();
  }
}
