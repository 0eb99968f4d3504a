import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { servePlugin } from "../plugin/serve";
import { LanguageHost } from "./language-host";

const host = new LanguageHost(process.argv[2] ?? "");
servePlugin(LanguageRuntimeService, host.methods(), () => host.endPrograms());
