import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import {
  CheckFailure,
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  GetSchemaResponse,
  InvokeResponse,
  PropertyDiff,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { describe } from "../describe";
import { unary } from "../plugin/serve";
import { signIn } from "./sign-in";
import { check } from "./check";
import type { Clients } from "./clients";
import { parseConfiguration } from "./configuration";
import { deletesFirst, differences, type Difference } from "./diff";
import { liveInputs } from "./read";
import { resourceTypeOf } from "./resource-types";
import type { LiveResource, Properties, ResourceType } from "./resource-type";
import { withoutIgnored, type Tags } from "./tags";
import { fromWire, isUnknown, toWire, unknown, withDefaults, withoutAbsent } from "./values";

/** A provider that has been told its account. */
interface Configured {
  readonly clients: Clients;
  readonly defaultTags: Tags;
  readonly ignoredTagPrefixes: readonly string[];
}

/**
 * The `aws` provider of the sandbox: Pulumi's provider protocol over the official AWS SDK, for the resource types that
 * Muster uses. Handshake stays unimplemented, so the engine uses the older start-up, Attach and Configure.
 */
export class Provider {
  private configured: Promise<Configured> | undefined;
  private signedIn: { readonly settings: string; readonly configured: Promise<Configured> } | undefined;

  constructor(
    private readonly version: string,
    private readonly endpoint: string,
  ) {}

  methods(): UntypedServiceImplementation {
    return {
      getPluginInfo: unary(() => new PluginInfo().setVersion(this.version)),
      getSchema: unary(() => new GetSchemaResponse().setSchema("{}")),
      attach: unary(() => new Empty()),
      cancel: unary(() => new Empty()),
      checkConfig: unary((request: CheckRequest) => this.checkConfig(request)),
      diffConfig: unary((request: DiffRequest) => this.diffConfig(request)),
      configure: unary((request: ConfigureRequest) => this.configure(request)),
      invoke: unary((request: InvokeRequest) => this.invoke(request)),
      check: unary((request: CheckRequest) => this.check(request)),
      diff: unary((request: DiffRequest) => this.diff(request)),
      create: unary((request: CreateRequest) => this.create(request)),
      read: unary((request: ReadRequest) => this.read(request)),
      update: unary((request: UpdateRequest) => this.update(request)),
      delete: unary((request: DeleteRequest) => this.delete(request)),
    };
  }

  private async checkConfig(request: CheckRequest): Promise<CheckResponse> {
    const settings = fromWire(request.getNews());
    const response = new CheckResponse().setInputs(request.getNews());
    if (isUnknown(settings)) return response;
    try {
      await this.configuredBy(settings);
      return response;
    } catch (error) {
      return response.setFailuresList([new CheckFailure().setReason(describe(error))]);
    }
  }

  /** Never asks for a replacement: a provider that is replaced takes all its resources with it. */
  private diffConfig(request: DiffRequest): DiffResponse {
    const [olds, news] = [fromWire(request.getOldInputs()), fromWire(request.getNews())];
    const changed = Object.keys({ ...olds, ...news }).filter(
      (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    return new DiffResponse()
      .setChanges(
        changed.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
      )
      .setDiffsList(changed);
  }

  private async configure(request: ConfigureRequest): Promise<ConfigureResponse> {
    const settings = fromWire(request.getArgs());
    if (!isUnknown(settings)) this.configured = this.configuredBy(settings);
    await this.configured;
    return new ConfigureResponse().setSupportspreview(true);
  }

  /** Signs in once for the same settings: the engine sends them to be checked, and again to be used. */
  private configuredBy(given: Properties): Promise<Configured> {
    const settings = JSON.stringify(given);
    if (this.signedIn?.settings !== settings) this.signedIn = { settings, configured: this.signIn(given) };
    return this.signedIn.configured;
  }

  private async signIn(settings: Properties): Promise<Configured> {
    const configuration = parseConfiguration(settings, process.env);
    return {
      clients: await signIn(configuration, this.endpoint, process.env),
      defaultTags: configuration.defaultTags,
      ignoredTagPrefixes: configuration.ignoredTagPrefixes,
    };
  }

  private get ready(): Promise<Configured> {
    if (this.configured === undefined) throw new Error("The AWS provider's settings are not known yet.");
    return this.configured;
  }

  private async invoke(request: InvokeRequest): Promise<InvokeResponse> {
    if (request.getTok() !== "aws:index/getCallerIdentity:getCallerIdentity") {
      throw new Error(
        `The sandbox's AWS provider does not know the function ${request.getTok()}. It knows: aws:index/getCallerIdentity:getCallerIdentity.`,
      );
    }
    const { account } = (await this.ready).clients;
    const identity = {
      id: account,
      accountId: account,
      arn: `arn:aws:iam::${account}:root`,
      userId: account,
    };
    return new InvokeResponse().setReturn(toWire(identity));
  }

  private check(request: CheckRequest): CheckResponse {
    const urn = urnOf(request);
    const { inputs, failures } = check({
      type: resourceTypeOf(urn.type),
      olds: fromWire(request.getOlds()),
      news: fromWire(request.getNews()),
      name: urn.name,
      randomSeed: request.getRandomseed_asU8(),
    });
    return new CheckResponse()
      .setInputs(toWire(inputs))
      .setFailuresList(
        failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
      );
  }

  private async diff(request: DiffRequest): Promise<DiffResponse> {
    const type = resourceTypeOf(urnOf(request).type);
    const olds = await this.recorded(type, fromWire(request.getOldInputs()), fromWire(request.getOlds()));
    const news = await this.effective(type, fromWire(request.getNews()));
    return diffResponse(differences(type, olds, news), deletesFirst(type, olds, news));
  }

  private async create(request: CreateRequest): Promise<CreateResponse> {
    const type = resourceTypeOf(urnOf(request).type);
    const inputs = fromWire(request.getProperties());
    const effective = await this.effective(type, inputs);
    if (request.getPreview()) {
      const computed = Object.fromEntries(Object.keys(type.computed).map((output) => [output, unknown]));
      return new CreateResponse().setProperties(toWire(outputs(type, inputs, effective, computed)));
    }
    const created = await type.create(withDefaults(type, effective), (await this.ready).clients);
    return new CreateResponse()
      .setId(created.id)
      .setProperties(toWire(outputs(type, inputs, effective, created.computed)));
  }

  private async read(request: ReadRequest): Promise<ReadResponse> {
    const type = resourceTypeOf(urnOf(request).type);
    const before = fromWire(request.getInputs());
    const known = { id: request.getId(), outputs: fromWire(request.getProperties()) };
    const all = await type.read(known, (await this.ready).clients);
    if (all === undefined) return new ReadResponse();
    const found = await this.withoutIgnoredTags(type, all);
    const computed = { ...computedOutputs(type, known.outputs), ...withoutAbsent(found.computed) };

    const live = liveInputs(type, found, await this.effective(type, before));
    const inputs = await this.withoutDefaultTags(live, before);
    return new ReadResponse()
      .setId(found.id)
      .setInputs(toWire(inputs))
      .setProperties(toWire(outputs(type, inputs, live, computed)));
  }

  private async update(request: UpdateRequest): Promise<UpdateResponse> {
    const type = resourceTypeOf(urnOf(request).type);
    const oldOutputs = fromWire(request.getOlds());
    const olds = await this.recorded(type, fromWire(request.getOldInputs()), oldOutputs);
    const inputs = fromWire(request.getNews());
    const news = await this.effective(type, inputs);
    const changed = new Set(differences(type, olds, news).map(({ property }) => property));
    const computed = computedOutputs(type, oldOutputs);
    const moving = Object.keys(type.computed).filter((output) =>
      type.computed[output]?.some((cause) => changed.has(cause)),
    );
    if (request.getPreview()) {
      const moved = Object.fromEntries(moving.map((output) => [output, unknown]));
      return new UpdateResponse().setProperties(
        toWire(outputs(type, inputs, news, { ...computed, ...moved })),
      );
    }
    const { clients } = await this.ready;
    const change = { olds: withDefaults(type, olds), news: withDefaults(type, news), changed };
    await type.update?.({ id: request.getId(), outputs: oldOutputs }, change, clients);
    const updated = outputs(type, inputs, news, computed);
    if (moving.length === 0) return new UpdateResponse().setProperties(toWire(updated));
    const found = await type.read({ id: request.getId(), outputs: updated }, clients);
    return new UpdateResponse().setProperties(
      toWire({ ...updated, ...withoutAbsent(found?.computed ?? {}) }),
    );
  }

  private async delete(request: DeleteRequest): Promise<Empty> {
    const type = resourceTypeOf(urnOf(request).type);
    const known = { id: request.getId(), outputs: fromWire(request.getProperties()) };
    await type.delete?.(known, (await this.ready).clients);
    return new Empty();
  }

  /** Inputs with the provider's default tags merged in, which is what AWS gets to see. */
  private async effective(type: ResourceType, inputs: Properties): Promise<Properties> {
    if (!("tags" in type.properties)) return inputs;
    const { defaultTags } = await this.ready;
    const tags = { ...defaultTags, ...(inputs["tags"] as Tags | undefined) };
    return Object.keys(tags).length === 0 ? inputs : { ...inputs, tags };
  }

  /** The inputs that AWS had at the last operation: of the tags, `tagsAll` of the outputs knows. */
  private async recorded(
    type: ResourceType,
    inputs: Properties,
    oldOutputs: Properties,
  ): Promise<Properties> {
    if (!("tags" in type.properties)) return inputs;
    const tags = oldOutputs["tagsAll"] as Tags | undefined;
    if (tags === undefined) return this.effective(type, inputs);
    return withoutAbsent({ ...inputs, tags: Object.keys(tags).length === 0 ? undefined : tags });
  }

  private async withoutIgnoredTags(
    type: ResourceType,
    found: LiveResource<Properties>,
  ): Promise<LiveResource<Properties>> {
    if (!("tags" in type.properties)) return found;
    const { ignoredTagPrefixes } = await this.ready;
    const tags = withoutIgnored(found.inputs["tags"] as Tags | undefined, ignoredTagPrefixes);
    return { ...found, inputs: { ...found.inputs, tags } };
  }

  private async withoutDefaultTags(live: Properties, before: Properties): Promise<Properties> {
    const { defaultTags } = await this.ready;
    const [tags, own] = [live["tags"], before["tags"]];
    if (tags === undefined || Object.keys(defaultTags).length === 0) return live;
    const kept = Object.entries(tags as Tags).filter(
      ([key, value]) => defaultTags[key] !== value || (own !== undefined && key in (own as Tags)),
    );
    return { ...live, tags: kept.length === 0 && own === undefined ? undefined : Object.fromEntries(kept) };
  }
}

function urnOf(request: { getUrn(): string }): { type: string; name: string } {
  const [, , types = "", ...name] = request.getUrn().split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

function outputs(
  type: ResourceType,
  inputs: Properties,
  effective: Properties,
  computed: Properties,
): Properties {
  const tagsAll = "tags" in type.properties ? { tagsAll: effective["tags"] ?? {} } : {};
  return { ...withDefaults(type, inputs), ...tagsAll, ...computed };
}

function computedOutputs(type: ResourceType, outputs: Properties): Properties {
  return withoutAbsent(
    Object.fromEntries(Object.keys(type.computed).map((output) => [output, outputs[output]])),
  );
}

const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function diffResponse(changes: readonly Difference[], deleteBeforeReplace: boolean): DiffResponse {
  const replaces = changes.filter((change) => change.replaces).map((change) => change.property);
  const response = new DiffResponse()
    .setChanges(changes.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
    .setDiffsList(changes.map((change) => change.property))
    .setReplacesList(replaces)
    .setDeletebeforereplace(replaces.length > 0 && deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { property, kind, replaces: replacing } of changes) {
    const [inPlace, replace] = kinds[kind];
    response
      .getDetaileddiffMap()
      .set(property, new PropertyDiff().setKind(replacing ? replace : inPlace).setInputdiff(true));
  }
  return response;
}
