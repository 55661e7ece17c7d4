import fc from 'fast-check';
import { mailAbout } from '../../../EnrichmentFunction/mail';
import type { EmailAddress } from '../../../shared/lead/email-address';
import { arbitraryRecord } from '../../support/arbitrary';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

describe('the mail about a lead', () => {
  it('names the lead and its owner in subject, text and HTML', () => {
    const mail = mailAbout({ record: arbitraryRecord({ display_name: 'Alice' }), owner: { owner_name: 'Bob' } });
    for (const part of [mail.subject, mail.text, mail.html]) {
      expect(part).toContain('Alice');
      expect(part).toContain('Bob');
    }
  });

  it('shows each fact with its label, in HTML with escaped values', () => {
    const record = arbitraryRecord({ display_name: `<b>"A" & 'B'</b>`, status: 'new' });
    const { event, eventId, correlationId } = record;
    const { text, html } = mailAbout({ record, owner: { owner_name: 'Bob' } });
    expect(text).toBe(
      `Lead: <b>"A" & 'B'</b> (${event.lead_id})\nEmail: ${event.email}\nStatus: new\nOwner: Bob\n` +
        `Source: ${event.source}\nEvent: ${eventId}\nRequest: ${correlationId}\n`,
    );
    const name = '&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;';
    const row = (label: string, value: string) => `<tr><th align="left">${label}</th><td>${value}</td></tr>`;
    expect(html).toContain(`<h1>Lead ${name} (`);
    expect(html).toContain(
      `<table>${row('Lead', `${name} (${escaped(event.lead_id)})`)}${row('Email', escaped(event.email))}` +
        `${row('Status', 'new')}${row('Owner', 'Bob')}${row('Source', event.source)}${row('Event', eventId)}${row('Request', correlationId)}</table>`,
    );
  });

  it('shows whatever senders write as text: no control characters, no markup of theirs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (name, owner) => {
          const record = arbitraryRecord({ display_name: `${name}<script>`, status: `${name}\r\nBcc: x@example.com` });
          const mail = mailAbout({ record, owner: { owner_name: `${owner}"&'` } });
          expect(mail.subject).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(mail.text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(mail.text.trimEnd().split('\n')).toHaveLength(7);
          expect(mail.html).not.toContain('<script');
          expect(mail.html.replaceAll(/<\/?(!doctype|html|body|h1|table|tr|th|td)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
        },
      ),
    );
  });

  it('names them by what comes next where a name has nothing to show', () => {
    const about = (owner: object) =>
      mailAbout({
        record: arbitraryRecord({ display_name: '\ue000', email: 'a@example.com' as EmailAddress, status: '\ue000' }),
        owner: { ...owner },
      });
    const mail = about({ owner_name: '\ue000', lead_owner: '\u200b', name: 'Bob' });
    expect(mail.subject).toMatch(/^Lead a@example.com \(.*\) for Bob$/);
    expect(mail.text).toContain('Status: –\n');
    expect(about({ owner_name: '\ue000', owner_email: 'bob@example.com' }).subject).toMatch(/for bob@example.com$/);
    expect(about({ owner_name: '\ue000' }).subject).toMatch(/for –$/);
  });

  it('has a subject of at most 200 characters', () => {
    const mail = mailAbout({
      record: arbitraryRecord({ display_name: '😀'.repeat(500) }),
      owner: { owner_name: 'x'.repeat(5000) },
    });
    expect(mail.subject).toMatch(/^Lead (😀)+…$/u);
    expect(Array.from(mail.subject)).toHaveLength(200);
  });
});
