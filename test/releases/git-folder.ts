import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A git repository in a temporary folder. */
export class GitFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "muster-git-")));

  constructor() {
    this.git("init", "--quiet", "--initial-branch", "main");
  }

  git(...args: readonly string[]): string {
    const author = [
      "user.name=test",
      "user.email=test@example.com",
      "commit.gpgsign=false",
      "tag.gpgsign=false",
    ];
    return execFileSync("git", [...author.flatMap((setting) => ["-c", setting]), ...args], {
      cwd: this.path,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  }

  /** Commits a text, and answers the commit. */
  commit(text: string): string {
    writeFileSync(join(this.path, "file.txt"), text);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", text);
    return this.git("rev-parse", "HEAD");
  }

  /** A clone within this folder that has the last commit alone. */
  shallowCopy(): string {
    this.git("clone", "--quiet", "--depth", "1", `file://${this.path}`, "shallow");
    return join(this.path, "shallow");
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
