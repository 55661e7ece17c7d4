import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { Mail } from '../shared/ports/mail';
import { ownerNames } from '../shared/lead/owner';
import { replaceUnprintable } from '../shared/codecs/visible-text';

/**
 * The mail about a lead, with a subject of at most 200 characters. Whatever a sender or an owner's file contains is
 * shown as text: it adds no header, no line and no markup.
 */
export const mailAbout = ({ record: { event, eventId, correlationId }, owner }: EnrichedLead): Mail => {
  const name = oneLine(event.display_name ?? '') || event.email;
  const ownedBy =
    ownerNames(owner)
      .map(oneLine)
      .find((text) => text !== '') ?? '–';
  const subject = shorten(`Lead ${name} (${event.lead_id}) for ${ownedBy}`, 200);
  const rows: readonly (readonly [string, string])[] = [
    ['Lead', `${name} (${event.lead_id})`],
    ['Email', event.email],
    ['Status', oneLine(event.status ?? '') || '–'],
    ['Owner', ownedBy],
    ['Source', oneLine(event.source)],
    ['Event', eventId],
    // The line by which a reader of the mail can ask for the log of the lead (docs/decisions/0042).
    ['Request', oneLine(correlationId)],
  ];
  return {
    subject,
    text: `${rows.map(([label, value]) => `${label}: ${value}`).join('\n')}\n`,
    html: `<!doctype html><html><body><h1>${escapeHtml(subject)}</h1><table>${rows
      .map(([label, value]) => `<tr><th align="left">${label}</th><td>${escapeHtml(value)}</td></tr>`)
      .join('')}</table></body></html>`,
  };
};

/**
 * A text as one line of the mail. Unprintable characters become spaces: a control character could start another header
 * or line, a format character could change the direction of the text after it.
 */
const oneLine = (text: string): string => shorten(replaceUnprintable(text, () => ' ').trim(), 256);

const shorten = (text: string, max: number): string => {
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
