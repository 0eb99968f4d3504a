/** A finding or the like, as it is on the bus. */
type Event = object;

interface InputTransformer {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** What a JSON path of names points at: `$.detail.type`. */
function valueAt(event: Event, path: string): unknown {
  return path
    .split(".")
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined,
      event,
    );
}

/**
 * The parameters that EventBridge makes of an event: a variable in the template stands for the JSON of its value.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function parametersFrom(
  { inputPaths, inputTemplate }: InputTransformer,
  event: Event,
): Readonly<Record<string, readonly string[]>> {
  const text = inputTemplate.replaceAll(/<(\w+)>/g, (variable, name: string) =>
    JSON.stringify(valueAt(event, inputPaths[name] ?? variable) ?? ""),
  );
  return JSON.parse(text) as Readonly<Record<string, readonly string[]>>;
}

interface Step {
  readonly name: string;
  readonly action: string;
  readonly inputs: { readonly Service: string; readonly Api: string } & Readonly<Record<string, string>>;
  readonly onFailure?: string;
  readonly nextStep?: string;
  readonly isEnd?: boolean;
}

interface Automation {
  readonly parameters: Readonly<Record<string, { readonly allowedPattern: string }>>;
  readonly mainSteps: readonly Step[];
}

/** Calls an API of AWS: `iam`, `AttachUserPolicy`, its input. */
export type CallApi = (
  service: string,
  api: string,
  input: Readonly<Record<string, string>>,
) => Promise<unknown>;

/**
 * Runs an automation of `aws:executeAwsApi` alone, as Systems Manager documents it, with its steps' names in their order: parameters
 * are held against their patterns before anything, and a step that fails goes where `onFailure` says.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export async function runAutomation(
  { parameters, mainSteps }: Automation,
  given: Readonly<Record<string, readonly string[]>>,
  call: CallApi,
): Promise<readonly string[]> {
  for (const [name, { allowedPattern }] of Object.entries(parameters)) {
    const [value = ""] = given[name] ?? [];
    if (!new RegExp(allowedPattern).test(value))
      throw new Error(`InvalidAutomationExecutionParametersException: ${name} = ${JSON.stringify(value)}`);
  }
  const filled = (text: string): string =>
    text.replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => given[name]?.[0] ?? "");
  const taken: string[] = [];
  let step = mainSteps[0];
  while (step !== undefined) {
    if (step.action !== "aws:executeAwsApi") throw new Error(`${step.action} is none of what this runs.`);
    taken.push(step.name);
    const { Service, Api, ...inputs } = step.inputs;
    let next = step.isEnd === true ? undefined : step.nextStep;
    try {
      const input = Object.fromEntries(Object.entries(inputs).map(([key, text]) => [key, filled(text)]));
      await call(Service, Api, input);
    } catch (error) {
      next = step.onFailure?.replace(/^step:/, "");
      if (next === undefined) throw error;
    }
    step = mainSteps.find(({ name }) => name === next);
  }
  return taken;
}
