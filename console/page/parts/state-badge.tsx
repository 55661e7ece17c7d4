import type { ReactNode } from 'react';
import { badges, type BadgeState, type Tone } from '../format/states';

/** A state as a colour and a word. The word alone says it. */
export const StateBadge = ({ state }: Readonly<{ state: BadgeState }>) => {
  const { tone, word } = badges[state];
  return <Badge tone={tone}>{word}</Badge>;
};

/** A word in the colour of a meaning: waiting, in work, good, failed, held, done with. */
export const Badge = ({ tone, children }: Readonly<{ tone: Tone; children: ReactNode }>) => (
  <span className={`state s-${tone}`}>{children}</span>
);
