import {
  policyDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "../../../src/documents/policy-document";
import { decide, sessionCaller, type AccessRequest, type Decision } from "../../support/evaluate";

/** A policy as a seed has it, reduced to what decides: actions, resources, conditions. */
export interface SeedDocument {
  /** Whose, and what for: "MenoTime, developer policy". */
  readonly title: string;
  readonly document: PolicyDocument;
}

/** The seeds have one account for all environments, and one region. */
export const SEED_ACCOUNT = "111111111111";
export const SEED_REGION = "us-east-1";

/** The names that callers may give their session where no trust pins it: their own, and those that the seeds look for. */
const SESSION_NAMES = ["name.surname", "menotime-dev", "menotime-prod"] as const;

/** A seed's document of these statements. */
export const seedDocument = (title: string, ...statements: readonly PermissionStatement[]): SeedDocument => ({
  title,
  document: policyDocument(...statements),
});

/** What is asked of a seed's document; who asks is a role that has nothing but it. */
export type SeedRequest = Omit<AccessRequest, "caller" | "policies">;

/** What a seed's document answers to somebody who calls their session what they like. */
export async function seedAnswer(seed: SeedDocument, request: SeedRequest): Promise<Decision> {
  for (const sessionName of SESSION_NAMES) {
    const caller = sessionCaller(`arn:aws:iam::${SEED_ACCOUNT}:role/menotime-role`, sessionName);
    const answer = await decide({ region: SEED_REGION, ...request, caller, policies: [seed.document] });
    if (answer === "allowed") return answer;
  }
  return "denied";
}
