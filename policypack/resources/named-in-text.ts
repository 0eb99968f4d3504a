/** Beside a secret's name its ARN has six letters that AWS chose: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
const SUFFIX_OF_SECRET = /-[\dA-Za-z]{6}$/;

/** The bucket of an address such as `infra-trail.s3.eu-west-1.amazonaws.com`. */
const BUCKET_IN_HOST = /^(.+?)\.s3[.-]/i;

/** A hyphen and its letters. */
const SUFFIX_LENGTH = 7;

const SEPARATOR = /[:/]/g;

/** What stands between the items of a list, and around a name in an expression or a query. No name of Muster's has any of it. */
const AROUND_ITEMS = /[,;'"`()[\]{}<>=&?#|]/;

/** Items of a list that is written as one text. Words with white space between them are prose, which acts on nothing. */
function itemsOf(text: string): readonly string[] {
  const items = text.split(AROUND_ITEMS).map((item) => item.trim());
  return items.some((item) => /\s/.test(item)) ? [] : items;
}

/** Everything from one separator of a text to another, up to a length. */
function* partsOf(text: string, longest: number): Iterable<string> {
  const separators = [...text.matchAll(SEPARATOR)].map(({ index }) => index);
  const starts = [0, ...separators.map((index) => index + 1)];
  const ends = [...separators, text.length];
  for (const [first, start] of starts.entries()) {
    for (const end of ends.slice(first)) {
      if (end - start > longest) break;
      yield text.slice(start, end);
    }
  }
}

/**
 * The names that a text may have in it: the text itself, and of each item of a list every part of an ARN, a path or an address. What is
 * longer than the longest name that there is cannot be one.
 */
export function* namedInText(text: string, longest: number): Iterable<string> {
  yield text;
  for (const item of itemsOf(text)) {
    for (const part of partsOf(item, longest + SUFFIX_LENGTH)) {
      yield part;
      if (SUFFIX_OF_SECRET.test(part)) yield part.replace(SUFFIX_OF_SECRET, "");
    }
    for (const part of item.split(SEPARATOR)) {
      const bucket = BUCKET_IN_HOST.exec(part)?.[1];
      if (bucket !== undefined) yield bucket;
    }
  }
}
