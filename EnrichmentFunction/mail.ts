import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { Mail } from '../shared/ports/mail';
import { ownerNames } from '../shared/lead/owner';
import { replaceUnprintable } from '../shared/codecs/visible-text';

/** The mail about a lead. What senders wrote is shown as text, whatever it contains. */
export const mailAbout = ({ record: { event, eventId }, owner }: EnrichedLead): Mail => {
  const name = printable(event.display_name ?? '') || event.email;
  const ownedBy =
    ownerNames(owner)
      .map(printable)
      .find((text) => text !== '') ?? '–';
  const subject = shorten(`Lead ${name} (${event.lead_id}) for ${ownedBy}`, 200);
  const rows: readonly (readonly [string, string])[] = [
    ['Lead', `${name} (${event.lead_id})`],
    ['Email', event.email],
    ['Status', printable(event.status ?? '') || '–'],
    ['Owner', ownedBy],
    ['Source', printable(event.source)],
    ['Event', eventId],
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
 * One line of visible text: control characters could start another header or line, format characters could turn the
 * direction of what follows.
 */
const printable = (text: string): string => shorten(replaceUnprintable(text, () => ' ').trim(), 256);

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
