import type {
  AdvancedEventSelector,
  CloudTrail,
  EventSelector,
  InsightSelector,
} from "@aws-sdk/client-cloudtrail";
import type { TrailArgs } from "@pulumi/aws/cloudtrail";
import type { Inputs } from "../resource-type";

type Selectors = Pick<
  Partial<Inputs<TrailArgs>>,
  "advancedEventSelectors" | "eventSelectors" | "insightSelectors"
>;

/** The selectors of a trail that nobody has narrowed: there is no call that takes selectors away. */
const EVERY_MANAGEMENT_EVENT: EventSelector = {
  ReadWriteType: "All",
  IncludeManagementEvents: true,
  DataResources: [],
};

/** Sets the events that a trail records, in the newer form where the program uses it; of the two, AWS keeps one. */
export async function putEventSelectors(
  cloudtrail: CloudTrail,
  trail: string,
  { advancedEventSelectors = [], eventSelectors = [] }: Selectors,
): Promise<void> {
  if (advancedEventSelectors.length > 0) {
    const AdvancedEventSelectors = advancedEventSelectors.map(advancedToAws);
    await cloudtrail.putEventSelectors({ TrailName: trail, AdvancedEventSelectors });
  } else {
    const EventSelectors =
      eventSelectors.length > 0 ? eventSelectors.map(basicToAws) : [EVERY_MANAGEMENT_EVENT];
    await cloudtrail.putEventSelectors({ TrailName: trail, EventSelectors });
  }
}

/** Sets the kinds of unusual activity that a trail records; an empty list ends them all. */
export async function putInsightSelectors(
  cloudtrail: CloudTrail,
  trail: string,
  { insightSelectors = [] }: Selectors,
): Promise<void> {
  const InsightSelectors = insightSelectors.map(({ insightType }) => ({
    InsightType: insightType as InsightSelector["InsightType"],
  }));
  await cloudtrail.putInsightSelectors({ TrailName: trail, InsightSelectors });
}

/** The selectors that somebody has set on a trail, read where the trail says that it has some. */
export async function readSelectors(
  cloudtrail: CloudTrail,
  trail: string,
  has: { readonly events: boolean; readonly insights: boolean },
): Promise<Selectors> {
  const events = has.events ? await cloudtrail.getEventSelectors({ TrailName: trail }) : undefined;
  const insights = has.insights ? await cloudtrail.getInsightSelectors({ TrailName: trail }) : undefined;
  return {
    eventSelectors: unlessEmpty(
      isDefault(events?.EventSelectors) ? [] : events?.EventSelectors?.map(basicFromAws),
    ),
    advancedEventSelectors: unlessEmpty(events?.AdvancedEventSelectors?.map(advancedFromAws)),
    insightSelectors: unlessEmpty(
      insights?.InsightSelectors?.map(({ InsightType: insightType = "" }) => ({ insightType })),
    ),
  };
}

/** Where the official provider (`flattenEventSelector`) sees nothing: it does not look at `IncludeManagementEvents`. */
function isDefault(selectors: readonly EventSelector[] = []): boolean {
  const [only, ...others] = selectors;
  return (
    only !== undefined &&
    others.length === 0 &&
    only.ReadWriteType === "All" &&
    unlessEmpty(only.DataResources) === undefined &&
    unlessEmpty(only.ExcludeManagementEventSources) === undefined
  );
}

type Basic = NonNullable<Selectors["eventSelectors"]>[number];
type Advanced = NonNullable<Selectors["advancedEventSelectors"]>[number];

const basicToAws = (selector: Basic): EventSelector => ({
  ReadWriteType: (selector.readWriteType ?? "All") as EventSelector["ReadWriteType"],
  IncludeManagementEvents: selector.includeManagementEvents ?? true,
  ExcludeManagementEventSources: selector.excludeManagementEventSources,
  DataResources: (selector.dataResources ?? []).map(({ type, values }) => ({ Type: type, Values: values })),
});

const basicFromAws = (selector: EventSelector): Basic => ({
  readWriteType: selector.ReadWriteType,
  includeManagementEvents: selector.IncludeManagementEvents,
  excludeManagementEventSources: unlessEmpty(selector.ExcludeManagementEventSources),
  dataResources: unlessEmpty(
    selector.DataResources?.map(({ Type: type = "", Values: values = [] }) => ({ type, values })),
  ),
});

const advancedToAws = ({ name, fieldSelectors }: Advanced): AdvancedEventSelector => ({
  Name: name,
  FieldSelectors: fieldSelectors.map((selector) => ({
    Field: selector.field,
    Equals: selector.equals,
    NotEquals: selector.notEquals,
    StartsWith: selector.startsWiths,
    NotStartsWith: selector.notStartsWiths,
    EndsWith: selector.endsWiths,
    NotEndsWith: selector.notEndsWiths,
  })),
});

const advancedFromAws = ({ Name: name, FieldSelectors = [] }: AdvancedEventSelector): Advanced => ({
  name,
  fieldSelectors: FieldSelectors.map((selector) => ({
    field: selector.Field ?? "",
    equals: selector.Equals,
    notEquals: selector.NotEquals,
    startsWiths: selector.StartsWith,
    notStartsWiths: selector.NotStartsWith,
    endsWiths: selector.EndsWith,
    notEndsWiths: selector.NotEndsWith,
  })),
});

/** Nothing set and an empty list are the same to CloudTrail; a program that sets nothing has neither. */
const unlessEmpty = <T>(list: readonly T[] | undefined): T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : [...list];
