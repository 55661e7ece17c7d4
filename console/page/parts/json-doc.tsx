import { memo, useMemo, useState } from 'react';
import { linesOfText } from '../format/json-text';
import { jsonLines, type JsonLine, type Piece } from '../format/json-lines';
import { counted } from '../format/number';
import { isMasked } from '../format/masked';
import { visible } from '../format/visible';
import { Button } from './button';

/** How many lines are drawn before the user asks for the rest. */
const firstLines = 400;

/**
 * A JSON document with numbered lines. What the server masked is shown as such.
 *
 * @param marked names at the top level whose lines are marked, such as `owner`
 */
export const JsonDoc = ({
  label,
  value,
  marked = none,
}: Readonly<{ label: string; value: unknown; marked?: readonly string[] }>) => {
  const lines = useMemo(() => jsonLines(value, marked), [value, marked]);
  return <Lines label={label} lines={lines} />;
};

const none: readonly string[] = [];

/**
 * A text with numbered lines, such as a stored object, a mail or a command. JSON is coloured.
 *
 * @param added the lines that are marked, from 1
 */
export const TextDoc = ({
  label,
  text,
  added,
}: Readonly<{ label: string; text: string; added?: readonly Readonly<{ from: number; to: number }>[] }>) => {
  const lines = useMemo(() => linesOfText(text, added), [text, added]);
  return <Lines label={label} lines={lines} />;
};

const Lines = ({ label, lines }: Readonly<{ label: string; lines: readonly JsonLine[] }>) => {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, firstLines);
  return (
    <>
      <pre className="doc" aria-label={label} role="group" tabIndex={0}>
        {shown.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
      {shown.length === lines.length ? null : (
        <div className="doc-more">
          <Button look="quiet" onClick={() => setIsWhole(true)}>
            Show {counted(lines.length - shown.length, 'more line')}
          </Button>
        </div>
      )}
    </>
  );
};

const Line = memo(({ line: { depth, pieces, isMarked } }: Readonly<{ line: JsonLine }>) => (
  <span className={isMarked ? 'line add' : 'line'}>
    <code style={{ paddingLeft: `${depth * 2}ch` }}>
      {isMarked ? <span className="sr-only">added: </span> : null}
      {pieces.map((piece, index) => (
        <PieceText key={index} {...piece} />
      ))}
    </code>
  </span>
));

const PieceText = ({ kind, text }: Piece) => {
  if (kind === 'sign') return visible(text);
  return <span className={kind === 'text' && isMasked(text) ? 'mask' : kind}>{visible(text)}</span>;
};
