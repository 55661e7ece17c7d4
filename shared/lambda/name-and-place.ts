import { placeOfError } from '../codecs/place-of-error';

/**
 * The facts about an unexpected error that a log may hold: the error's name, and the first place of its stack. Its
 * message is left out, because it may quote what a sender wrote.
 */
export const nameAndPlace = (error: unknown): Readonly<{ error_name: string; error_place: string }> => ({
  error_name: error instanceof Error ? error.name : typeof error,
  error_place: error instanceof Error ? placeOfError(error) : '',
});
