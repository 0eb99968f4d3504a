/** Where the numbers of addresses with 128 bits begin, so that they share none with those of 32. */
export const LONG_ADDRESSES = 1n << 32n;

const END = LONG_ADDRESSES + (1n << 128n);

function shortNumber(text: string): bigint | undefined {
  const bytes = text.split(".").map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function longNumber(text: string): bigint | undefined {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return undefined;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return LONG_ADDRESSES + groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** `10.0.0.1` or `2001:db8::1` as one number, or undefined where the text is no address. */
export const addressNumber = (text: string): bigint | undefined =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? shortNumber(text) : longNumber(text);

/** Whether a number is that of an address of IPv4 or IPv6. */
export const isAddressNumber = (number: bigint): boolean => number >= 0n && number < END;

/** The address of a number, without abbreviation. */
export function addressText(number: bigint): string {
  if (number < LONG_ADDRESSES) {
    return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join(".");
  }
  const value = number - LONG_ADDRESSES;
  return [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
    .map((shift) => ((value >> shift) & 65_535n).toString(16))
    .join(":");
}

/** The first and the last number of `10.0.0.0/8`, or of one address. Undefined where the text is neither. */
export function addressRange(text: string): { readonly from: bigint; readonly to: bigint } | undefined {
  const [address = "", bits] = text.split("/");
  const number = addressNumber(address);
  if (number === undefined) return undefined;
  const isShort = number < LONG_ADDRESSES;
  const width = isShort ? 32 : 128;
  const length = bits === undefined ? width : Number(bits);
  if (!Number.isInteger(length) || length < 0 || length > width) return undefined;
  const size = 1n << BigInt(width - length);
  const start = isShort ? 0n : LONG_ADDRESSES;
  const from = ((number - start) / size) * size + start;
  return { from, to: from + size - 1n };
}
