import { blueprintsOf } from "../../documents/blueprint";
import type { Model } from "../../model/model";
import { iamAccountOf } from "../iam/from-blueprints";
import type { IamAccount } from "../iam/account";

/** A person, as far as differences are told. */
export interface PersonState {
  readonly name: string;
  readonly category: string;
  readonly email: string;
  /** ISO instants of the first moment and of the one after the last. */
  readonly terms: { readonly from?: string | undefined; readonly until?: string | undefined };
  readonly contract?: { readonly project: string; readonly sponsor: string } | undefined;
}

/** What a program of one commit, or of the working tree, deploys. */
export interface State {
  readonly people: readonly PersonState[];
  readonly accounts: readonly IamAccount[];
}

/** The state that a model comes to. */
export const stateOf = (model: Model): State => ({
  people: model.people,
  accounts: blueprintsOf(model).map((blueprint) => iamAccountOf(model.organization, blueprint)),
});
