// The sample of the design, word for word: it must compile, whatever adopters make of src/organization.ts and roster.ts.
import { defineOrganization } from "../../src/model/organization";
import { defineRoster } from "../../src/model/roster";

// prettier-ignore
export const organization = defineOrganization({
  prefix: "infra",                       // names: infra-AdminR-prod, infra-AssumeRoleG-prod, …
  region: "eu-west-1",                   // partition "aws"; others are refused until somebody tests them
  accounts: {
    users:   { id: "111111111111", kind: "identity" },
    dev:     { id: "222222222222", kind: "workload", environment: "dev" },
    staging: { id: "333333333333", kind: "workload", environment: "staging" },
    prod:    { id: "444444444444", kind: "workload", environment: "prod" },
  },
});

// prettier-ignore
export const roster = defineRoster(organization, {
  people: {
    "sarah.devops":   { email: "sarah@example.com", category: "devops",
                        access: { dev: "Admin", staging: "Ops", prod: ["Ops", "Read"] } },
    "maria.cto":      { email: "maria@example.com", category: "executive", access: { prod: "Dashboard" } },
    "alex.dba":       { email: "alex@example.com", category: "dba", access: { staging: "Dba", prod: "DbRead" } },
    "chris.security": { email: "chris@example.com", category: "security", access: { prod: "Security" } },
    "john.developer": { email: "john@example.com", category: "developer",
                        access: { dev: "Developer", staging: "Developer" } },
    "kim.contractor": { email: "kim@partner.example", category: "contractor", project: "phoenix",
                        sponsor: "sarah.devops", from: "2026-11-01", until: "2027-01-31",
                        agreements: { nda: "2026-10-20", baa: "2026-10-20" },
                        approvedBy: ["sarah.devops", "chris.security"],
                        access: { dev: "Developer" } },
  },
  power: ["sarah.devops", "chris.security"],   // infra-PowerG: full IAM without assuming a role
  breakGlass: { prod: { primary: "sarah.devops", backup: "maria.cto" } },
  temporary: [{ person: "john.developer", account: "prod", role: "DbRead", from: "2026-11-20T10:00:00Z",
                until: "2026-11-20T14:00:00Z", reason: "INC-1042", approvedBy: ["alex.dba"] }],
  partners: { acme: { account: "999988887777", externalId: "acme-data-sharing-7f3a", grants: { prod: "DataShare" } } },
  departed: ["old.colleague"],                 // names that may never come back
});
