import { countNoun } from "../../src/model/problems";
import type { StackResources } from "../checked-resource";
import type { AccountExpectations } from "../expectations/account-expectations";

/**
 * The one sentence for a program that registers nothing but the stack itself and providers, instead of a list of all that is missing;
 * undefined for any other.
 */
export function nothingRegistered(
  { all }: StackResources,
  { account, resources }: AccountExpectations,
): string | undefined {
  if (!all.every(({ type }) => type.startsWith("pulumi:"))) return undefined;
  return `The program registers nothing: it ended before it came to that, or is empty. All ${countNoun(resources.length, "resource")} of ${account.key} are missing.`;
}
