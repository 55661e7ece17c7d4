import type { deadLetterDetailView } from '../../shared/operations/views/dead-letter-view';
import { reasonTexts } from '../../shared/operations/views/reason-text';
import { fixText } from './fix-text';
import { timelineLines } from './timeline-lines';

/** A dead letter in full: one line for each field, what its reason means, then the timeline of its event. */
export const deadLetterLines = (details: ReturnType<typeof deadLetterDetailView>): readonly string[] => {
  const { event, body, ...fields } = details;
  const { why } = reasonTexts[details.reason];
  return [
    ...Object.entries(fields).map(([name, value]) => line(name, String(value ?? '–'))),
    line('why', why),
    line('fix', fixText(details.reason, details.lead_id)),
    line('body', body ?? 'not a message of Leadline; --raw prints it'),
    ...(event === null ? [] : timelineLines(event)),
  ];
};

const line = (name: string, value: string): string => `${name.padEnd(14)} ${value}`;
