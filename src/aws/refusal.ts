import type { Account } from "../model/account";
import { joinWithOr, UserError } from "../model/problems";

/** RDS and IAM call it AccessDenied, CloudWatch Logs AccessDeniedException, SNS AuthorizationErrorException. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && /^(?:AccessDenied|AuthorizationError)/.test(error.name);

/**
 * Asks an account for something, and names the roles that may ask where it refuses.
 * @param roles such as Dba
 * @throws UserError with AWS's own words where the credentials may not
 */
export async function withRolesThatMay<T>(
  { key }: Account,
  roles: readonly string[],
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new UserError(
      `${key} refuses it: ${error.message}\nTo do: name a profile of ${joinWithOr(roles)} there with --profile.`,
    );
  }
}
