import { UserError } from "../model/problems";
import { unreachable } from "./unreachable";
import { unreadableAnswer } from "./unreadable-answer";

/** Whether it is an answer of AWS, as the SDK's ServiceException has it. */
const isAnswer = (error: Error): boolean => "$fault" in error;

/**
 * Why something could not be read, as a snapshot keeps it: in the words of AWS or in ours. Other messages may hold what nobody should
 * keep, such as the command line of a program that hands out credentials; of these, the name and the code alone.
 */
export function recordedReason(error: unknown): string {
  if (!(error instanceof Error)) return "It failed";
  const network = unreachable(error);
  if (network !== undefined) return `AWS could not be reached (${network.code})`;
  const unreadable = unreadableAnswer(error);
  if (unreadable !== undefined) return unreadable.fault;
  if (isAnswer(error) || error instanceof UserError) return error.message;
  if (error instanceof SyntaxError) return "The answer could not be read (SyntaxError)";
  return "code" in error && typeof error.code === "string" ? `${error.name} (${error.code})` : error.name;
}
