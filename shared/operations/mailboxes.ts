import * as t from 'io-ts';

/** A mail that a local cloud has kept. */
export type KeptMail = Readonly<{ to: readonly string[]; subject: string; text: string; at?: string }>;

/** The path at which a local cloud lists mails, and how to read the list. */
type Mailbox = Readonly<{ path: string; read: (json: unknown) => readonly KeptMail[] | undefined }>;

/** MiniStack lists mails by account id. `Timestamp` is text, or seconds since 1970. */
const miniStack = t.type({
  messages: t.record(
    t.string,
    t.array(
      t.intersection([
        t.type({ Subject: t.string, BodyText: t.string }),
        t.partial({ To: t.array(t.string), Timestamp: t.union([t.string, t.number]) }),
      ]),
    ),
  ),
});

const localStack = t.type({
  messages: t.array(
    t.intersection([
      t.type({ Subject: t.string, Body: t.partial({ text_part: t.union([t.string, t.null]) }) }),
      t.partial({
        Destination: t.partial({ ToAddresses: t.array(t.string) }),
        Timestamp: t.union([t.string, t.number]),
      }),
    ]),
  ),
});

const moment = (at: string | number | undefined): Pick<KeptMail, 'at'> => {
  const date = new Date(typeof at === 'number' ? at * 1000 : (at ?? NaN));
  return Number.isNaN(date.getTime()) ? {} : { at: date.toISOString() };
};

/** The mailboxes of the local clouds, in the order in which they are tried. */
export const mailboxes: readonly Mailbox[] = [
  {
    path: '/_ministack/ses/messages',
    read: (json) =>
      miniStack.is(json)
        ? Object.values(json.messages)
            .flat()
            .map(({ To = [], Subject, BodyText, Timestamp }) => ({
              to: To,
              subject: Subject,
              text: BodyText,
              ...moment(Timestamp),
            }))
        : undefined,
  },
  {
    path: '/_aws/ses',
    read: (json) =>
      localStack.is(json)
        ? json.messages.map(({ Destination, Subject, Body, Timestamp }) => ({
            to: Destination?.ToAddresses ?? [],
            subject: Subject,
            text: Body.text_part ?? '',
            ...moment(Timestamp),
          }))
        : undefined,
  },
];
