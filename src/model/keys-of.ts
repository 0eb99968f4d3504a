/** The keys of a table in the order in which they are written, as their union rather than as plain strings. */
export function keysOf<Table extends object>(table: Table): readonly (keyof Table)[] {
  return Object.keys(table) as (keyof Table)[];
}
