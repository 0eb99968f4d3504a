import type { Properties, ResourceType } from "./resource-type";
import { isSameValue } from "./values";

export interface Difference {
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/**
 * The changes by which a resource with the inputs `olds` gets the inputs `news`. A property that the program
 * leaves unset is compared with what AWS has by default, so that what somebody set by hand shows.
 */
export function differences(type: ResourceType, olds: Properties, news: Properties): Difference[] {
  return Object.entries(type.properties).flatMap(([property, rule]): Difference[] => {
    if (rule === undefined) return [];
    const [before, after] = [olds[property], news[property]];
    if (isSameValue(rule, before, after) || (rule.computed === true && after === undefined)) return [];
    const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
    return [{ property, kind, replaces: rule.replaces === true || type.update === undefined }];
  });
}

/** Whether the old resource has to go before its replacement is made, because AWS has no two that are named alike. */
export function deletesFirst(type: ResourceType, olds: Properties, news: Properties): boolean {
  const unique = type.uniqueBy ?? (type.autoname === undefined ? undefined : [type.autoname]);
  return unique?.every((property) => isSameValue({}, olds[property], news[property])) ?? false;
}
