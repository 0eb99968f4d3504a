import type { PipelineRole } from "../../../src/model/pipeline";

/** Actions that a role may do though no run is known to, each with why. */
export const UNUSED_PERMISSIONS: Readonly<Record<PipelineRole, Readonly<Record<string, string>>>> = {
  Preview: {},
  Review: {},
  Deploy: {
    "logs:AssociateKmsKey": "the log group of sessions, whose key somebody took off by hand",
    "ssm:RemoveTagsFromResource":
      "a tag that somebody put on a document and nothing else: one whose content differs is made anew",
  },
};
