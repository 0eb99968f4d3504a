declare const brand: unique symbol;

/** A `Base` that only its own parser makes, so that a plain string is never mistaken for one. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
