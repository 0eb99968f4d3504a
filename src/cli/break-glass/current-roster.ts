import { readDefinitions } from "../../definitions/definitions";
import { gitEmail } from "../../definitions/git";
import { buildModel, type Model } from "../../model/model";
import { findRequester } from "../../requests/requester";
import { PROJECT_FOLDER } from "../project-folder";

export const AS_OPTION = [
  "--as <name>",
  "who you are, where git's user.email does not tell: a name in the roster",
] as const;

/** The model at this moment, and what somebody's name in the roster is. */
export interface CurrentRoster {
  readonly model: Model;
  /** @throws UserError where git's address and the option tell nobody of the roster */
  readonly whoAsks: (named: string | undefined) => Promise<string>;
}

export function readCurrentRoster(now: Date): CurrentRoster {
  const { organization, roster } = readDefinitions();
  return {
    model: buildModel(organization, roster, now),
    whoAsks: async (named) => findRequester(roster, await gitEmail(PROJECT_FOLDER), named),
  };
}
