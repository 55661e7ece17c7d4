/**
 * Whether a text has no visible character. DynamoDB makes no key of an index of empty text, and nobody can ask for what he does not see:
 * control and format characters count as nothing.
 */
export const isBlank = (text: string): boolean => /^[\p{Cc}\p{Cf}\p{Z}]*$/u.test(text);
