import { ActionCatalogue } from "../../access/actions/catalogue";
import { accountsByRoster } from "../../access/load";
import { readDefinitions } from "../../definitions/definitions";
import { gitEmail } from "../../definitions/git";
import { buildModel, type Model } from "../../model/model";
import { UserError } from "../../model/problems";
import { describePermissions } from "../../requests/describe-permissions";
import { findRequester } from "../../requests/requester";
import { decisionsCsv } from "../../review/decisions-file";
import type { Review, ReviewRow } from "../../review/review";
import { shellWord } from "../../text/shell-word";
import { PROJECT_FOLDER } from "../project-folder";
import { terminalWidth } from "../terminal";
import { DecisionWalk } from "./decision-walk";
import { folderNamed, REVIEWS_FOLDER } from "./review-folder";

export interface DecideOptions {
  readonly as?: string;
  readonly all?: true;
  readonly reviews: string;
}

/** What the role lets somebody do, by access levels. */
class Abilities {
  private readonly words = new Map<string, readonly string[]>();
  private readonly accounts: ReturnType<typeof accountsByRoster>;

  constructor(
    model: Model,
    private readonly catalogue: ActionCatalogue,
  ) {
    this.accounts = accountsByRoster(model);
  }

  of({ account, role }: ReviewRow): readonly string[] {
    const key = `${account}/${role}`;
    const known = this.words.get(key);
    if (known !== undefined) return known;
    const found = this.accounts.all
      .find((one) => one.key === account)
      ?.roles.find((one) => one.label === role || one.name === role);
    const words = found === undefined ? [] : describePermissions(found, this.catalogue);
    this.words.set(key, words);
    return words;
  }
}

/** Who decides: a name of the roster, or a manager outside it by their address. */
function reviewerOf(
  review: Review,
  roster: unknown,
  email: string | undefined,
  as: string | undefined,
): string {
  if (as?.includes("@") === true && review.rows.some(({ reviewers }) => reviewers.includes(as))) return as;
  return findRequester(roster, email, as);
}

/** Asks somebody about the rows that are theirs to decide, one question each. */
export async function decideReview(name: string, options: DecideOptions): Promise<void> {
  const folder = folderNamed(options.reviews, name);
  const review = folder.review();
  if (folder.has("signature")) throw new UserError(`${folder.path} is signed: what is decided stands.`);
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const by = reviewerOf(review, roster, await gitEmail(PROJECT_FOLDER), options.as);
  const abilities = new Abilities(model, await ActionCatalogue.load());
  const asked = [
    ...(options.as === undefined ? [] : [` --as ${shellWord(options.as)}`]),
    ...(options.all === true ? [" --all"] : []),
    ...(options.reviews === REVIEWS_FOLDER ? [] : [` --reviews ${shellWord(options.reviews)}`]),
  ];
  const walk = new DecisionWalk(
    {
      review,
      by,
      command: `npm run review -- decide ${name}${asked.join("")}`,
      store: {
        read: () => folder.decisions(review),
        write: (decisions) => folder.write("decisions", decisionsCsv(review, decisions)),
      },
      abilitiesOf: (row) => abilities.of(row),
    },
    { input: process.stdin, output: process.stdout, width: terminalWidth() },
  );
  await walk.through(options.all === true);
}
