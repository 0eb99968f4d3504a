import type { Account } from "../model/account";

/**
 * Who may set an account's alarms off, as a sentence names them. It silences an alarm meanwhile, so that none of those whom it
 * watches may: docs/decisions/0163.
 */
export function alarmTesters({ environment }: Pick<Account, "environment">): readonly string[] {
  switch (environment) {
    case "identity":
      return ["whoever made the stack first"];
    case "prod":
      return ["Admin", "BreakGlass as an administrator"];
    case "dev":
    case "staging":
      return ["Admin", "BreakGlass as an administrator", "Ops"];
  }
}
