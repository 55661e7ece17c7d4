import * as t from 'io-ts';
import { instant } from '../codecs/instant';

/** After how many hours without a new lead a source is silent. */
export const silenceHours = t.refinement(
  t.number,
  (hours) => Number.isInteger(hours) && hours >= 1 && hours <= 720,
  'a whole number of hours from 1 to 720',
);

/** When a source last sent a new lead, as its item in the table has it. */
export const sourceActivity = t.readonly(
  t.type({
    /** The id of the source. */
    sk: t.string,
    last_at: instant,
    /** The setting of the source at that time. */
    silence_hours: silenceHours,
    /** Seconds since 1970. */
    expires_at: t.number,
  }),
  'SourceActivity',
);

export type SourceActivity = t.TypeOf<typeof sourceActivity>;

const hourMs = 3_600_000;

/** A container of IngestionFunction notes the activity of a source at most once in this time, in milliseconds. */
export const noteEveryMs = (hours: number): number => (hours * hourMs) / 24;

/** How long a source counts as silent at most. After that it is taken for one that is gone. */
const alarmMs = 7 * 24 * hourMs;

export const activityAt = (source: string, hours: number, at: Date): SourceActivity => ({
  sk: source,
  last_at: at.toISOString(),
  silence_hours: hours,
  expires_at: Math.floor((at.getTime() + hours * hourMs + alarmMs) / 1000),
});

/**
 * Whether a source has been silent for longer than its setting allows. The latest lead may be newer than the note by
 * `noteEveryMs`, so that this time is added. DynamoDB deletes an expired item up to some days late, so that an expired
 * item does not count.
 */
export const isSilent = ({ last_at, silence_hours, expires_at }: SourceActivity, now: Date): boolean =>
  Date.parse(last_at) + silence_hours * hourMs + noteEveryMs(silence_hours) < now.getTime() &&
  now.getTime() < expires_at * 1000;
