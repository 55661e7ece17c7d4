import pc from 'picocolors';
import { deadLetterReason } from '../../shared/operations/dead-letter-reason';
import type { EventState } from '../../shared/stored/event-state';
import type { QuarantineState } from '../../shared/stored/quarantine-item';

/** `color` is absent without `--color` and `--no-color`. */
export type ColourOptions = Readonly<{ color?: boolean; json?: true }>;

/**
 * Whether lines for people get colours. An option goes before the environment: NO_COLOR (https://no-color.org),
 * FORCE_COLOR, and TERM=dumb. Without these, only a terminal gets colours. JSON never does.
 */
export const usesColours = (
  { color, json }: ColourOptions,
  { NO_COLOR = '', FORCE_COLOR = '', TERM = '' }: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean => {
  if (json === true) return false;
  if (color !== undefined) return color;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return !/^(0|false)$/i.test(FORCE_COLOR);
  return isTerminal && TERM !== 'dumb';
};

// By its own choice, picocolors would colour each output of a CI.
const { red, green, yellow, cyan, gray } = pc.createColors(true);

type Colour = (text: string) => string;

const ofStates: Readonly<Record<EventState | QuarantineState, Colour>> = {
  RECEIVED: cyan,
  CLAIMED: cyan,
  NOTIFIED: green,
  FAILED: red,
  QUARANTINED: yellow,
  REVALIDATED: green,
  DISCARDED: gray,
};

/** Colours of states and outcomes. Each is a word, so that nobody has to see the colour. */
const colours: Readonly<Record<string, Colour>> = {
  ...ofStates,
  ...Object.fromEntries(Object.keys(deadLetterReason.keys).map((reason) => [reason, yellow])),
  // Findings of `doctor`.
  WARNING: yellow,
  PROBLEM: red,
};

const pattern = new RegExp(`(?<![\\w-])(${Object.keys(colours).join('|')})(?![\\w-])`, 'g');

/**
 * Colours the states and reasons in a line. It is the last step, after the columns of a table are laid out and after the
 * line is made printable, which would remove the colours.
 */
export const coloured = (line: string): string => line.replace(pattern, (word) => colours[word]?.(word) ?? word);
