import type { Exemption } from "./exemption";

/** Accepts that one finding of a review stands for a time; no policy of the pack asks for it. */
export type AcceptedFinding = Pick<Exemption, "owner" | "reason" | "expires"> & {
  /** The whole id that the review gives it: `key-overdue:users:john.developer AKIA…`. */
  readonly finding: string;
};
