import { z } from "zod";

import { CATEGORY_NAMES, type Category } from "../model/categories";
import { isSameAddress } from "../model/email";
import { keysOf } from "../model/keys-of";
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
  /** What the file does not tell, a sentence each. */
  readonly unknown: readonly string[];
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

/** Joins rows of one e-mail address: an active employment counts before those that have ended. */
class Employees {
  readonly all: Employee[] = [];
  readonly problems: string[] = [];

  constructor(private readonly head: readonly string[]) {}

  add(record: readonly string[], line: number): void {
    const of = (column: Column): string | undefined => cell(record, placeOf(this.head, column));
    const refuseCell = (column: Column, reason: string): void => {
      const title = this.head[placeOf(this.head, column)]?.trim() ?? column;
      this.problems.push(`line ${String(line)}, column ${JSON.stringify(title)}: ${reason}`);
    };
    const email = of("email");
    const state = of("active")?.toLowerCase();
    const [name, manager, department, written] = [
      of("name"),
      of("manager"),
      of("department"),
      of("category"),
    ];
    const category = CATEGORY_NAMES.find((one) => one === written?.toLowerCase());
    if (email === undefined) refuseCell("email", "no e-mail address");
    else if (!email.includes("@")) refuseCell("email", `${email} is no e-mail address`);
    if (state !== undefined && !ACTIVE.has(state) && !INACTIVE.has(state)) {
      refuseCell(
        "active",
        `${state} says neither that somebody is employed (${[...ACTIVE].join(", ")}) nor that they are not (${[...INACTIVE].join(", ")})`,
      );
    }
    if (written !== undefined && category === undefined) {
      refuseCell(
        "category",
        `${written} is no category of the roster. Allowed: ${CATEGORY_NAMES.join(", ")}, or an empty cell. A column that says something else has another title`,
      );
    }
    if (email === undefined) return;
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

/** What a review compares, by the column that tells it. */
const COMPARED = {
  active: "whether somebody is still employed; everybody in it is taken for employed",
  manager: "whether managers are the roster's",
  category: "whether categories are the roster's",
  department: "in which departments people are",
} as const satisfies Partial<Record<Column, string>>;

/** Says what no column tells, in one sentence. */
function untoldLines(file: string, tells: (column: keyof typeof COMPARED) => boolean): readonly string[] {
  const missing = keysOf(COMPARED).filter((column) => !tells(column));
  if (missing.length === 0) return [];
  const words = missing.map((column) => COMPARED[column]);
  return [`${file} does not tell: ${words.join("; ")}`];
}

function personnelOfCsv(file: string, text: string): Personnel {
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
  return {
    file,
    employees: employees.all,
    unknown: untoldLines(file, (column) => placeOf(head.cells, column) >= 0),
  };
}

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** https://www.rfc-editor.org/rfc/rfc7643 and its `ListResponse`, https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2 */
const SCIM_USER = z.object({
  id: z.string().optional(),
  userName: z.string(),
  active: z.boolean().default(true),
  displayName: z.string().optional(),
  emails: z.array(z.object({ value: z.string(), primary: z.boolean().optional() })).default([]),
  [ENTERPRISE]: z
    .object({
      department: z.string().optional(),
      // `value` is the id of the manager's own resource.
      manager: z.object({ value: z.string().optional(), displayName: z.string().optional() }).optional(),
    })
    .optional(),
});
type ScimUser = z.infer<typeof SCIM_USER>;
const SCIM = z.object({ totalResults: z.number().int().optional(), Resources: z.array(SCIM_USER) });

function addressOf({ emails, userName }: ScimUser): string {
  const primary = emails.find((one) => one.primary === true) ?? emails[0];
  return primary?.value ?? userName;
}

function personnelOfScim(file: string, text: string): Personnel {
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
  const { totalResults, Resources: users } = read.data;
  if (totalResults !== undefined && totalResults !== users.length) {
    return refuse(file, [
      `totalResults: ${String(totalResults)}, and Resources has ${String(users.length)}: it is one page of several. Join the pages' Resources into one list, or ask for all at once by count`,
    ]);
  }
  const addresses = new Map(
    users.flatMap((user) => (user.id === undefined ? [] : [[user.id, addressOf(user)]])),
  );
  const unknownManagers: string[] = [];
  const employees = users.map((user): Employee => {
    const { manager, department } = user[ENTERPRISE] ?? {};
    const email = addressOf(user);
    const named =
      (manager?.value === undefined ? undefined : addresses.get(manager.value)) ?? manager?.displayName;
    if (manager?.value !== undefined && named === undefined) {
      unknownManagers.push(
        `${file} names the manager of ${email} by the id ${manager.value}, which is nobody's in it: whether it is the roster's`,
      );
    }
    return {
      email,
      isActive: user.active,
      ...(user.displayName !== undefined && { name: user.displayName }),
      ...(named !== undefined && { manager: named }),
      ...(department !== undefined && { department }),
    };
  });
  const tells = {
    active: true,
    category: false,
    manager: users.some((user) => user[ENTERPRISE]?.manager !== undefined),
    department: users.some((user) => user[ENTERPRISE]?.department !== undefined),
  } as const;
  const whole =
    totalResults === undefined
      ? [`${file} does not say how many users there are (totalResults): whether it has all`]
      : [];
  return {
    file,
    employees,
    unknown: [...untoldLines(file, (column) => tells[column]), ...whole, ...unknownManagers],
  };
}

/**
 * Reads who is employed: a CSV with a column for e-mail addresses, and optional ones for whether somebody is active, their manager,
 * category and department; or SCIM's list of users as JSON.
 * @throws UserError with every line and column that cannot be used
 */
export function readPersonnel(file: string, text: string): Personnel {
  // A byte order mark counts as white space.
  const trimmed = text.trim();
  return /^[[{]/.test(trimmed) ? personnelOfScim(file, trimmed) : personnelOfCsv(file, text);
}

/** Somebody of the file by their address; who left and came back is employed. */
export function findEmployee({ employees }: Personnel, email: string): Employee | undefined {
  const own = employees.filter((one) => isSameAddress(one.email, email));
  return own.find(({ isActive }) => isActive) ?? own[0];
}
