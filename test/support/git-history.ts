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
  /** A name, or a name and an address: `Ann <ann@example.com>`. */
  readonly author?: string;
  /** The author where absent. */
  readonly committer?: string;
  /** What the message says after the subject. */
  readonly body?: string;
  /** The branch that it is on; main where absent. A branch that is not there yet begins at main. */
  readonly on?: string;
  /** The branch that it merges. What `files` does not say is as it is on its own branch. */
  readonly merges?: string;
}

/** `author Ann <ann@example.com>` of fast-import. */
const identity = (person: string): string => (person.includes("<") ? person : `${person} <test@example.com>`);

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

  /** Commits on main or other branches; the working tree stays as it is. */
  add(commits: readonly WrittenCommit[]): void {
    const there = new Set(this.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n"));
    const begun = new Set<string>();
    const beginning = (branch: string): readonly string[] => {
      if (begun.has(branch)) return [];
      if (there.has(branch)) return [`from refs/heads/${branch}^0`];
      if (begun.has("main")) return ["from refs/heads/main"];
      return there.has("main") ? ["from refs/heads/main^0"] : [];
    };
    const input = commits.map((commit) => {
      const { at, subject, body, files, author = "test", on = "main", merges } = commit;
      const seconds = String(Date.parse(at) / 1_000);
      const from = beginning(on);
      const isFirst = from.length === 0 && !begun.has(on);
      const all = isFirst ? { ...DEFINE, ...files } : files;
      begun.add(on);
      const message = [subject, ...(body === undefined ? [] : ["", body])].join("\n");
      return [
        `commit refs/heads/${on}`,
        `author ${identity(author)} ${seconds} +0000`,
        `committer ${identity(commit.committer ?? author)} ${seconds} +0000`,
        `data ${String(Buffer.byteLength(message))}`,
        message,
        ...from,
        ...(merges === undefined ? [] : [`merge refs/heads/${merges}`]),
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
