import * as api from '../../../../../console/api/owners';
import type { Task } from '../../../../../console/api/task';
import { ownerRoutes } from '../../../../../console/server/routes/owners';
import { taskRunner } from '../../../../../console/server/task-runner';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { filesDouble } from '../../../shared/operations/owners/owner-files-double';
import { asking } from '../../routes/asking';
import { consoleOf } from '../console-double';

const ann = { owner_name: 'Ann', owner_email: 'ann@example.com' };

const opened = (
  stored: Readonly<Record<string, string | object>> = {},
  events: readonly unknown[] = [],
  files = filesDouble(stored),
  now = () => new Date('2026-01-01T00:00:00Z'),
) => {
  const runner = taskRunner(
    (error) => ({ kind: 'failed', message: String(error) }),
    () => new Date(),
  );
  const scanPages = async function* () {
    yield await Promise.resolve({ events: events as EventItem[], unreadable: [] });
  };
  const stack = { owners: files, scanPages } as Parameters<typeof ownerRoutes>[1]['stack'];
  const ask = consoleOf((respond) => ownerRoutes(respond, { stack, now }, runner));
  const ended = (id: string): Promise<Task> =>
    new Promise((resolve) => {
      const look = () => {
        const task = runner.all().find((one) => one.id === id);
        if (task?.endedAt !== null && task !== undefined) resolve(task);
      };
      runner.onChange(look);
      look();
    });
  return { files, runner, ask, ended };
};

describe('the owners of the console', () => {
  it('are listed with their leads, and addresses are masked until they are asked for', async () => {
    const { ask } = opened({
      'L-1': ann,
      'L-2': ann,
      'L-3': { owner_email: 'bob@example.com' },
      'L-4': '{"no": "owner"}',
    });
    const masked = await ask(api.owners, {});
    expect(masked.answer.owners.map(({ owner, key, leads }) => [owner, key, leads])).toStrictEqual([
      ['Ann', null, 2],
      ['•••@•••', null, 1],
    ]);
    expect(masked.answer.invalid).toMatchObject([{ lead_id: 'L-4' }]);
    expect(masked.text).not.toContain('example.com');
    const shown = await ask(api.owners, { personal: 'shown' });
    expect(shown.answer.owners.map(({ owner, key }) => [owner, key])).toStrictEqual([
      ['Ann', 'ann@example.com'],
      ['bob@example.com', 'bob@example.com'],
    ]);
  });

  it('are looked for by a task, whose findings say what to do', async () => {
    const waiting = { lead_id: 'L-1', state: 'RECEIVED', pending_since: '1', due_at: '2026-01-01T00:10:00Z' };
    const failed = { lead_id: 'L-2', state: 'FAILED', reason: 'owner-missing' };
    const { ask, ended } = opened({ 'L-3': ann }, [waiting, failed, { ...failed, lead_id: 'L-3' }]);
    expect((await ask(api.missingOwners, {})).answer).toBeNull();
    const { answer: task } = await ask(api.findMissing, { with_files: false });
    await ended(task.id);
    const { answer } = await ask(api.missingOwners, {});
    expect(answer?.findings.map(({ lead_id, remedy }) => [lead_id, remedy]).sort()).toStrictEqual([
      ['L-1', 'put'],
      ['L-2', 'put-and-redrive'],
      ['L-3', 'redrive'],
    ]);
    expect(answer).toMatchObject({ found: 3, is_stopped: false });
  });
});

describe('the leads without an owner that were found', () => {
  const events = ['L-1', 'L-2', 'L-3'].flatMap((lead_id, index) => [
    index === 0
      ? { lead_id, state: 'RECEIVED', pending_since: '1', due_at: '2026-01-01T00:10:00Z' }
      : { lead_id, state: 'FAILED', reason: 'owner-missing' },
  ]);
  const searched = async (files = filesDouble(), now?: () => Date) => {
    const double = opened({}, events, files, now);
    const find = async () => double.ended((await double.ask(api.findMissing, { with_files: false })).answer.id);
    await find();
    const remedies = async () => {
      const { answer } = await double.ask(api.missingOwners, {});
      return [answer?.found, ...(answer?.findings ?? []).map(({ lead_id, remedy }) => `${lead_id} ${remedy}`)];
    };
    return { ...double, find, remedies };
  };
  const file = JSON.stringify(ann);

  it('are no longer without it once the console has written its file', async () => {
    const { ask, remedies } = await searched();
    expect(await remedies()).toStrictEqual([3, 'L-1 put', 'L-2 put-and-redrive', 'L-3 put-and-redrive']);
    await ask(api.putOwner, { lead_id: 'L-1', file, version: null });
    await ask(api.putOwner, { lead_id: 'L-2', file, version: null });
    expect(await remedies()).toStrictEqual([2, 'L-2 redrive', 'L-3 put-and-redrive']);
  });

  it('are to be looked at if the file came after the event was due, which may have failed', async () => {
    let time = '2026-01-01T00:00:00Z';
    const { ask, find, files, remedies } = await searched(filesDouble(), () => new Date(time));
    time = '2026-01-01T00:20:00Z';
    await ask(api.putOwner, { lead_id: 'L-1', file, version: null });
    expect(await remedies()).toStrictEqual([3, 'L-1 look', 'L-2 put-and-redrive', 'L-3 put-and-redrive']);
    expect((await ask(api.missingOwners, {})).answer?.findings[0]).toMatchObject({ file: 'valid', problems: [] });
    await ask(api.planOwner, { lead_id: 'L-1', file });
    expect((await remedies())[1]).toBe('L-1 look');
    expect(files.writes).toStrictEqual(['L-1']);
    await find();
    expect(await remedies()).toStrictEqual([2, 'L-2 put-and-redrive', 'L-3 put-and-redrive']);
  });

  it('only need a redrive once the wrong address of a failed one is corrected', async () => {
    const { ask, find, files, remedies } = await searched();
    files.put('L-2', { owner_email: 'ann at home' });
    await find();
    expect(await remedies()).toStrictEqual([3, 'L-1 put', 'L-2 correct-and-redrive', 'L-3 put-and-redrive']);
    const { version } = (await ask(api.planOwner, { lead_id: 'L-2', file })).answer;
    await ask(api.putOwner, { lead_id: 'L-2', file, version });
    expect(await remedies()).toStrictEqual([3, 'L-1 put', 'L-2 redrive', 'L-3 put-and-redrive']);
  });

  it('are to be looked at if the file came late while a search ran', async () => {
    let time = '2026-01-01T00:00:00Z';
    const files = filesDouble();
    const late = {
      ...files,
      read: async (...[leadId]: Parameters<typeof files.read>) => {
        const read = await files.read(leadId);
        // The search waits here, with the file of L-1 read already.
        if (leadId === 'L-3') await whileSearching();
        return read;
      },
    };
    let whileSearching = (): Promise<void> => Promise.resolve();
    const { ask, find, remedies } = await searched(late, () => new Date(time));
    whileSearching = async () => {
      whileSearching = () => Promise.resolve();
      time = '2026-01-01T00:20:00Z';
      await ask(api.putOwner, { lead_id: 'L-1', file, version: null });
    };
    await find();
    expect(await remedies()).toContain('L-1 look');
  });

  it('are no longer without it after an import', async () => {
    const { ask, ended, remedies } = await searched();
    const { answer } = await ask(api.checkImport, { text: 'lead_id,owner_name\nL-1,Ann\nL-3,Cy\n' });
    await ended(answer.task?.id ?? '');
    expect(await remedies()).toHaveLength(4);
    await ended((await ask(api.writeImport, { id: answer.id ?? '' })).answer.id);
    expect(await remedies()).toStrictEqual([2, 'L-2 put-and-redrive', 'L-3 redrive']);
  });

  it('stay if the file was refused, and go once the console sees a file that another user has written', async () => {
    const { ask, files, remedies } = await searched();
    await ask(api.putOwner, { lead_id: 'L-1', file: '{}', version: null });
    expect(await remedies()).toHaveLength(4);
    files.put('L-1', ann);
    await ask(api.planOwner, { lead_id: 'L-1', file });
    expect(await remedies()).toStrictEqual([2, 'L-2 put-and-redrive', 'L-3 put-and-redrive']);
  });

  it('are right if a file is written while a search has read it already', async () => {
    let release = (): void => undefined;
    let hold = (): void => undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const files = filesDouble();
    const slow = {
      ...files,
      read: async (...[leadId]: Parameters<typeof files.read>) => {
        const file = await files.read(leadId);
        if (leadId === 'L-3')
          await new Promise<void>((resolve) => {
            release = resolve;
            hold();
          });
        return file;
      },
    };
    const { ask, runner, ended } = opened({}, events, slow);
    const { answer: task } = await ask(api.findMissing, { with_files: false });
    await held;
    await ask(api.putOwner, { lead_id: 'L-1', file, version: null });
    release();
    await ended(task.id);
    expect(runner.all()).toHaveLength(1);
    expect((await ask(api.missingOwners, {})).answer?.findings.map(({ lead_id }) => lead_id)).not.toContain('L-1');
  });
});

describe('the search for leads without an owner', () => {
  it('is made once, however often it is asked for while it runs', async () => {
    const { ask, runner, ended } = opened();
    const tasks = await Promise.all(Array.from({ length: 5 }, () => ask(api.findMissing, { with_files: false })));
    expect(new Set(tasks.map(({ answer }) => answer.id)).size).toBe(1);
    expect(runner.all()).toHaveLength(1);
    await ended(runner.all()[0]?.id ?? '');
    await ask(api.findMissing, { with_files: false });
    expect(runner.all()).toHaveLength(2);
  });

  it('looks at the files of leads that wait, even while a search without them runs', async () => {
    const { ask, runner } = opened();
    await Promise.all([ask(api.findMissing, { with_files: false }), ask(api.findMissing, { with_files: true })]);
    expect(runner.all()).toHaveLength(2);
  });
});

describe('credentials without a right', () => {
  const denied = () => Promise.reject(Object.assign(new Error('not allowed'), { name: 'AccessDenied' }));
  const file = JSON.stringify(ann);
  const files = {
    ...filesDouble(),
    ...{ read: denied, write: denied },
    // eslint-disable-next-line require-yield -- S3 refuses the first page
    keys: async function* () {
      await denied();
    },
  };
  const stack = {
    owners: files,
    // eslint-disable-next-line require-yield -- DynamoDB refuses the first page
    scanPages: async function* () {
      await denied();
    },
  } as unknown as Parameters<typeof ownerRoutes>[1]['stack'];
  const openedDenied = () => asking((respond, runner, now) => ownerRoutes(respond, { stack, now }, runner));

  it('see which ones the lists of owners and the owner of a lead need', async () => {
    const { refused } = openedDenied();
    const reading = ['s3:GetObject and s3:ListBucket on the lookup bucket'];
    const writing = ['s3:GetObject, s3:ListBucket and s3:PutObject on the lookup bucket'];
    expect((await refused(api.owners, {})).rights).toStrictEqual(reading);
    expect((await refused(api.planOwner, { lead_id: 'L-1', file })).rights).toStrictEqual(reading);
    const { rights, message } = await refused(api.putOwner, { lead_id: 'L-1', file, version: null });
    expect(rights).toStrictEqual(writing);
    expect(message).toContain('s3:PutObject');
  });

  it('see which ones a search and an import need', async () => {
    const { ask, ended } = openedDenied();
    const search = await ended(await ask(api.findMissing, { with_files: false }));
    expect(search.problem?.rights).toContain('dynamodb:Scan on the table');
    const { task } = await ask(api.checkImport, { text: 'lead_id,owner_name\nL-1,Ann\n' });
    if (task === null) throw new Error('The rows were refused.');
    expect((await ended(task)).problem?.rights).toStrictEqual([
      's3:GetObject, s3:ListBucket and s3:PutObject on the lookup bucket',
    ]);
  });
});

describe('the owner of one lead', () => {
  const file = JSON.stringify({ owner_name: 'Bob', owner_email: 'bob@example.com' });

  it('is planned first: what it replaces, by the names of the fields', async () => {
    const { ask, files } = opened({ 'L-1': ann });
    const { answer } = await ask(api.planOwner, { lead_id: 'L-1', file });
    expect(answer).toMatchObject({
      change: 'replaces',
      changed_fields: ['owner_name', 'owner_email'],
      previous_owner: 'Ann',
    });
    expect((await ask(api.planOwner, { lead_id: 'L-2', file })).answer).toMatchObject({ change: 'new', version: null });
    expect((await ask(api.planOwner, { lead_id: 'L-2', file: '{}' })).answer.problems).toHaveLength(1);
    expect(files.writes).toStrictEqual([]);
  });

  it('is written as it was planned', async () => {
    const { ask, files } = opened({ 'L-1': ann });
    const { version } = (await ask(api.planOwner, { lead_id: 'L-1', file })).answer;
    const { answer } = await ask(api.putOwner, { lead_id: 'L-1', file, version });
    expect(answer.result).toBe('written');
    expect(files.text('L-1')).toBe(file);
  });

  it('is not written if another user has written it since, or if it is invalid', async () => {
    const { ask, files } = opened();
    files.put('L-1', ann);
    const stale = await ask(api.putOwner, { lead_id: 'L-1', file, version: null });
    expect(stale).toMatchObject({ status: 409, problem: { kind: 'conflict' } });
    const invalid = { lead_id: 'L-2', file: '{"owner_name": ""}', version: null };
    expect(await ask(api.putOwner, invalid)).toMatchObject({ status: 400, problem: { kind: 'bad-input' } });
    const noId = { lead_id: '../x', file, version: null };
    expect((await ask(api.putOwner, noId)).problem.kind).toBe('bad-input');
    expect(files.text('L-1')).toBe(JSON.stringify(ann));
    expect(files.writes).toStrictEqual([]);
  });
});

describe('an import of owners', () => {
  const csv = 'lead_id,owner_name,owner_email\nL-1,Ann,ann@example.com\nL-2,Bob,bob@example.com\nL-3,Cy,\n';

  const compared = async (stored: Readonly<Record<string, string | object>> = {}) => {
    const double = opened(stored);
    const { answer } = await double.ask(api.checkImport, { text: csv });
    await double.ended(answer.task?.id ?? '');
    return { ...double, id: answer.id ?? '' };
  };

  it('says how many files it will write and replace, and writes nothing before its user confirms it', async () => {
    const { ask, files, id } = await compared({ 'L-1': ann, 'L-2': ann });
    const { answer } = await ask(api.ownerImport, { id });
    expect(answer).toMatchObject({ state: 'ready', added: 1, replaced: 1, unchanged: 1 });
    expect(files.writes).toStrictEqual([]);
  });

  it('is written as a task, which reports what it did', async () => {
    const { ask, files, ended, id } = await compared({ 'L-1': ann });
    const { answer: task } = await ask(api.writeImport, { id });
    const { state, report } = await ended(task.id);
    expect(state).toBe('done');
    expect(report).toStrictEqual(['2 files written.', '1 file said the same already.']);
    expect(JSON.parse(files.text('L-3') ?? '')).toStrictEqual({ owner_name: 'Cy' });
    expect((await ask(api.ownerImport, { id })).answer).toMatchObject({ state: 'written', written: 2 });
  });

  it('leaves a file alone that another user has changed since it was compared, and names its lead', async () => {
    const { ask, files, ended, id } = await compared();
    files.put('L-2', { owner_name: 'Somebody else' });
    const { answer: task } = await ask(api.writeImport, { id });
    expect((await ended(task.id)).report.join()).toContain('L-2');
    expect(files.text('L-2')).toContain('Somebody else');
    expect((await ask(api.ownerImport, { id })).answer).toMatchObject({ written: 2, changed: ['L-2'] });
  });

  it('is not written twice, so that what another user wrote since then stays', async () => {
    const { ask, files, ended, id } = await compared();
    await ended((await ask(api.writeImport, { id })).answer.id);
    files.put('L-2', { owner_name: 'Somebody else' });
    expect(await ask(api.writeImport, { id })).toMatchObject({ status: 409, problem: { kind: 'conflict' } });
    expect(files.text('L-2')).toContain('Somebody else');
  });

  it('that was stopped while it was compared is only compared again, and writes nothing before it is confirmed', async () => {
    const { ask, files, runner, ended } = opened({ 'L-1': ann });
    const { answer } = await ask(api.checkImport, { text: csv });
    const id = answer.id ?? '';
    runner.stop(answer.task?.id ?? '');
    await ended(answer.task?.id ?? '');
    expect((await ask(api.ownerImport, { id })).answer).toMatchObject({ state: 'stopped', left: null, written: null });
    expect((await ask(api.writeImport, { id })).problem.kind).toBe('conflict');
    await ended((await ask(api.compareImport, { id })).answer.id);
    expect((await ask(api.ownerImport, { id })).answer).toMatchObject({
      state: 'ready',
      added: 2,
      unchanged: 1,
      left: 2,
    });
    expect(files.writes).toStrictEqual([]);
    expect((await ask(api.compareImport, { id })).problem.kind).toBe('conflict');
  });

  const many = Array.from({ length: 60 }, (_, index) => `L-${index},Owner ${index}`);
  const broken = () => Promise.reject(new Error('S3 does not answer'));

  it.each(['stopped', 'failed'] as const)(
    'that was %s while it was written writes the rest as it was confirmed, and no file that another user changed',
    async (state) => {
      const files = filesDouble();
      let isBroken = false;
      const { ask, runner, ended } = opened({}, [], {
        ...files,
        write: (...given) => (isBroken ? broken() : files.write(...given)),
      });
      const checked = await ask(api.checkImport, { text: `lead_id,owner_name\n${many.join('\n')}` });
      const id = checked.answer.id ?? '';
      await ended(checked.answer.task?.id ?? '');
      const end = runner.onChange(({ step, done, id: task }) => {
        if (step !== 'Writing files' || done === 0) return;
        if (state === 'stopped') runner.stop(task);
        else isBroken = true;
      });
      await ended((await ask(api.writeImport, { id })).answer.id);
      end();
      isBroken = false;
      const before = (await ask(api.ownerImport, { id })).answer;
      const written = [...files.writes];
      expect(before).toMatchObject({ state, written: written.length, left: 60 - written.length });
      expect(written.length).toBeGreaterThan(0);
      const [first = ''] = written;
      const last = many.map((row) => row.split(',')[0] ?? '').find((lead) => !written.includes(lead)) ?? '';
      files.put(first, { owner_name: 'Changed after it was written' });
      files.put(last, { owner_name: 'Changed before it was written' });
      await ended((await ask(api.writeImport, { id })).answer.id);
      expect(files.text(first)).toContain('Changed after');
      expect(files.text(last)).toContain('Changed before');
      expect((await ask(api.ownerImport, { id })).answer).toMatchObject({
        ...{ state: 'written', written: 59, left: 0, changed: [last] },
      });
      expect(files.writes.length).toBe(59);
    },
  );

  it('that was stopped halfway goes on, however many other files were checked since then', async () => {
    const { ask, files, runner, ended } = opened();
    const checkedOf = async (rows: readonly string[]) => {
      const { answer } = await ask(api.checkImport, { text: `lead_id,owner_name\n${rows.join('\n')}` });
      await ended(answer.task?.id ?? '');
      return answer.id ?? '';
    };
    const id = await checkedOf(many);
    const end = runner.onChange(({ step, done, id: task }) => {
      if (step === 'Writing files' && done > 0) runner.stop(task);
    });
    await ended((await ask(api.writeImport, { id })).answer.id);
    end();
    const others: string[] = [];
    for (let other = 0; other < 6; other += 1) others.push(await checkedOf([`M-${other},Ann`]));
    await ended((await ask(api.writeImport, { id })).answer.id);
    expect((await ask(api.ownerImport, { id })).answer).toMatchObject({ state: 'written', written: 60, left: 0 });
    expect(files.writes).toHaveLength(60);
    // A file may have 8 MiB: those of which nothing is written can be read again.
    const statuses = await Promise.all(others.map(async (other) => (await ask(api.ownerImport, { id: other })).status));
    expect(statuses).toStrictEqual([404, 404, 200, 200, 200, 200]);
  });

  it('is refused with the problems by line if any row is invalid, and reads no file then', async () => {
    const { ask, runner } = opened();
    const { answer } = await ask(api.checkImport, {
      text: 'lead_id,owner_name,owner_email\nL-1,Ann,\n,Bob,\nL 3,Cy,\nL-4,Di,di at home\n',
    });
    expect(answer).toMatchObject({ id: null, rows: 4, invalid: 3, task: null });
    expect(answer.problems.map(({ line }) => line)).toStrictEqual([3, 4, 5]);
    expect(runner.all()).toStrictEqual([]);
  });

  it.each([
    ['is empty', ''],
    ['has a quotation mark that is never closed', 'lead_id,owner_name\nL-1,"Ann'],
    ['is an array that does not end', '[{"lead_id": "L-1"}'],
  ])('is refused for a file that %s', async (_, text) => {
    const { ask } = opened();
    const { answer } = await ask(api.checkImport, { text });
    expect(answer).toMatchObject({ id: null, problems: [{ line: 0 }] });
  });

  it('takes more than other requests, and says how much', async () => {
    const { ask } = opened();
    const row = JSON.stringify({ lead_id: 'L-1', owner_name: 'A'.repeat(1_000) });
    const large = await ask(api.checkImport, { text: `${row}\n`.repeat(2_000) });
    expect(large.answer).toMatchObject({ rows: 2_000, leads: 1, invalid: 0 });
    const tooLarge = await ask(api.checkImport, { text: 'x'.repeat(9 * 1024 * 1024) });
    expect(tooLarge).toMatchObject({ status: 413, problem: { kind: 'bad-input' } });
    const usual = await ask(api.planOwner, { lead_id: 'L-1', file: 'x'.repeat(2 * 1024 * 1024) });
    expect(usual.status).toBe(413);
  });
});
