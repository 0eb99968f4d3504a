/** A text as one word of a POSIX shell: `'my profile'`. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
