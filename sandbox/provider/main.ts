import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin } from "../plugin/serve";
import { loopbackEndpoint } from "./endpoint";
import { Provider } from "./provider";

// The first argument is the version of @pulumi/aws that this plugin stands in for; the engine adds its own address.
const version = process.argv[2] ?? "";

// This program's output is read by the engine alone, so the refusal goes where the engine shows it.
try {
  servePlugin(ResourceProviderService, new Provider(version, loopbackEndpoint(process.env)).methods());
} catch (error) {
  // The plugin is compiled apart from src (sandbox/build.ts), so that it imports nothing from there.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
