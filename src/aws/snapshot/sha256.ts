import { createHash } from "node:crypto";

/** 64 hexadecimal digits. */
export const sha256Of = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");
