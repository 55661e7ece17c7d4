import { useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { checkImport, compareImport, type ImportState, ownerImport, writeImport } from '../../../api/owners';
import { tasks } from '../../../api/task';
import { readAgain } from '../../app/read-again';
import { toast } from '../../app/toasts';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Confirm } from '../../parts/confirm';
import { TextArea } from '../../parts/field';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { TaskCard } from '../../parts/task-card';

/** What the server takes, in bytes. JSON adds a little to the text. */
const maxBytes = 7 * 1024 * 1024;

/** Imports the owners of many leads: all rows are checked first, then compared, then written when the user says so. */
export const ImportOwners = () => {
  const [text, setText] = useState('');
  const check = useAct(checkImport, () => undefined);
  const { data: all = [] } = useAsk(tasks, {});
  const write = useAct(writeImport, () => undefined);
  const compare = useAct(compareImport, () => undefined);
  const checked = check.data;
  const ids = [checked?.task?.id, compare.data?.id, write.data?.id];
  // What the comparison found stands above. The report of the writing stays.
  const shown = all.filter(({ id, endedAt }) => ids.includes(id) && (endedAt === null || id === write.data?.id));
  const reset = (to: string): void => {
    setText(to);
    check.reset();
    compare.reset();
    write.reset();
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    if (file.size > maxBytes)
      return void toast(
        'failed',
        `The file has more than ${maxBytes / 1024 / 1024} MiB. Split it, or use leadline owners import.`,
      );
    void textOf(file).then((read) =>
      read === undefined
        ? toast('failed', 'The file is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".')
        : reset(read),
    );
  };
  return (
    <Card title="Import many owners">
      <form
        className="stack-of"
        onSubmit={(event) => {
          event.preventDefault();
          compare.reset();
          write.reset();
          check.mutate({ text });
        }}
      >
        <p className="sub">
          CSV with a header, a JSON array, or one JSON object on each line. Each row has a{' '}
          <code className="mono">lead_id</code>; all its other fields become the file of the owner.
        </p>
        <div className="field">
          <label htmlFor="owners-file">File</label>
          <input id="owners-file" type="file" className="input" accept=".csv,.json,.ndjson,.txt" onChange={choose} />
        </div>
        <TextArea
          label="Or paste the rows"
          isCode
          rows={6}
          placeholder={'lead_id,owner_name,owner_email\nL-1,Ann,ann@example.com'}
          value={text.length > 20_000 ? `${text.slice(0, 20_000)}\n… (${whole(text.length)} characters)` : text}
          readOnly={text.length > 20_000}
          onChange={(event) => reset(event.target.value)}
        />
        <div className="row">
          <Button type="submit" isBusy={check.isPending} disabled={text.trim() === ''}>
            Check the rows
          </Button>
          <Button look="quiet" disabled={text === ''} onClick={() => reset('')}>
            Clear
          </Button>
        </div>
      </form>
      <LiveRegion label="Problems of the rows">{checked?.id === null ? <Problems {...checked} /> : null}</LiveRegion>
      <LiveRegion label="The import">
        {typeof checked?.id !== 'string' ? null : (
          <Import
            id={checked.id}
            leads={checked.leads}
            onCompare={(id) => compare.mutate({ id })}
            onWrite={(id) => write.mutate({ id })}
            isBusy={compare.isPending || write.isPending}
          />
        )}
      </LiveRegion>
      {shown.length === 0 ? null : (
        <div className="results">
          {shown.map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
        </div>
      )}
    </Card>
  );
};

/** `undefined` if it is not UTF-8: its text would be damaged. */
const textOf = async (file: File): Promise<string | undefined> => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return undefined;
  }
};

const Problems = ({
  rows,
  invalid,
  problems,
}: Readonly<{ rows: number; invalid: number; problems: readonly Readonly<{ line: number; problem: string }>[] }>) => (
  <div className="stack-of results">
    <p className="notice bad">
      <span>
        <b>Nothing was written.</b>{' '}
        {rows === 0 ? '' : `${whole(invalid)} of ${counted(rows, 'row')} ${invalid === 1 ? 'is' : 'are'} invalid.`}
      </span>
    </p>
    <ul className="places">
      {problems.slice(0, 50).map(({ line, problem }, index) => (
        <li key={index} className="wrap">
          {line === 0 ? null : <span className="dim num">line {whole(line)} </span>}
          <span className="bad-text">{visible(problem)}</span>
        </li>
      ))}
    </ul>
    {invalid > 50 ? <p className="dim">The first 50 of {whole(invalid)} problems.</p> : null}
  </div>
);

const Import = ({
  id,
  leads,
  isBusy,
  onCompare,
  onWrite,
}: Readonly<{
  id: string;
  leads: number;
  isBusy: boolean;
  onCompare: (id: string) => void;
  onWrite: (id: string) => void;
}>) => {
  const { data, error, refetch } = useAsk(ownerImport, { id });
  const latest = useRef(refetch);
  // The server remembers the latest imports only, and one that was started anew remembers none.
  const isRunning =
    error === null && (data === undefined || data.state === 'comparing' || data.state === 'writing' || isBusy);
  const queries = useQueryClient();
  const isWritten = data?.state === 'written';
  useEffect(() => {
    if (isWritten) void readAgain(queries);
  }, [isWritten, queries]);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => void latest.current(), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (error !== null) return <p className="bad-text results">{error.message}</p>;
  if (data?.id !== id) return null;
  const { state, left } = data;
  return (
    <div className="stack-of results">
      <p>
        <b>{leads === 1 ? 'The lead is valid.' : `All ${counted(leads, 'lead')} are valid.`}</b>{' '}
        <span className="sub">{saysOf(data)}</span>
      </p>
      {state === 'written' ? (
        <p>
          <Link to="/dead-letters" search={{ reason: 'owner-missing' }} className="link">
            Redrive the leads that failed as owner-missing
          </Link>
        </p>
      ) : state === 'comparing' || state === 'writing' ? null : left === null ? (
        <div className="row">
          <Button look="primary" isBusy={isBusy} onClick={() => onCompare(id)}>
            Compare again
          </Button>
        </div>
      ) : left === 0 ? (
        <p className="sub">There is nothing to write.</p>
      ) : (
        <Confirm
          trigger={
            <Button look="primary" isBusy={isBusy}>
              {state === 'ready' ? `Write ${counted(left, 'file')}…` : `Write the other ${counted(left, 'file')}…`}
            </Button>
          }
          title={state === 'ready' ? `Write ${counted(left, 'file')}?` : `Write the other ${counted(left, 'file')}?`}
          action={`Write ${counted(left, 'file')}`}
          onConfirm={() => onWrite(id)}
        >
          <p>
            {state === 'ready'
              ? `${counted(data.added ?? 0, 'new file')}, and ${counted(data.replaced ?? 0, 'file')} that ${data.replaced === 1 ? 'is' : 'are'} replaced. `
              : 'It goes on with the files that you confirmed. '}
            A file that another user changes after it was compared is left alone. It can be stopped.
          </p>
        </Confirm>
      )}
    </div>
  );
};

const saysOf = ({ state, added, replaced, unchanged, written, changed, left }: ImportState): string => {
  switch (state) {
    case 'comparing':
      return 'Comparing them with the stored files…';
    case 'ready':
      return `${whole(added ?? 0)} new, ${whole(replaced ?? 0)} to replace, ${whole(unchanged ?? 0)} unchanged. Nothing was written yet.`;
    case 'writing':
      return 'Writing…';
    case 'written':
      return `${counted(written ?? 0, 'file')} written.${leftAlone(changed)}`;
    case 'stopped':
    case 'failed': {
      const how = state === 'stopped' ? 'Stopped' : 'It failed';
      return left === null
        ? `${how} while they were compared. Nothing was written.`
        : `${how} after ${counted(written ?? 0, 'file')} ${written === 1 ? 'was' : 'were'} written. What was written stays.${leftAlone(changed)}`;
    }
  }
};

const leftAlone = (changed: readonly string[]): string =>
  changed.length === 0 ? '' : ` Left alone, because another user changed them: ${changed.join(', ')}.`;
