import type { Command } from 'commander';
import { accessKeyView } from '../../../shared/operations/access-keys';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { tableRow } from '../../terminal/table-row';

const manual: Manual = {
  examples: [['The keys and when they were last used', 'leadline access-key list']],
  seeAlso: ['access-key create', 'access-key revoke'],
};

const row = tableRow([22, 10, 10, 26, 0]);

/** `leadline access-key list` */
export const listCommand = (session: Session): Command =>
  commandWith('list', manual)
    .description('Lists the access keys of the reader: id, status, age, last use')
    .action(async () => {
      const { keys } = await session.reader();
      const views = (await keys.list()).map((key) => accessKeyView(key, new Date()));
      session.print(views, [
        row(['ACCESS KEY', 'STATUS', 'AGE', 'LAST USED', 'FOR']),
        ...views.map(({ id, status, age_days, last_used_at, last_used_for }) =>
          row([id, status, age_days === null ? '–' : `${age_days} d`, last_used_at ?? 'never', last_used_for ?? '–']),
        ),
        counted(views.length, 'access key'),
      ]);
      session.finish();
    });
