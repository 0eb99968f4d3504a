import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Git as nobody in particular, without anybody's settings. */
export const GIT_ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** The define functions of a time when there was nothing else. */
const DEFINE = {
  "src/model/organization.ts": "export const defineOrganization = (one: unknown) => one;\n",
  "src/model/roster.ts": "export const defineRoster = (_: unknown, one: unknown) => one;\n",
};

export interface WrittenCommit {
  /** ISO instant of the committer. */
  readonly at: string;
  readonly subject: string;
  /** Text by path, or where a symbolic link leads; undefined where a file goes. */
  readonly files: Readonly<Record<string, string | { readonly link: string } | undefined>>;
  readonly author?: string;
}

/** A repository with these commits on main, in a temporary folder. */
export class GitHistory {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), "muster-history-")));
  /** Where the program is in it. */
  readonly project: string;

  constructor(
    commits: readonly WrittenCommit[],
    private readonly prefix = "",
  ) {
    this.project = path.join(this.root, prefix);
    mkdirSync(this.project, { recursive: true });
    this.git("init", "--quiet", "--initial-branch=main");
    this.add(commits);
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.root, env: GIT_ENVIRONMENT, encoding: "utf8" }).trim();
  }

  /** Commits on main; the working tree stays as it is. */
  add(commits: readonly WrittenCommit[]): void {
    const isFirst = this.git("branch", "--list", "main") === "";
    const input = commits.map(({ at, subject, files, author = "test" }, index) => {
      const seconds = Date.parse(at) / 1_000;
      const all = isFirst && index === 0 ? { ...DEFINE, ...files } : files;
      return [
        "commit refs/heads/main",
        `author ${author} <test@example.com> ${String(seconds)} +0000`,
        `committer test <test@example.com> ${String(seconds)} +0000`,
        `data ${String(Buffer.byteLength(subject))}`,
        subject,
        ...(!isFirst && index === 0 ? ["from refs/heads/main^0"] : []),
        ...Object.entries(all).flatMap(([file, text]) => {
          const place = path.posix.join(this.prefix, file);
          if (text === undefined) return [`D ${place}`];
          const [mode, content] = typeof text === "string" ? ["100644", text] : ["120000", text.link];
          return [`M ${mode} inline ${place}`, `data ${String(Buffer.byteLength(content))}`, content];
        }),
        "",
      ].join("\n");
    });
    execFileSync("git", ["fast-import", "--quiet"], {
      cwd: this.root,
      env: GIT_ENVIRONMENT,
      input: input.join(""),
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
