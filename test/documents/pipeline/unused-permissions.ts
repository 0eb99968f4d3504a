import type { PipelineRole } from "../../../src/model/pipeline";

/** Actions that a role may do though no run is known to, each with why. */
export const UNUSED_PERMISSIONS: Readonly<Record<PipelineRole, Readonly<Record<string, string>>>> = {
  Preview: {},
  Deploy: {},
};
