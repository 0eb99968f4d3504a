import { isRecording, recordFor, type ProviderOperation, type Subject } from "./call-recorder";
import type { Known, Properties, ResourceType } from "./resource-type";
import type { Tags } from "./tags";

function subjectOf(
  type: string,
  operation: ProviderOperation,
  { outputs: { arn, tagsAll } }: Known<Properties>,
  tags = tagsAll as Tags | undefined,
): Subject {
  return { type, operation, tags: tags ?? {}, ...(typeof arn === "string" && { arn }) };
}

/** The type, whose calls are recorded as made for it. */
export function recordedAs(token: string, type: ResourceType): ResourceType {
  if (!isRecording) return type;
  return {
    ...type,
    create: (inputs, clients) => {
      const tags = (inputs["tags"] ?? {}) as Tags;
      return recordFor({ type: token, operation: "create", tags }, () => type.create(inputs, clients));
    },
    read: (known, clients) => recordFor(subjectOf(token, "read", known), () => type.read(known, clients)),
    ...(type.update && {
      update: async (known, change, clients) => {
        const tags = change.olds["tags"] as Tags | undefined;
        await recordFor(subjectOf(token, "update", known, tags), () => type.update?.(known, change, clients));
      },
    }),
    ...(type.delete && {
      delete: async (known, clients) => {
        await recordFor(subjectOf(token, "delete", known), () => type.delete?.(known, clients));
      },
    }),
  };
}
