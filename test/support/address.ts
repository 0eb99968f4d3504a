let given = 0;

/** An e-mail address that nobody else has: two names with one address are one person. */
export function newAddress(): string {
  given += 1;
  return `person-${given}@example.com`;
}
