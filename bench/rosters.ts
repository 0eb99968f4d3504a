import { rosterOfSize, type WrittenRoster } from "../test/support/rosters";

const CATEGORIES = 8;

/**
 * A roster of as many people, none of them a contractor: each of those has dates, and a trust policy has no room for the names of more
 * than some dozens of people with dates.
 */
export function employeesOfSize(people: number): WrittenRoster {
  const roster = rosterOfSize(Math.ceil((people * CATEGORIES) / (CATEGORIES - 1)));
  const employees = Object.entries(roster.people).filter(([, { category }]) => category !== "contractor");
  return { ...roster, people: Object.fromEntries(employees.slice(0, people)) };
}
