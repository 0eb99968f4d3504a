/**
 * A text as one of the words that the AWS SDK's declarations list. Pulumi's declarations leave such properties as plain
 * text, and AWS itself refuses what is not among the words.
 */
export function oneOf<Words extends string>(text: string): Words;
export function oneOf<Words extends string>(text: string | undefined): Words | undefined;
export function oneOf<Words extends string>(text: string | undefined): Words | undefined {
  return text as Words | undefined;
}
