import { organization } from "./organization";
import { defineRoster } from "./model/roster";

export const roster = defineRoster(organization, {
  people: {
    "sarah.devops": {
      email: "sarah@example.com",
      github: "example-sarah",
      category: "devops",
      manager: "maria.cto",
      access: { dev: "Admin", staging: "Ops", prod: "Read" },
    },
    "omar.devops": {
      email: "omar@example.com",
      github: "example-omar",
      category: "devops",
      manager: "maria.cto",
      access: { dev: "Admin", staging: "Ops", prod: "Read" },
    },
    "maria.cto": {
      email: "maria@example.com",
      category: "executive",
      manager: "board@example.com",
      access: { prod: "Dashboard" },
    },
    "alex.dba": {
      email: "alex@example.com",
      github: "example-alex",
      category: "dba",
      manager: "sarah.devops",
      access: { staging: "Dba", prod: "DbRead" },
    },
    "chris.security": {
      email: "chris@example.com",
      github: "example-chris",
      category: "security",
      manager: "maria.cto",
      access: { prod: "Security" },
    },
    "john.developer": {
      email: "john@example.com",
      github: "example-john",
      category: "developer",
      manager: "sarah.devops",
      access: { dev: "Developer", staging: "Developer" },
    },
    "kim.contractor": {
      email: "kim@partner.example",
      github: "example-kim",
      category: "contractor",
      project: "phoenix",
      sponsor: "sarah.devops",
      from: "2026-11-01",
      until: "2027-01-31",
      agreements: { nda: "2026-10-20", baa: "2026-10-20" },
      approvedBy: ["sarah.devops", "chris.security"],
      access: { dev: "Developer" },
    },
  },
  power: ["sarah.devops", "omar.devops"],
  breakGlass: { prod: { primary: "sarah.devops", backup: "maria.cto" } },
  temporary: [
    {
      person: "john.developer",
      account: "prod",
      role: "DbRead",
      from: "2026-11-20T10:00:00Z",
      until: "2026-11-20T14:00:00Z",
      reason: "INC-1042",
      approvedBy: ["alex.dba"],
    },
  ],
  onCall: {
    prod: {
      role: "Ops",
      shifts: [
        { person: "sarah.devops", from: "2026-11-23T09:00:00Z", until: "2026-11-30T09:00:00Z" },
        { person: "omar.devops", from: "2026-11-30T09:00:00Z", until: "2026-12-07T09:00:00Z" },
        { person: "sarah.devops", from: "2026-12-07T09:00:00Z", until: "2026-12-14T09:00:00Z" },
        { person: "omar.devops", from: "2026-12-14T09:00:00Z", until: "2026-12-21T09:00:00Z" },
      ],
    },
  },
  partners: {
    acme: {
      account: "999988887777",
      externalId: "acme-data-sharing-7f3a",
      grants: { prod: "DataShare" },
      resources: { prod: { databases: ["analytics/shared"] } },
    },
  },
  departed: ["old.colleague"],
});
