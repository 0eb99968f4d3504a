/** The same text for all ways to write one e-mail address: hardly any provider tells capitals apart. */
export const comparableAddress = (address: string): string => address.normalize("NFKC").toLowerCase();

/** Whether two texts are one e-mail address. */
export const isSameAddress = (one: string, other: string): boolean =>
  comparableAddress(one) === comparableAddress(other);
