/**
 * The first place of an error's stack: `at overviewOf (/app/overview-of.ts:12:3)`. Empty if there is none. The stack begins
 * with the message, whose lines may look like places and may quote what a sender wrote, so that it is skipped.
 */
export const placeOfError = ({ stack = '', message }: Error): string => {
  const start = stack.indexOf(message);
  // A message that was changed later is not in the stack.
  const places = start === -1 ? stack : stack.slice(start + message.length);
  return (/^ +at .+$/m.exec(places)?.[0] ?? '').trim();
};
