import { type Argument, type Command, InvalidArgumentError, type Option } from 'commander';
import { isBlank } from '../../shared/codecs/visible-text';

/** A variable that is not set leaves an empty value, which some calls of AWS take for "any": no option or argument takes one. */
export const refuseEmptyValues = (command: Command): void => {
  for (const taker of [...command.options, ...command.registeredArguments]) refuseIn(taker);
};

const refuseIn = (taker: Option | Argument): void => {
  const { parseArg } = taker;
  taker.argParser((value: string, previous: unknown): unknown => {
    if (isBlank(value)) throw new InvalidArgumentError('It is empty. Give a value.');
    if (parseArg !== undefined) return parseArg(value, previous);
    return taker.variadic ? [...(Array.isArray(previous) ? (previous as readonly unknown[]) : []), value] : value;
  });
};
