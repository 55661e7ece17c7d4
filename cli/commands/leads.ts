import { type Command, InvalidArgumentError } from 'commander';
import { nullable } from '../../shared/codecs/nullable';
import { counted } from '../../shared/operations/views/counted';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { commandWith, type Manual } from '../manual/manual';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { apiAnswer } from '../stack/api-answer';
import { exitCodes } from '../terminal/exit-codes';
import { noteOwnerHint } from '../terminal/note-owner-hint';
import { apiUrl } from '../terminal/options';
import { tableRow } from '../terminal/table-row';

type Query = Readonly<{ email?: string; owner?: string; status?: string; limit?: string; next?: string }>;

type LeadsOptions = Query & Readonly<{ apiUrl?: string }>;

const page = t.type({
  leads: t.array(
    t.intersection([
      t.type({ lead_id: t.string }),
      t.partial({
        state: nullable(t.string),
        status: nullable(t.string),
        display_name: nullable(t.string),
        updated_at: t.string,
      }),
    ]),
  ),
  next: nullable(t.string),
});

const row = tableRow([24, 11, 16, 26, 0]);

const limit = (text: string): string => {
  if (!/^([1-9]\d?|100)$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 100.');
  return text;
};

const manual: Manual = {
  details: [
    'The credentials need the permission execute-api:Invoke on GET /leads. The reader of the stack has it (output ' +
      'ReaderUserName).',
  ],
  examples: [
    ['Leads with an address', 'leadline leads --email carol@example.com'],
    ['The latest 10 leads of an owner', 'leadline leads --owner bob.builder@example.com --limit 10'],
    [
      'Without the permission to describe the stack',
      'leadline leads --status open --api-url https://api.example.com/Prod',
    ],
  ],
  needsOneOf: ['--email', '--owner', '--status'],
  seeAlso: ['lead', 'docs/sources.md'],
};

/** `leadline leads` */
export const leadsCommand = (session: Session): Command =>
  commandWith('leads', manual)
    .description('Finds leads by a query to the API, signed with the credentials of the environment')
    .option('--email <address>', 'leads with this address')
    .option('--owner <who>', 'leads of this owner: the address; the name only if the owner has no address')
    .option('--status <text>', 'leads with this status in the CRM')
    .option('--limit <n>', 'at most this many leads, 1 to 100', limit)
    .option('--next <cursor>', 'the next page, by the cursor that the previous page printed')
    .option('--api-url <url>', 'URL of the API, for users who may not describe the stack', apiUrl)
    .action(async ({ apiUrl: url, ...query }: LeadsOptions, command: Command) => {
      const given = [query.email, query.owner, query.status].filter((value) => value !== undefined);
      if (given.length !== 1)
        command.error('error: give exactly one of --email, --owner and --status', { exitCode: exitCodes.usage });
      await findLeads(session, query, url);
    });

const findLeads = async (session: Session, query: Query, url: string | undefined): Promise<void> => {
  const api = await session.api(url);
  const { body } = await apiAnswer(
    await api.get('/leads', query),
    'The credentials need the permission execute-api:Invoke on GET /leads. ' +
      'The reader of the stack has it (output ReaderUserName).',
  );
  const read = page.decode(body);
  if (E.isLeft(read))
    throw new Problem('unreadable', 'The answer of the API is not a page of leads. Check the URL of the API.');
  const { leads, next } = read.right;
  session.print(body, [
    row(['LEAD', 'STATE', 'STATUS', 'UPDATED', 'NAME']),
    ...leads.map(({ lead_id, state, status, updated_at, display_name }) =>
      row([lead_id, state ?? '–', status ?? '–', updated_at ?? '–', display_name ?? '–']),
    ),
    counted(leads.length, 'lead'),
  ]);
  if (next !== null) session.note(`There are more leads. Add --next ${next} to see them.`);
  // A page may have no lead although there are more: the index is behind the table.
  const nothingMatched = leads.length === 0 && next === null;
  if (nothingMatched) noteOwnerHint(session, query.owner);
  session.finish({ nothingMatched });
};
