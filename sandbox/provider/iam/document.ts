/** A policy document as AWS takes it: the program may write it as text or as an object. */
export function documentText(document: string | object): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** A policy document as IAM returns it, URL-encoded by RFC 3986 (IAM API reference, `PolicyVersion`). */
export function documentFrom(answer: string | undefined): string {
  return decodeURIComponent(answer ?? "");
}
