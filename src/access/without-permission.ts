import type { Caller } from "./caller";
import type { AccessDecision } from "./simulator";

const isSession = ({ context }: Caller): boolean => context["aws:PrincipalType"] === "AssumedRole";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const getSessionToken = (caller: Caller): AccessDecision =>
  isSession(caller)
    ? {
        kind: "denied",
        by: [],
        missing: [],
        reason: "AWS gives session tokens for a user's own credentials alone, not in a session of a role.",
      }
    : {
        kind: "allowed",
        because: [],
        reason: "AWS asks for no permission: no policy controls this operation, not even an explicit Deny.",
      };

/**
 * For users, policies decide.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
const getFederationToken = (caller: Caller): AccessDecision | undefined =>
  isSession(caller)
    ? {
        kind: "denied",
        by: [],
        missing: [],
        reason: "AWS gives federation tokens for a user's access keys alone, not in a session of a role.",
      }
    : undefined;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const getCallerIdentity = (): AccessDecision => ({
  kind: "allowed",
  because: [],
  reason: "AWS asks for no permission and tells callers who they are even where a policy denies it.",
});

const OPERATIONS: Readonly<Record<string, (caller: Caller) => AccessDecision | undefined>> = {
  "sts:GetFederationToken": getFederationToken,
  "sts:GetSessionToken": getSessionToken,
  "sts:GetCallerIdentity": getCallerIdentity,
};

/** Answers for operations that AWS does not leave to policies; undefined for all others. */
export const withoutPermission = (action: string, caller: Caller): AccessDecision | undefined =>
  OPERATIONS[action]?.(caller);
