/**
 * Something that the person at the keyboard can put right. The message is the whole text to print: what is wrong, and
 * the way out. Anything else that is thrown is a bug and keeps its stack trace.
 */
export class SandboxProblem extends Error {
  override readonly name = "SandboxProblem";
}
