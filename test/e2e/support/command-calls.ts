import { COMMAND_REQUESTS, READING_COMMANDS, type ReadingCommand } from "../../support/command-requests";
import { eachRequest, recordedRequests } from "../../support/recorded-requests";
import type { AwsCall } from "./aws-calls";

const isReadingCommand = (script: string): script is ReadingCommand => script in READING_COMMANDS;

/** IAM's permissions are named like its operations, so a call says what was asked; other services' need not be. */
const isOfIam = (call: AwsCall): boolean => call.startsWith("iam:");

/** What a script of package.json asked of IAM and the pipeline's role for it is not proven to be allowed; sorted. */
export function unlistedCalls(script: string, calls: readonly AwsCall[]): readonly AwsCall[] {
  if (!isReadingCommand(script)) return [];
  const refreshed =
    READING_COMMANDS[script] === "Preview"
      ? eachRequest(recordedRequests()).filter(({ operation }) => operation === "read")
      : [];
  const known = new Set(
    [...refreshed.map(({ request }) => request), ...COMMAND_REQUESTS[script]].map(([action]) => action),
  );
  return [...new Set(calls.filter(isOfIam))].filter((call) => !known.has(call)).sort();
}
