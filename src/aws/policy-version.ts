/** `v3` is 3; IAM counts on and never gives a number again. */
export const versionNumber = (id: string): number => Number(id.slice(1));
