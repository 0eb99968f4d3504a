import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/**
 * Remembers of which resources the engine asks one by one: those that the program registers. Of what it only reads, by `get` or by the
 * option `id`, the engine asks nothing; at the end it hands over both alike
 * (https://github.com/pulumi/pulumi/blob/v3.256.0/pkg/resource/deploy/step_generator.go, `AnalyzeResources`).
 * @returns whether a URN is one of a registered resource
 */
export function rememberRegistered(): (urn: string) => boolean {
  const registered = new Set<string>();
  const { analyze } = AnalyzerService;
  const deserialize = analyze.requestDeserialize;
  analyze.requestDeserialize = (buffer): AnalyzeRequest => {
    const request = deserialize(buffer);
    registered.add(request.getUrn());
    return request;
  };
  return (urn) => registered.has(urn);
}
