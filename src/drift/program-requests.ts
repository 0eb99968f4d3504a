import { z } from "zod";

/** A line of the log in which the engine writes every call between itself, the program and plugins. */
const CALL = z.object({
  method: z.string(),
  progress: z.string().optional(),
  request: z.unknown().optional(),
});
const RUN = z.object({ config: z.record(z.string(), z.string()).default({}) });
const REGISTRATION = z.looseObject({ type: z.string(), name: z.string(), parent: z.string().default("") });

const MONITOR = "/pulumirpc.ResourceMonitor/";
const RUN_PROGRAM = "/pulumirpc.LanguageRuntime/Run";

/** What a program says of one resource; its options are those of `RegisterResourceRequest`, in JSON. */
export type ProgramRegistration = z.infer<typeof REGISTRATION>;

/**
 * All that a program asks of the engine in a preview, its options among it, of which the engine's events tell few. The source is the
 * log that `PULUMI_DEBUG_GRPC` asks for: https://www.pulumi.com/docs/support/debugging/logging/
 */
export class ProgramRequests {
  private readonly registered: ProgramRegistration[] = [];
  private readonly asked = new Set<string>();
  private settings: Readonly<Record<string, string>> = {};

  /** Takes in one line of the log. */
  add(line: string): void {
    // Most lines are of plugins, and long.
    if (!line.includes(MONITOR) && !line.includes(RUN_PROGRAM)) return;
    const { method, progress, request } = CALL.parse(JSON.parse(line));
    if (progress !== "request_started") return;
    if (method === RUN_PROGRAM) this.settings = RUN.parse(request).config;
    if (!method.startsWith(MONITOR)) return;
    const name = method.slice(MONITOR.length);
    this.asked.add(name);
    if (name === "RegisterResource") this.registered.push(REGISTRATION.parse(request));
  }

  /** What it registers, in the order in which it does. */
  get registrations(): readonly ProgramRegistration[] {
    return this.registered;
  }

  /** The names of the calls: `RegisterResource`, `RegisterStackTransform`. */
  get calls(): ReadonlySet<string> {
    return this.asked;
  }

  /** The stack's configuration, as the program gets it. */
  get config(): Readonly<Record<string, string>> {
    return this.settings;
  }
}
