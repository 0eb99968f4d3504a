import type { STSClientConfig } from "@aws-sdk/client-sts";
import { recordCalls } from "./call-recorder";

/** What every AWS client of one provider instance is built with. */
export interface ClientConfiguration {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: NonNullable<STSClientConfig["credentials"]>;
}

/** The AWS clients of one provider instance, each made when it is first asked for. */
export class Clients {
  private readonly made = new Map<unknown, unknown>();
  private readonly elsewhere = new Map<string, Clients>();

  constructor(
    private readonly configuration: ClientConfiguration,
    /** Twelve digits. */
    readonly account: string,
  ) {}

  get region(): string {
    return this.configuration.region;
  }

  /** Clients of the same account in another region. */
  inRegion(region: string): Clients {
    if (region === this.region) return this;
    const existing = this.elsewhere.get(region);
    if (existing !== undefined) return existing;
    const clients = new Clients({ ...this.configuration, region }, this.account);
    this.elsewhere.set(region, clients);
    return clients;
  }

  /** The client of a service: `clients.of(IAM)`. */
  of<Client>(service: new (configuration: ClientConfiguration) => Client): Client {
    const existing = this.made.get(service) as Client | undefined;
    if (existing !== undefined) return existing;
    const client = new service(this.configuration);
    recordCalls(client, this);
    this.made.set(service, client);
    return client;
  }

  /** An ARN in this account and region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }
}
