import type { Account } from "../model/account";

/**
 * The roles that may set an account's alarms off, in words. An alarm that is set off is silent meanwhile, so that in prod nobody
 * whom it watches may: docs/decisions/0163.
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
