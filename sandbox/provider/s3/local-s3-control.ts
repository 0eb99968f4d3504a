import { S3Control, type S3ControlClientConfig } from "@aws-sdk/client-s3-control";

/** S3 Control puts the account's id before the host's name, where the emulator has an address that takes none. */
export class LocalS3Control extends S3Control {
  constructor(configuration: S3ControlClientConfig & { readonly endpoint: string }) {
    super({ ...configuration, endpointProvider: () => ({ url: new URL(configuration.endpoint) }) });
  }
}
