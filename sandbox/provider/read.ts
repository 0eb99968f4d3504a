import type { LiveResource, Properties, ResourceType } from "./resource-type";
import { isSameValue, withoutAbsent } from "./values";

/**
 * The inputs of a live resource. Where AWS holds the same as before in other words (a reordered list, a re-encoded
 * document, a default that the program leaves out), the words of before stay, so that a refresh shows real drift only.
 */
export function liveInputs(
  type: ResourceType,
  found: LiveResource<Properties>,
  before: Properties,
): Properties {
  return withoutAbsent(
    Object.fromEntries(
      Object.entries(type.properties).flatMap(([property, rule]) => {
        if (rule === undefined) return [];
        const live = found.inputs[property];
        // The real provider stores an issuer as IAM answers it.
        const keep =
          rule.local === true || (rule.compare !== "issuer" && isSameValue(rule, live, before[property]));
        if (keep) return [[property, before[property]]];
        const unasked = rule.computed === true && before[property] === undefined;
        return unasked ? [] : [[property, live ?? rule.default]];
      }),
    ),
  );
}
