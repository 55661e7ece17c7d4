import { type Argument, type Command, InvalidArgumentError, type Option } from 'commander';
import { isBlank } from '../../shared/codecs/visible-text';

/**
 * Makes all options and arguments of a command refuse an empty value. A shell variable that is not set leaves an empty
 * value, and some calls of AWS take it for "any".
 */
export const refuseEmptyValues = (command: Command): void => {
  for (const parameter of [...command.options.filter(hasValue), ...command.registeredArguments])
    refuseEmptyValue(parameter);
};

/** Commander calls the parser of an option without a value, such as `--json` or `--no-mail`, with `undefined`. */
const hasValue = ({ required, optional }: Option): boolean => required || optional;

const refuseEmptyValue = (parameter: Option | Argument): void => {
  const { parseArg, variadic } = parameter;
  parameter.argParser((value: string, previous: unknown): unknown => {
    if (isBlank(value)) throw new InvalidArgumentError('It is empty. Give a value.');
    if (parseArg !== undefined) return parseArg(value, previous);
    return variadic ? [...(Array.isArray(previous) ? (previous as readonly unknown[]) : []), value] : value;
  });
};
