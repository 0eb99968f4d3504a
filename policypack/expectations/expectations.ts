import { blueprintsOf } from "../../src/documents/blueprint";
import { toInstant, addSeconds, type Instant } from "../../src/model/dates";
import { buildModel, type Model } from "../../src/model/model";
import { throwErrors, UserError } from "../../src/model/problems";
import { ROLES } from "../../src/model/roles";
import { readSettings } from "../../src/resources/account-settings";
import type { StackConfig } from "../sent-stack";
import { AccountExpectations } from "./account-expectations";
import type { EditedProject } from "./edited-project";
import { organizationRoles } from "./organization-roles";

/** How long before the pack the program may have looked at the clock, in seconds. */
const HEAD_START = 60;

type Accounts = ReadonlyMap<string, AccountExpectations>;

/** The instants at which the same roster means something else: where grants and sessions begin and end. */
function turningPointsOf({ grants, people }: Model): readonly Instant[] {
  const instants = [
    ...grants.flatMap(({ validity: { from, until }, role }) => [
      from,
      until,
      until && addSeconds(until, ROLES[role].sessionSeconds),
    ]),
    ...people.flatMap(({ terms: { from, until } }) => [from, until]),
  ];
  return [...new Set(instants.filter((instant) => instant !== undefined))].sort();
}

/**
 * What the accounts may hold, from the roster as it is when the pack runs. The program looked at the clock a little
 * earlier or later than the pack, so where the roster's meaning has changed in between, both meanings are right.
 */
export class Expectations {
  private readonly started: Instant;
  private readonly models = new Map<Instant, Model>();
  private readonly periods = new Map<string, Accounts>();
  private turningPoints: readonly Instant[] | undefined;
  private latest: { readonly moment: Instant; readonly accounts: readonly Accounts[] } | undefined;

  constructor(
    private readonly project: Omit<EditedProject, "exemptions" | "ownResources">,
    private readonly clock: () => Date,
    /** The configuration of the stack that is checked. */
    private readonly config: () => StackConfig,
  ) {
    this.started = addSeconds(toInstant(clock()), -HEAD_START);
  }

  /**
   * Lists what an account may hold: as of now first, then as of any time since the run began.
   * @throws UserError where the stack is no account, or the roster is not in order: the program says the same
   */
  of(stack: string): readonly AccountExpectations[] {
    return this.sinceTheStart().map((accounts) => {
      const expectations = accounts.get(stack);
      if (expectations !== undefined) return expectations;
      const stacks = [...accounts.keys()].join(", ");
      throw new UserError(
        `There is no account "${stack}" in src/organization.ts. Its stacks are: ${stacks}.`,
      );
    });
  }

  private sinceTheStart(): readonly Accounts[] {
    const now = toInstant(this.clock());
    if (this.latest?.moment === now) return this.latest.accounts;
    this.turningPoints ??= turningPointsOf(this.modelAt(now));
    const passed = this.turningPoints.filter((point) => point > this.started && point <= now);
    const moments = [now, ...passed.reverse().map((point) => addSeconds(point, -1))];
    const accounts = moments.map((moment) => this.at(moment));
    this.latest = { moment: now, accounts };
    return accounts;
  }

  /** Between two turning points everything stays as it is. */
  private at(moment: Instant): Accounts {
    const period = this.turningPoints?.findLast((point) => point <= moment) ?? "before them all";
    const known = this.periods.get(period);
    if (known !== undefined) return known;
    const model = this.modelAt(moment);
    const blueprints = blueprintsOf(model);
    const roles = organizationRoles(model.organization, blueprints);
    const accounts = new Map(
      blueprints.map((blueprint) => [
        blueprint.account.key,
        new AccountExpectations(
          model,
          blueprint,
          () => readSettings(blueprint.account.key, this.config(), model.now),
          roles,
        ),
      ]),
    );
    this.periods.set(period, accounts);
    return accounts;
  }

  private modelAt(moment: Instant): Model {
    const known = this.models.get(moment);
    if (known !== undefined) return known;
    const { organization, roster, workloads, repeatedKeys, fault } = this.project;
    if (fault !== undefined) throw fault;
    throwErrors(repeatedKeys);
    const model = buildModel(organization, roster, new Date(moment), workloads);
    this.models.set(moment, model);
    return model;
  }
}
