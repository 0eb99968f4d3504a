import type { MapRole, MapRow } from "./access-map";

/** No name of a user and no ARN has one. */
const BETWEEN = "|";

/** What is opened where somebody asks about one role of a row. */
export const openedPlace = ({ id }: MapRow, { title }: MapRole): string => `${id}${BETWEEN}${title}`;

/** The row that is open, by its id. */
export const openedRow = (open: string): string => open.split(BETWEEN)[0] ?? "";

/** The title of the role in it that somebody asked about; empty where it is all of them. */
export const askedRole = (open: string): string => open.split(BETWEEN)[1] ?? "";
