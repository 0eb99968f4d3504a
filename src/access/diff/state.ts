import { blueprintsOf } from "../../documents/blueprint";
import type { Model } from "../../model/model";
import type { Manager } from "../../model/person";
import {
  iamAccountFromBlueprint,
  type WrittenAccount,
  type WrittenOrganization,
} from "../iam/from-blueprints";
import { heldDocuments, type HeldDocument } from "./document-changes";
import type { IamAccount } from "../iam/iam-account";

/** Every fact of a person in a model, as another commit's program may give it: facts newer than that program are absent. */
export interface PersonState {
  readonly name: string;
  readonly category: string;
  readonly email: string;
  readonly renamedFrom?: string | undefined;
  /** ISO instants of the first moment and of the one after the last. */
  readonly terms: { readonly from?: string | undefined; readonly until?: string | undefined };
  readonly github?: string | undefined;
  readonly manager?: Manager<string> | undefined;
  readonly contract?:
    | {
        readonly project: string;
        readonly sponsor: string;
        /** ISO instants. */
        readonly agreements: { readonly nda?: string | undefined; readonly baa?: string | undefined };
        readonly approvedBy: readonly string[];
      }
    | undefined;
}

/** What a program of one commit, or of the working tree, deploys. */
export interface ProgramState {
  readonly people: readonly PersonState[];
  readonly accounts: readonly IamAccount[];
  readonly documents: readonly HeldDocument[];
}

/** The state of people and of accounts as they are written. */
export const writtenState = (
  organization: WrittenOrganization,
  people: readonly PersonState[],
  blueprints: readonly WrittenAccount[],
): ProgramState => ({
  people,
  accounts: blueprints.map((blueprint) => iamAccountFromBlueprint(organization, blueprint)),
  documents: blueprints.flatMap((blueprint) => heldDocuments(blueprint, blueprint.account.key)),
});

/** Builds the state of a model. */
export const modelState = (model: Model): ProgramState =>
  writtenState(model.organization, model.people, blueprintsOf(model));
