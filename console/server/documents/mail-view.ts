import { maskAddress, maskAddressesIn, maskName, maskStatus, maskText } from '../../../shared/codecs/mask-personal';
import { maskSecrets } from '../../../shared/codecs/mask-secrets';
import type { KeptMail } from '../../../shared/operations/mailboxes';

/** Whether a mail is about an event: each mail of EnrichmentFunction names it on a line of its own. */
export const isAbout =
  (eventId: string) =>
  ({ text }: KeptMail): boolean =>
    text.split(/\r?\n/).includes(`Event: ${eventId}`);

/** A mail as it was sent. @param isShown whether personal data are in clear */
export const mailView = ({ to, subject, text, at }: KeptMail, leadId: string, isShown: boolean) => ({
  to: isShown ? to : to.map(maskAddress),
  subject: maskSecrets(isShown ? subject : maskSubject(subject, leadId)),
  text: maskSecrets(isShown ? text : text.split('\n').map(maskLine).join('\n')),
  at: at ?? null,
});

/** `Lead <name> (<lead id>) for <owner>`. A subject that was shortened may have another form. */
const maskSubject = (subject: string, leadId: string): string => {
  const middle = ` (${leadId}) for `;
  const at = subject.lastIndexOf(middle);
  return subject.startsWith('Lead ') && at >= 0
    ? `Lead ${maskName(subject.slice(5, at))}${middle}${maskAddressesIn(subject.slice(at + middle.length))}`
    : maskText(subject);
};

const maskLine = (line: string): string => {
  const [, label = '', value = ''] = /^(Lead|Email|Status|Owner|Source|Event|Request): (.*)$/.exec(line) ?? [];
  switch (label) {
    case '':
      return line.trim() === '' ? line : maskText(line);
    case 'Lead': {
      const id = /\s\([^()]*\)\s*$/.exec(value)?.[0] ?? '';
      return `Lead: ${maskName(value.slice(0, value.length - id.length))}${id}`;
    }
    case 'Email':
      return `Email: ${maskAddress(value)}`;
    case 'Status':
      return `Status: ${maskStatus(value)}`;
    default:
      return `${label}: ${maskAddressesIn(value)}`;
  }
};
