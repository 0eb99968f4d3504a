import { z } from "zod";

import { CATEGORY_NAMES, type Category } from "../model/categories";
import { isSameAddress } from "../model/email";
import { errorMessage, UserError } from "../model/problems";
import { readCsv, type CsvRecord } from "./csv-records";

/** Somebody in the personnel file. */
export interface Employee {
  /** As the file has it. */
  readonly email: string;
  readonly isActive: boolean;
  readonly name?: string;
  /** An e-mail address or whatever else the file calls them. */
  readonly manager?: string;
  /** Only where the file has a column `category`. */
  readonly category?: Category;
  readonly department?: string;
}

/** Who is employed, by the personnel system or identity provider. */
export interface Personnel {
  /** The file that it was read from. */
  readonly file: string;
  readonly employees: readonly Employee[];
}

/** What systems call these columns, without case, spaces and underscores. */
const COLUMNS = {
  email: ["email", "emailaddress", "workemail", "mail", "username", "userprincipalname"],
  active: ["active", "status", "employmentstatus", "accountenabled"],
  name: ["name", "displayname", "fullname"],
  manager: ["manager", "manageremail", "managername"],
  category: ["category"],
  department: ["department"],
} as const;
type Column = keyof typeof COLUMNS;

const ACTIVE = new Set(["true", "active", "yes", "1", "enabled", "employed"]);
const INACTIVE = new Set([
  "false",
  "inactive",
  "no",
  "0",
  "disabled",
  "terminated",
  "left",
  "suspended",
  "deprovisioned",
]);

const plain = (title: string): string => title.toLowerCase().replace(/[\s_-]/g, "");

function placeOf(head: readonly string[], column: Column): number {
  const names: readonly string[] = COLUMNS[column];
  return head.findIndex((title) => names.includes(plain(title)));
}

const cell = (record: readonly string[], place: number): string | undefined => {
  const text = place < 0 ? undefined : record[place]?.trim();
  return text === "" ? undefined : text;
};

const categoryOf = (text: string | undefined): Category | undefined =>
  CATEGORY_NAMES.find((name) => name === text?.toLowerCase());

/** Joins rows of one e-mail address: an active employment counts before those that have ended. */
class Employees {
  readonly all: Employee[] = [];
  readonly problems: string[] = [];

  constructor(private readonly head: readonly string[]) {}

  add(record: readonly string[], line: number): void {
    const of = (column: Column): string | undefined => cell(record, placeOf(this.head, column));
    const email = of("email");
    const state = of("active")?.toLowerCase();
    if (email?.includes("@") !== true) {
      this.problems.push(
        `line ${String(line)}: ${email === undefined ? "no e-mail address" : `${email} is no e-mail address`}`,
      );
      return;
    }
    if (state !== undefined && !ACTIVE.has(state) && !INACTIVE.has(state)) {
      this.problems.push(
        `line ${String(line)}: ${state} says neither that somebody is employed (${[...ACTIVE].join(", ")}) nor that they are not (${[...INACTIVE].join(", ")})`,
      );
      return;
    }
    const [name, manager, department] = [of("name"), of("manager"), of("department")];
    const category = categoryOf(of("category"));
    this.all.push({
      email,
      isActive: state === undefined || ACTIVE.has(state),
      ...(name !== undefined && { name }),
      ...(manager !== undefined && { manager }),
      ...(department !== undefined && { department }),
      ...(category !== undefined && { category }),
    });
  }
}

function refuse(file: string, problems: readonly string[]): never {
  throw new UserError([`${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
}

function employeesOfCsv(file: string, text: string): readonly Employee[] {
  let records: readonly CsvRecord[];
  try {
    records = readCsv(text);
  } catch (error) {
    return refuse(file, [errorMessage(error)]);
  }
  const [head, ...rows] = records;
  if (head === undefined || placeOf(head.cells, "email") < 0) {
    return refuse(file, [`its first line names no column for e-mail addresses: ${COLUMNS.email.join(", ")}`]);
  }
  const employees = new Employees(head.cells);
  for (const { cells, line } of rows) employees.add(cells, line);
  if (employees.problems.length > 0) refuse(file, employees.problems);
  return employees.all;
}

/** https://www.rfc-editor.org/rfc/rfc7643 and its `ListResponse`, https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2 */
const SCIM_USER = z.object({
  userName: z.string(),
  active: z.boolean().default(true),
  displayName: z.string().optional(),
  emails: z.array(z.object({ value: z.string(), primary: z.boolean().optional() })).default([]),
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": z
    .object({
      department: z.string().optional(),
      manager: z.object({ displayName: z.string().optional() }).optional(),
    })
    .optional(),
});
const SCIM = z.object({ Resources: z.array(SCIM_USER) });

function employeesOfScim(file: string, text: string): readonly Employee[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(file, [`it begins like JSON and is none: ${errorMessage(error)}`]);
  }
  const read = SCIM.safeParse(value);
  if (!read.success) {
    return refuse(
      file,
      read.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`),
    );
  }
  return read.data.Resources.map((user): Employee => {
    const enterprise = user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"];
    const primary = user.emails.find((one) => one.primary === true) ?? user.emails[0];
    const manager = enterprise?.manager?.displayName;
    return {
      email: primary?.value ?? user.userName,
      isActive: user.active,
      ...(user.displayName !== undefined && { name: user.displayName }),
      ...(manager !== undefined && { manager }),
      ...(enterprise?.department !== undefined && { department: enterprise.department }),
    };
  });
}

/**
 * Reads who is employed: a CSV with a column for e-mail addresses, and optional ones for whether somebody is active, their manager,
 * category and department; or SCIM's list of users as JSON.
 * @throws UserError with every line that cannot be used
 */
export function readPersonnel(file: string, text: string): Personnel {
  // A byte order mark counts as white space.
  const trimmed = text.trim();
  const isJson = /^[[{]/.test(trimmed);
  return { file, employees: isJson ? employeesOfScim(file, trimmed) : employeesOfCsv(file, text) };
}

/** Somebody of the file by their address; who left and came back is employed. */
export function findEmployee({ employees }: Personnel, email: string): Employee | undefined {
  const own = employees.filter((one) => isSameAddress(one.email, email));
  return own.find(({ isActive }) => isActive) ?? own[0];
}
