import path from "node:path";

/** The project that a command belongs to, whichever folder it is run in. */
export const PROJECT_FOLDER = path.join(__dirname, "..", "..");
