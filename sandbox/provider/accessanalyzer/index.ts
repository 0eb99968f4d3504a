import { regional } from "../regional";
import type { ResourceType } from "../resource-type";
import { analyzer } from "./analyzer";

export const accessanalyzer: Readonly<Record<string, ResourceType>> = {
  "aws:accessanalyzer/analyzer:Analyzer": regional(analyzer),
};
