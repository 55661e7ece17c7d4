import { Command, InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { apiAnswer } from '../stack/api-answer';
import { exitCodes } from '../terminal/exit-codes';
import { apiUrl } from '../terminal/options';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { tableRow } from '../terminal/table-row';

type Asked = Readonly<{ email?: string; owner?: string; status?: string; limit?: string; next?: string }>;

type Asking = Asked & Readonly<{ apiUrl?: string }>;

const page = t.type({
  leads: t.array(
    t.intersection([
      t.type({ lead_id: t.string }),
      t.partial({
        state: t.union([t.string, t.null]),
        status: t.union([t.string, t.null]),
        display_name: t.union([t.string, t.null]),
        updated_at: t.string,
      }),
    ]),
  ),
  next: t.union([t.string, t.null]),
});

const row = tableRow([24, 11, 16, 26, 0]);

/** `leadline leads` */
export const leadsCommand = (session: Session): Command =>
  new Command('leads')
    .description('Asks the API for leads, by a signed query with the credentials of the environment')
    .option('--email <address>', 'those with this address')
    .option('--owner <who>', 'those of this owner: the address, or the name of an owner without one')
    .option('--status <text>', 'those with this status in the CRM')
    .option('--limit <n>', 'so many at most, 1 to 100', upTo100)
    .option('--next <cursor>', 'the next page, as the page before names it')
    .option('--api-url <url>', 'where to ask, for those who may not look the stack up', apiUrl)
    .action(async ({ apiUrl: url, ...asked }: Asking, command: Command) => {
      const given = [asked.email, asked.owner, asked.status].filter((value) => value !== undefined);
      if (given.length !== 1)
        command.error('error: give exactly one of --email, --owner and --status', { exitCode: exitCodes.usage });
      const api = await session.api(url);
      const { body } = await apiAnswer(
        await api.get('/leads', asked),
        'The credentials need the right execute-api:Invoke on GET /leads. The reader of the stack has it (output ReaderUserName).',
      );
      const read = page.decode(body);
      if (E.isLeft(read)) throw new Problem('unreadable', 'The API answered something else than a page of leads.');
      const { leads, next } = read.right;
      session.print(body, [
        row(['LEAD', 'STATE', 'STATUS', 'UPDATED', 'NAME']),
        ...leads.map(({ lead_id, state, status, updated_at, display_name }) =>
          row([lead_id, state ?? '–', status ?? '–', updated_at ?? '–', display_name ?? '–']),
        ),
        `${leads.length} leads`,
      ]);
      if (next !== null) session.note(`There are more: add --next ${next}`);
      session.finish({ nothingMatched: leads.length === 0 });
    });

function upTo100(text: string): string {
  if (!/^([1-9]\d?|100)$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 100.');
  return text;
}
