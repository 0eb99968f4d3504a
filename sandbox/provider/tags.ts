export type Tags = Readonly<Record<string, string>>;

/** Tags as most services take them. */
export function tagList(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as most services return them; no tags at all is the same as an unset property. */
export function tagRecord(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags | undefined {
  if (list === undefined || list.length === 0) return undefined;
  return Object.fromEntries(list.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** Which keys to remove and which tags to set so that `olds` becomes `news`. */
export function tagChanges(olds: Tags | undefined, news: Tags | undefined): { removed: string[]; set: Tags } {
  const [before, after] = [olds ?? {}, news ?? {}];
  return {
    removed: Object.keys(before).filter((key) => !(key in after)),
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
  };
}

/** The tags but for those that the provider is told to ignore, which it neither shows nor removes. */
export function withoutIgnored(tags: Tags | undefined, prefixes: readonly string[]): Tags | undefined {
  const kept = Object.entries(tags ?? {}).filter(
    ([key]) => !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
