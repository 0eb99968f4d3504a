import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerResource, AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** What the SDK reads of a request: what a message of Protobuf has turned into JavaScript, anew at each call. */
interface Properties {
  toJavaScript(): object;
}

/** From now on the JavaScript of these properties is made once; the SDK copies what it hands to a policy. */
function keep(properties: Properties | undefined): void {
  if (properties === undefined) return;
  const read = properties.toJavaScript.bind(properties);
  let known: object | undefined;
  properties.toJavaScript = () => (known ??= read());
}

function keepAll(resource: AnalyzeRequest | AnalyzerResource): void {
  keep(resource.getProperties());
  keep(resource.getProvider()?.getProperties());
}

/**
 * The SDK reads the properties of a resource, and of its provider, once for each policy, and those of all resources once for each
 * policy on the stack (`makeAnalyzeRpcFun` of @pulumi/policy 1.21). From now on they are read once a request.
 */
export function readOnce(): void {
  const { analyze, remediate, analyzeStack } = AnalyzerService;
  for (const call of [analyze, remediate]) {
    const deserialize = call.requestDeserialize;
    call.requestDeserialize = (buffer) => {
      const request = deserialize(buffer);
      keepAll(request);
      return request;
    };
  }
  const deserialize = analyzeStack.requestDeserialize;
  analyzeStack.requestDeserialize = (buffer) => {
    const request = deserialize(buffer);
    request.getResourcesList().forEach(keepAll);
    return request;
  };
}
