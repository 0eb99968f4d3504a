import { BREAK_GLASS_HOLDERS } from "../categories";
import { personNamed, workloadNamed, type Written } from "./references";

function breakGlassIsForWorkloads(written: Written): void {
  for (const { account, cursor } of written.roster.breakGlass) workloadNamed(written, account, cursor);
}

function breakGlassHoldersAreTrusted(written: Written): void {
  for (const { primary, backup } of written.roster.breakGlass) {
    for (const name of [primary, backup]) {
      const category = personNamed(written, name)?.category?.value;
      if (category === undefined || BREAK_GLASS_HOLDERS.some((holder) => holder === category)) continue;
      name?.cursor.problem(
        `Break-glass is for ${BREAK_GLASS_HOLDERS.join(", ")}; this person is ${category}.`,
      );
    }
  }
}

function backupIsSomebodyElse({ roster }: Written): void {
  for (const { primary, backup } of roster.breakGlass) {
    if (backup !== undefined && backup.value === primary?.value) {
      backup.cursor.problem("The backup is the primary.", { remedy: "Name somebody else, or remove it." });
    }
  }
}

export const BREAK_GLASS_RULES = [
  breakGlassIsForWorkloads,
  breakGlassHoldersAreTrusted,
  backupIsSomebodyElse,
];
