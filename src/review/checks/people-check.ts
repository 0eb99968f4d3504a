import type { RosterChange } from "../../definitions/roster-changes";
import { rolesAllowed, type Category } from "../../model/categories";
import { isSameAddress } from "../../model/email";
import { groupBy } from "../../model/group-by";
import { hasLeft, managerWords, type Person } from "../../model/person";
import { findEmployee, type Employee, type Personnel } from "../personnel";
import { checkResult, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";

const NO_FILE =
  "Whether everybody is still employed, in the same post and with the same manager: give the personnel file, --people people.csv.";

function leaverFinding(
  { model, now }: ReviewContext,
  { name, email }: Person,
  employee: Employee | undefined,
  file: string,
): FoundBy {
  const account = model.organization.identity.key;
  const lastDay: RosterChange = { kind: "last day", person: name, until: now };
  const power: readonly RosterChange[] = model.power.includes(name) ? [{ kind: "power", person: name }] : [];
  return {
    rule: "not-employed",
    account,
    subject: name,
    person: name,
    message:
      employee === undefined
        ? `${name} is in the roster, and ${file} has nobody with the address ${email}.`
        : `${name} is in the roster, and ${file} says that they are not employed.`,
    evidence: [employee === undefined ? `no row for ${email}` : `${employee.email}: not active`],
    fix: {
      kind: "edit",
      words: `Ask their manager. If they left: npm run offboard -- ${name} --now, and their last day in the roster.`,
      changes: [lastDay, ...power],
    },
  };
}

/** Whether the file names the same manager as the roster, by address or by name. */
function isSameManager(
  model: ReviewContext["model"],
  person: Person,
  written: string,
  personnel: Personnel,
): boolean {
  const { manager } = person;
  if (manager === undefined) return true;
  const words = managerWords(manager);
  const email =
    manager.kind === "person" ? model.people.find(({ name }) => name === manager.name)?.email : manager.email;
  const named = email === undefined ? undefined : findEmployee(personnel, email)?.name;
  return (
    written === words ||
    (email !== undefined && written.includes("@") && isSameAddress(written, email)) ||
    named?.toLowerCase() === written.toLowerCase()
  );
}

/** A manager of the personnel file as the roster writes one: the name of somebody in it, or an address; undefined where the file tells neither. */
function managerKey(
  model: ReviewContext["model"],
  written: string,
  personnel: Personnel,
): string | undefined {
  const email = personnel.employees.find(
    (one) => one.name?.toLowerCase() === written.toLowerCase() || isSameAddress(one.email, written),
  )?.email;
  const address = email ?? (written.includes("@") ? written : undefined);
  return address && (model.people.find((one) => isSameAddress(one.email, address))?.name ?? address);
}

/** Finds roles under somebody's `access` that their category may not hold in that environment. */
function rolesThatNoLongerFit(
  { grants, organization }: ReviewContext["model"],
  name: string,
  category: Category | undefined,
): readonly RosterChange[] {
  if (category === undefined) return [];
  return grants.flatMap(({ person, account: key, role, source }): readonly RosterChange[] => {
    const account = organization.accounts.find((one) => one.key === key);
    if (person !== name || source !== "access" || account === undefined) return [];
    const allowed: readonly string[] = rolesAllowed(category, account.environment);
    return allowed.includes(role) ? [] : [{ kind: "role", person, account: key, role }];
  });
}

function moverFinding(
  { model }: ReviewContext,
  person: Person,
  employee: Employee,
  personnel: Personnel,
): readonly FoundBy[] {
  const { name, category, manager } = person;
  const post = (key: "category" | "manager", was: string, is: string, value: string | undefined) => ({
    words: `${key}: ${was} in the roster, ${is} in the file`,
    changes: value === undefined ? [] : [{ kind: "post", person: name, key, value } as const],
  });
  const differing = [
    ...(employee.category !== undefined && employee.category !== category
      ? [post("category", category, employee.category, employee.category)]
      : []),
    ...(employee.manager !== undefined && !isSameManager(model, person, employee.manager, personnel)
      ? [
          post(
            "manager",
            manager === undefined ? "none" : managerWords(manager),
            employee.manager,
            managerKey(model, employee.manager, personnel),
          ),
        ]
      : []),
  ];
  if (differing.length === 0) return [];
  return [
    {
      rule: "mover",
      account: model.organization.identity.key,
      subject: name,
      person: name,
      message: `${personnel.file} and the roster disagree on what ${name} does, or for whom.`,
      evidence: differing.map(({ words }) => words),
      fix: {
        kind: "edit",
        words: "Where the file is right. What else no longer fits, the compiler names.",
        changes: [
          ...differing.flatMap(({ changes }) => changes),
          ...rolesThatNoLongerFit(model, name, employee.category),
        ],
      },
    },
  ];
}

/** Somebody of the roster, with what the file says of them. */
type Employment = readonly [Person, Employee];

/** Says of whom a cell is empty that the file has of others, and whose manager the roster does not have. */
function unknownOf(file: string, employments: readonly Employment[]): readonly string[] {
  const withoutCell = (["manager", "category"] as const).flatMap((key) => {
    const empty = employments.filter(([, employee]) => employee[key] === undefined);
    if (empty.length === 0 || empty.length === employments.length) return [];
    const names = empty.map(([{ name }]) => name).join(", ");
    return [`${file} does not tell the ${key} of ${names}: whether it is the roster's`];
  });
  const unmanaged = employments
    .filter(([{ manager, contract }, employee]) => {
      const isCompared = manager !== undefined || contract !== undefined;
      return !isCompared && employee.manager !== undefined;
    })
    .map(([{ name }]) => name);
  return [
    ...withoutCell,
    ...(unmanaged.length === 0
      ? []
      : [`the roster has no manager of ${unmanaged.join(", ")}: whether the one in ${file} is right`]),
    ...(employments.some(([, { department }]) => department !== undefined)
      ? [
          `whether departments fit what people do: the roster has none; a table has the categories of each department of ${file}`,
        ]
      : []),
  ];
}

/** The categories of the people of each department. */
function departmentRows(employments: readonly Employment[]): readonly (readonly string[])[] {
  const told = employments.filter(([, { department }]) => department !== undefined);
  const alike = groupBy(told, ([{ category }, { department = "" }]) =>
    JSON.stringify([department, category]),
  );
  return [...alike.values()]
    .flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const [{ category }, { department = "" }] = first;
      return [[department, category, same.map(([{ name }]) => name).join(", ")]];
    })
    .sort((one, other) => (one.join("\n") < other.join("\n") ? -1 : 1));
}

/** People of the roster against the personnel file: joiners, movers and leavers apart. */
export function peopleCheck(context: ReviewContext): CheckResult {
  const { model, personnel, now } = context;
  if (personnel === undefined) return checkResult({ undecidable: [NO_FILE] });
  const { file } = personnel;
  const present = model.people.filter((person) => !hasLeft(person, now));
  const findings = present.flatMap((person): readonly FoundBy[] => {
    const employee = findEmployee(personnel, person.email);
    if (employee?.isActive === true) return moverFinding(context, person, employee, personnel);
    // A contractor is no employee; but if the file lists them, its row counts.
    return employee === undefined && person.contract !== undefined
      ? []
      : [leaverFinding(context, person, employee, file)];
  });
  const joiners = personnel.employees.filter(
    ({ email, isActive }) => isActive && !model.people.some((person) => isSameAddress(person.email, email)),
  );
  const outside = present.filter(
    (person) => person.contract !== undefined && findEmployee(personnel, person.email) === undefined,
  );
  const employments = present.flatMap((person): readonly Employment[] => {
    const employee = findEmployee(personnel, person.email);
    return employee?.isActive === true ? [[person, employee]] : [];
  });
  return checkResult({
    findings,
    undecidable: [
      ...outside.map(
        ({ name }) => `${name} is a contractor who is not in ${file}: their sponsor confirms them`,
      ),
      ...personnel.unknown,
      ...unknownOf(file, employments),
    ],
    tables: [
      {
        title: "Departments of the personnel file, with the roster's categories",
        head: ["department", "category", "people"],
        rows: departmentRows(employments),
      },
      {
        title: "In the personnel file and not in the roster",
        head: ["name", "address", "department"],
        rows: joiners.map(({ name = "", email, department = "" }) => [name, email, department]),
      },
    ],
  });
}
