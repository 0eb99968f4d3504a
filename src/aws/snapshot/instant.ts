import { z } from "zod";

import { toInstant } from "../../model/dates";

/** An instant as a snapshot has it: ISO 8601, UTC, cut to the second. */
export const INSTANT_SCHEMA = z.iso
  .datetime({ offset: true, error: "This is no instant such as 2026-11-20T14:00:00Z" })
  .transform((text) => toInstant(new Date(text)));
