import { type HiddenBelow, leftOutText, widths } from '../format/left-out-columns';

/**
 * Says which columns of a table the window leaves out. The styles show the line of the present width.
 *
 * @param fields where else all fields are, as a sentence
 */
export const LeftOutColumns = ({
  columns,
  fields = '',
}: Readonly<{ columns: readonly Readonly<{ title: string; hidden?: HiddenBelow }>[]; fields?: string }>) =>
  widths.map((width) => {
    const text = leftOutText(columns, width, fields);
    return text === undefined ? null : (
      <p key={width} className={`left-out at-${width}`}>
        {text}
      </p>
    );
  });
