import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type {
  CheckResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Provider } from "../../../sandbox/provider/provider";
import type { Properties } from "../../../sandbox/provider/resource-type";
import { fromWire, toWire } from "../../../sandbox/provider/values";

/** A resource as the engine keeps it in its state. */
export interface Resource {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

export interface Plan {
  readonly changes: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Talks to the provider as the engine does: the same requests in the same order, without an engine. */
export class EngineStandIn {
  private readonly methods: UntypedServiceImplementation;

  constructor(endpoint: string) {
    this.methods = new Provider("7.0.0", endpoint).methods();
  }

  async configure(settings: Properties): Promise<void> {
    const news = toWire(settings);
    const check = new CheckRequest().setUrn(urn("pulumi:providers:aws", "aws")).setNews(news);
    const checked: CheckResponse = await this.call("checkConfig", check);
    for (const failure of checked.getFailuresList()) throw new Error(failure.getReason());
    await this.call("configure", new ConfigureRequest().setArgs(news));
  }

  async check(
    type: string,
    name: string,
    inputs: Properties,
  ): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new CheckRequest()
      .setUrn(urn(type, name))
      .setNews(toWire(inputs))
      .setRandomseed("c2VlZA==");
    const response: CheckResponse = await this.call("check", request);
    const failures = response
      .getFailuresList()
      .map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
    return { inputs: fromWire(response.getInputs()), failures };
  }

  async previewCreate(type: string, name: string, inputs: Properties): Promise<Properties> {
    const request = new CreateRequest()
      .setUrn(urn(type, name))
      .setProperties(toWire(inputs))
      .setPreview(true);
    const response: CreateResponse = await this.call("create", request);
    return fromWire(response.getProperties());
  }

  async create(type: string, name: string, given: Properties): Promise<Resource> {
    const { inputs } = await this.check(type, name, given);
    const request = new CreateRequest().setUrn(urn(type, name)).setProperties(toWire(inputs));
    const response: CreateResponse = await this.call("create", request);
    return {
      urn: urn(type, name),
      id: response.getId(),
      inputs,
      outputs: fromWire(response.getProperties()),
    };
  }

  /** The resource as it is now; `undefined` where it is gone. */
  async refresh(resource: Resource): Promise<Resource | undefined> {
    const request = new ReadRequest()
      .setUrn(resource.urn)
      .setId(resource.id)
      .setInputs(toWire(resource.inputs))
      .setProperties(toWire(resource.outputs));
    const response: ReadResponse = await this.call("read", request);
    if (response.getId() === "") return undefined;
    return {
      urn: resource.urn,
      id: response.getId(),
      inputs: fromWire(response.getInputs()),
      outputs: fromWire(response.getProperties()),
    };
  }

  async diff(resource: Resource, news: Properties): Promise<Plan> {
    const request = new DiffRequest()
      .setUrn(resource.urn)
      .setId(resource.id)
      .setOlds(toWire(resource.outputs))
      .setOldInputs(toWire(resource.inputs))
      .setNews(toWire(news));
    const response: DiffResponse = await this.call("diff", request);
    return {
      changes: response.getDiffsList(),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async previewUpdate(resource: Resource, news: Properties): Promise<Properties> {
    const response: UpdateResponse = await this.call(
      "update",
      updateRequest(resource, news).setPreview(true),
    );
    return fromWire(response.getProperties());
  }

  async update(resource: Resource, news: Properties): Promise<Resource> {
    const response: UpdateResponse = await this.call("update", updateRequest(resource, news));
    return { ...resource, inputs: news, outputs: fromWire(response.getProperties()) };
  }

  async delete(resource: Resource): Promise<void> {
    const request = new DeleteRequest()
      .setUrn(resource.urn)
      .setId(resource.id)
      .setOldInputs(toWire(resource.inputs))
      .setProperties(toWire(resource.outputs));
    await this.call("delete", request);
  }

  async invoke(token: string): Promise<Properties> {
    const response: InvokeResponse = await this.call("invoke", new InvokeRequest().setTok(token));
    return fromWire(response.getReturn());
  }

  private call<Response>(method: string, request: object): Promise<Response> {
    return new Promise((resolve, reject) => {
      const handler = this.methods[method] as (
        call: { request: object },
        callback: (error: { details: string } | null, response: Response) => void,
      ) => void;
      handler({ request }, (error, response) =>
        error === null ? resolve(response) : reject(new Error(error.details)),
      );
    });
  }
}

function urn(type: string, name: string): string {
  return `urn:pulumi:test::muster::muster:stacks:Component$${type}::${name}`;
}

function updateRequest(resource: Resource, news: Properties): UpdateRequest {
  return new UpdateRequest()
    .setUrn(resource.urn)
    .setId(resource.id)
    .setOlds(toWire(resource.outputs))
    .setOldInputs(toWire(resource.inputs))
    .setNews(toWire(news));
}
