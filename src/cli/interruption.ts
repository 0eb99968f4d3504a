import type { EventEmitter } from "node:events";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** One Ctrl-C comes twice under npm: from the terminal, and from npm, which passes it on. */
const SAME_KEY_PRESS = 1_000;

/** Hears the first interrupt, so that work in steps ends between two of them; a later one ends the program where it is. */
export class Interruption {
  private asked = false;
  private readonly hear = (): void => {
    if (this.asked) return;
    this.asked = true;
    this.notice();
    setTimeout(() => this.end(), this.samePress).unref();
  };

  /** @param notice says that the present step is finished first */
  constructor(
    private readonly notice: () => void,
    private readonly signals: Pick<EventEmitter, "on" | "off"> = process,
    private readonly samePress = SAME_KEY_PRESS,
  ) {
    for (const signal of SIGNALS) signals.on(signal, this.hear);
  }

  get isAsked(): boolean {
    return this.asked;
  }

  /** From here on an interrupt ends the program. */
  end(): void {
    for (const signal of SIGNALS) this.signals.off(signal, this.hear);
  }
}
