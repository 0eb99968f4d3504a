import { decideMany } from "./many-resources";
import { simulate, type Decision, type Question } from "./simulator";

const isAboutMany = ({ resource, action }: Question): boolean =>
  /[*?]/.test(resource) && action.resourceTypes.length > 0;

/** What IAM would answer, as far as the documents tell. */
export async function decide(question: Question): Promise<Decision> {
  if (isAboutMany(question)) return decideMany(question);
  const [part] = await simulate(question);
  if (part === undefined) throw new Error(`No answer about ${question.action.id} on ${question.resource}.`);
  return part.decision;
}
