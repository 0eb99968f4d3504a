import { UserError } from "../model/problems";

/** The environment variable that holds the webhook's address, which is a secret: whoever knows it may write there. */
export const WEBHOOK_VARIABLE = "MUSTER_NOTICES_WEBHOOK";

const LIMIT_MS = 15_000;
const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/**
 * The address in the environment.
 * @throws UserError where there is none, or one that others could read on its way
 */
export function readWebhook(env: NodeJS.ProcessEnv): URL {
  const text = env[WEBHOOK_VARIABLE] ?? "";
  if (text === "") throw new UserError(`${WEBHOOK_VARIABLE} is not set: it holds the webhook's address.`);
  if (!URL.canParse(text)) throw new UserError(`${WEBHOOK_VARIABLE} holds no address.`);
  const url = new URL(text);
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.includes(url.hostname))) return url;
  throw new UserError(`${WEBHOOK_VARIABLE} has to begin with https://.`);
}

/**
 * Sends a text as Slack's incoming webhooks take it, and others that follow them: `{ "text": … }`.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @throws UserError where it is not taken; it names the host alone, for the rest of the address is a secret
 */
export async function sendText(url: URL, text: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
      // Another place may not be one that was chosen, nor one that is encrypted.
      redirect: "error",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    throw new UserError(
      `${url.host} ${isLate ? `did not answer within ${String(LIMIT_MS / 1_000)} seconds` : "could not be reached, or answered with another address"}.`,
    );
  }
  await response.body?.cancel();
  if (!response.ok)
    throw new UserError(`${url.host} did not take the notices: status ${String(response.status)}.`);
}
