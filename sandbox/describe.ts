/** Words an error of AWS or Node.js on one line: `EntityAlreadyExists: User with name x already exists.` */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}
