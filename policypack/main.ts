import "./without-arborist";

import path from "node:path";

import { PolicyPack } from "@pulumi/policy";

import { toInstant } from "../src/model/dates";
import { UserError } from "../src/model/problems";
import { bindPolicy } from "./bind-policy";
import { Exemptions } from "./exemption-register";
import { sourcesChangedSince } from "./expectations/changed-since";
import { Expectations } from "./expectations/expectations";
import { readEditedProject } from "./expectations/edited-project";
import { POLICY_PACK_CONFIGURATION, POLICIES } from "./index";
import { OwnResources } from "./own-resources";
import { rememberRegistered } from "./registered-resources";
import { rememberStack, type SentStack } from "./sent-stack";

// From policypack/dist/policypack, where this file is compiled to.
const root = path.join(__dirname, "..", "..", "..");
const project = readEditedProject(root);
const changedSources = sourcesChangedSince(__filename, root, [
  "src/access/arn-overlap.ts",
  "src/definitions",
  "src/model",
  "src/documents",
  "src/resources",
]);
const clock = (): Date => new Date();
const sentStack = rememberStack();
const isRegistered = rememberRegistered();

/** @throws UserError where the engine has sent none */
function stack(): SentStack {
  const sent = sentStack();
  if (sent !== undefined && sent.name !== "") return sent;
  throw new UserError("This Pulumi engine tells a policy pack nothing of the stack: a newer one is needed.");
}

const names = POLICIES.map(({ name }) => name);
const run = {
  changedSources,
  expectations: new Expectations(project, clock, () => stack().config),
  stack,
  isRegistered,
  exemptions: new Exemptions(project.exemptions, names, () => toInstant(clock())),
  ownResources: new OwnResources(project.ownResources, () => toInstant(clock())),
};

new PolicyPack(
  "muster",
  { policies: POLICIES.map((policy) => bindPolicy(policy, run)) },
  POLICY_PACK_CONFIGURATION,
);
