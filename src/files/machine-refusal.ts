/** What the machine refuses, whoever asks for it: no right to write, a full disk, a file that is too large, a folder in use, too many files. */
const CODES = ["EACCES", "EBUSY", "EDQUOT", "EFBIG", "EMFILE", "ENOSPC", "EPERM", "EROFS"];

/** Whether an error is the machine's refusal, which users can put right, and whose message is one sentence. */
export const isRefusedByMachine = (error: unknown): error is Error =>
  error instanceof Error && CODES.some((code) => code === Reflect.get(error, "code"));
