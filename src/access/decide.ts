import { decideManyResources } from "./many-resources";
import { decideByProof } from "./decide-by-proof";
import { simulateQuestion, type AccessDecision, type AccessQuestion } from "./simulator";

const isAboutMany = ({ resource, action }: AccessQuestion): boolean =>
  /[*?]/.test(resource) && action.resourceTypes.length > 0;

/** The evaluator does not recognize a resource by one of its ARNs where its type has several. */
const isNotKnown = ({ kind }: AccessDecision, { action, resourcePolicy }: AccessQuestion): boolean =>
  kind === "unknown" && action.resourceTypes.length > 0 && resourcePolicy === undefined;

/**
 * Answers as IAM would, as far as the documents tell. A question about many resources is answered by proof: there the resources have no
 * policy of their own, or a key's policy that leaves everything to the caller's.
 */
export async function decideQuestion(question: AccessQuestion): Promise<AccessDecision> {
  const byProof = (): Promise<AccessDecision> => decideByProof(question, () => decideManyResources(question));
  if (isAboutMany(question)) return byProof();
  const [part] = await simulateQuestion(question);
  if (part === undefined) throw new Error(`No answer about ${question.action.id} on ${question.resource}.`);
  return isNotKnown(part.decision, question) ? byProof() : part.decision;
}
