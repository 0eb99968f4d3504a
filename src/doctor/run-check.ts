import { awsErrorMessage } from "../aws/unreadable-answer";
import { countNoun } from "../model/problems";
import { joinLines, unknownOutcome, type DoctorFinding, type DoctorOutcome } from "./doctor-finding";

/** Runs one check; it fails or takes longer than the limit, in milliseconds, as a finding that nobody knows. */
export async function runCheck(
  name: string,
  limit: number,
  at: () => DoctorOutcome | Promise<DoctorOutcome>,
): Promise<DoctorFinding> {
  const late = unknownOutcome(
    `no answer within ${countNoun(limit / 1_000, "second")}`,
    "Find out by hand what holds it up.",
  );
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<DoctorOutcome>((resolve) => {
    timer = setTimeout(() => resolve(late), limit);
  });
  try {
    return { name, ...(await Promise.race([Promise.resolve().then(at), timeUp])) };
  } catch (error) {
    return { name, ...unknownOutcome(joinLines(awsErrorMessage(error)), "Find out by hand what is wrong.") };
  } finally {
    clearTimeout(timer);
  }
}
