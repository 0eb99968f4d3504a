import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** Every key of a stack's configuration with its text, as `pulumi.runtime.allConfig()` returns it. */
export type StackConfig = Readonly<Record<string, string>>;

/** The engine's facts about the current stack, whether or not the program registers anything. */
export interface SentStack {
  /** Which is the account's key. */
  readonly name: string;
  readonly project: string;
  /** Whether nothing is made: a preview, of which the end is told all that was found. */
  readonly isPreview: boolean;
  readonly config: StackConfig;
}

/**
 * Remembers the stack that the engine sends before it asks of any resource, with its configuration: that of the program, whatever
 * file or environment it comes from, decrypted. The SDK's server reads this request, keeps the stack's tags of it, and drops the rest.
 * @returns the stack; undefined as long as the engine has sent none
 */
export function rememberStack(): () => SentStack | undefined {
  let stack: SentStack | undefined;
  const { configureStack } = AnalyzerService;
  const deserialize = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (buffer): AnalyzerStackConfigureRequest => {
    const request = deserialize(buffer);
    stack = {
      name: request.getStack(),
      project: request.getProject(),
      isPreview: request.getDryRun(),
      config: Object.fromEntries(request.getConfigMap().entries()),
    };
    return request;
  };
  return () => stack;
}
