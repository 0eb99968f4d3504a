/** Something that the prover does not understand. What rests on it is not proven. */
export class NotModelled extends Error {}
