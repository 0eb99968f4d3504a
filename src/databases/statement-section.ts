/** Statements with what they are for, as a comment above them. */
export interface StatementSection {
  readonly title: string;
  /** One a line, or several lines of one; a line that begins with `--` is a comment. */
  readonly lines: readonly string[];
}
