import path from "node:path";

import { PolicyPack } from "@pulumi/policy";

import { instantOf } from "../src/model/dates";
import { bind } from "./bind";
import { Exemptions } from "./exemption-register";
import { Expectations } from "./expectations/expectations";
import { readProject } from "./expectations/project";
import { CONFIGURATION, POLICIES } from "./index";

// From policypack/dist/policypack, where this file is compiled to.
const project = readProject(path.join(__dirname, "..", "..", ".."));
const clock = (): Date => new Date();
const names = POLICIES.map(({ name }) => name);
const run = {
  expectations: new Expectations(project, clock),
  exemptions: new Exemptions(project.exemptions, names, () => instantOf(clock())),
};

new PolicyPack("muster", { policies: POLICIES.map((policy) => bind(policy, run)) }, CONFIGURATION);
