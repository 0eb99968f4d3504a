import {
  Server,
  ServerCredentials,
  status,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { describe } from "../describe";

/** Pulumi's own plugins accept messages of up to 400 MiB (`rpcutil.maxRPCMessageSize` in the engine). */
const maximumMessageBytes = 400 * 1024 * 1024;

/**
 * Serves a Pulumi plugin on a free loopback port and prints the port, which is how the engine finds it.
 * The process ends when the engine interrupts it, and also when the engine dies without a word: the engine
 * holds the other end of standard input.
 */
export function servePlugin(
  service: ServiceDefinition,
  implementation: UntypedServiceImplementation,
  stop: () => void = () => undefined,
): void {
  const server = new Server({
    "grpc.max_receive_message_length": maximumMessageBytes,
    "grpc.max_send_message_length": maximumMessageBytes,
  });
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });

  const end = () => {
    stop();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.stdin.on("end", end);
  process.stdin.on("error", end);
  process.stdin.resume();
}

/** Turns an asynchronous function into a gRPC method; what it throws becomes the error that the engine prints. */
export function unary<Request, Response>(
  method: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => method(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback({ code: status.UNKNOWN, details: describe(error) }),
      );
  };
}
