import {
  asForHolders,
  asHoldersUseIt,
  everyRole,
  placedRoleTitle,
  rosterLabel,
  widestSession,
  withDenialsAlone,
  type ProofInput,
} from "../proven-account";
import { findAllowedRequests } from "../allowed-requests";
import type { Claim, Invariant } from "../invariant";
import { provenUserCaller, SIGN_INS } from "../proven-caller";
import type { RequestSet } from "../request-set";
import { CHANGING_LEVELS } from "./administration-invariants";

/** They administer the account that they are in, which may be that of the state. */
const ADMINISTRATORS = ["Admin", "BreakGlass", "Deploy", "dev/Ops", "staging/Ops"];

/** Where AWS's own policies are not what readers have. */
const IN_OUR_WORDS = ["identity", "prod"];

function* claims(input: ProofInput): Iterable<Claim> {
  const state = input.model.organization.pipeline?.state;
  if (state === undefined) return;
  const { breakGlassPermissions } = input.model.organization;
  const resources = [`arn:aws:s3:::${state.bucket}`, `arn:aws:s3:::${state.bucket}/*`];
  // A bucket that is there is not made again.
  const changes: RequestSet = {
    actions: "s3:*",
    levels: CHANGING_LEVELS,
    except: "s3:CreateBucket",
    resources,
  };
  const reads: RequestSet = { actions: "s3:GetObject*", resources };
  for (const one of everyRole(input)) {
    const { account, role } = one;
    const label = rosterLabel(role);
    const isOperator = label === "BreakGlass" && breakGlassPermissions === "emergency-operator";
    const names = label === undefined ? [] : [label, `${account.environment}/${label}`];
    if (!isOperator && names.some((name) => ADMINISTRATORS.includes(name))) continue;
    const isReader = label === "Preview" || !IN_OUR_WORDS.includes(account.environment);
    if (label === "Developer") {
      const { role: denied } = withDenialsAlone(asForHolders(one));
      yield {
        about: `${placedRoleTitle(one)}, whatever else lets it in`,
        setting: { permissions: denied },
        finds: "allowed",
        breaches: (prover) =>
          prover.breaches(findAllowedRequests(widestSession({ account, role: denied }), denied), {
            actions: "s3:*",
            resources,
          }),
      };
    }
    for (const placed of asHoldersUseIt(one)) {
      yield {
        about: placedRoleTitle(placed),
        setting: { permissions: placed.role },
        finds: "allowed",
        breaches: (prover) => {
          const access = findAllowedRequests(widestSession(placed), placed.role);
          return [changes, ...(isReader ? [] : [reads])].flatMap((set) => prover.breaches(access, set));
        },
      };
    }
  }
  for (const { key, environment, users } of input.accounts) {
    const closed = [changes, ...(IN_OUR_WORDS.includes(environment) ? [reads] : [])];
    for (const user of users.filter(({ kind }) => kind === "other")) {
      yield {
        about: `the user ${user.name} in ${key}`,
        setting: { permissions: user },
        finds: "allowed",
        breaches: (prover) =>
          SIGN_INS.flatMap((signIn) => {
            const access = findAllowedRequests(provenUserCaller(user, signIn), user);
            return closed.flatMap((set) => prover.breaches(access, set));
          }),
      };
    }
  }
}

/** What Pulumi notes of every account. */
export const PIPELINE_STATE: readonly Invariant[] = [
  {
    id: "state-is-the-pipelines",
    says: "Nobody but Deploy, and those who administer the account that they are in, changes the bucket of Pulumi's state; in prod and in the people's account nobody else reads it, but Preview. Developer does nothing with it, whatever its policy allows.",
    source: "Decision 20: whoever writes the state says what is deployed",
    claims,
  },
];
