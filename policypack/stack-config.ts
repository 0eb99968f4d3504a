import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** Every key of a stack's configuration with its text, as `pulumi.runtime.allConfig()` returns it. */
export type StackConfig = Readonly<Record<string, string>>;

/**
 * Remembers the configuration that the engine sends before it asks of any resource: that of the program, whatever file or
 * environment it comes from, decrypted. The SDK's server reads this request, keeps the stack's tags of it, and drops the rest.
 * @returns the configuration; undefined as long as the engine has sent none
 */
export function rememberStackConfig(): () => StackConfig | undefined {
  let config: StackConfig | undefined;
  const { configureStack } = AnalyzerService;
  const deserialize = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (buffer): AnalyzerStackConfigureRequest => {
    const request = deserialize(buffer);
    config = Object.fromEntries(request.getConfigMap().entries());
    return request;
  };
  return () => config;
}
