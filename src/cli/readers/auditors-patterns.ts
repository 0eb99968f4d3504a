import { awsManagedPolicy } from "../../access/iam/aws-managed-documents";
import { SECURITY_AUDIT } from "../../documents/permissions/aws-managed";

/** The actions that AWS's policy for auditors allows, as patterns, as of the installed copy. */
export const auditorsPatterns = (): readonly string[] =>
  awsManagedPolicy(SECURITY_AUDIT.name).statements.flatMap(({ effect, actions }) =>
    effect === "Allow" ? actions : [],
  );
