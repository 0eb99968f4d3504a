import { createRequire, Module } from "node:module";

/**
 * Pulumi's SDK loads npm's resolver of packages, 440 modules, for what a policy pack never does: to find the packages that a function
 * needs which is stored as text (https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/runtime/closure/codePaths.ts). From now on
 * it is loaded when somebody makes one.
 */
function loadArboristLate(): void {
  const ofSdk = createRequire(createRequire(__filename).resolve("@pulumi/pulumi"));
  const file = ofSdk.resolve("@npmcli/arborist");
  if (ofSdk.cache[file] !== undefined) return;
  const late = new Module(file);
  late.loaded = true;
  late.exports = {
    Arborist: function (this: unknown, ...options: readonly unknown[]): unknown {
      Reflect.deleteProperty(ofSdk.cache, file);
      const made: unknown = Reflect.get(Object(ofSdk(file)), "Arborist");
      if (typeof made !== "function") throw new Error("@npmcli/arborist has no Arborist.");
      return Reflect.construct(made, options);
    },
  };
  ofSdk.cache[file] = late;
}

loadArboristLate();
