import { decideMany } from "./many-resources";
import { proven } from "./proven";
import { simulate, type Decision, type Question } from "./simulator";

const isAboutMany = ({ resource, action }: Question): boolean =>
  /[*?]/.test(resource) && action.resourceTypes.length > 0;

/** Of a type with several ARNs, the evaluator does not know a resource by one of them. */
const isNotKnown = ({ kind }: Decision, { action, resourcePolicy }: Question): boolean =>
  kind === "unknown" && action.resourceTypes.length > 0 && resourcePolicy === undefined;

/**
 * What IAM would answer, as far as the documents tell. About many resources at once, by proof: there the resource's own policy
 * is none, or a key's that leaves everything to the caller's.
 */
export async function decide(question: Question): Promise<Decision> {
  const byProof = (): Promise<Decision> => proven(question, () => decideMany(question));
  if (isAboutMany(question)) return byProof();
  const [part] = await simulate(question);
  if (part === undefined) throw new Error(`No answer about ${question.action.id} on ${question.resource}.`);
  return isNotKnown(part.decision, question) ? byProof() : part.decision;
}
