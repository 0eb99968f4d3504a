import type { Cell } from "../reading/cursor";

/** A part of what was written that reading and rules have found whole; anything else is a bug of ours. */
export function expectPresent<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing although no problem was reported.`);
  return value;
}

/** The value of a cell that reading and rules have found whole. */
export function expectValue<T>(cell: Cell<T> | undefined, what: string): T {
  return expectPresent(cell, what).value;
}
