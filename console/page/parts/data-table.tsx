import { type ColumnDef, getCoreRowModel, type RowSelectionState, useReactTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { HiddenBelow } from '../format/left-out-columns';
import { LeftOutColumns } from './left-out-columns';
import { useShortcut } from '../app/shortcuts';

/** How a list is sorted: the id of a column, and whether the largest is first. */
export type Sort = Readonly<{ column: string; isDown: boolean }>;

export type Column<Row> = Readonly<{
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** A width of CSS, such as `140px` or `30%`. A column without one takes its share of what is left. */
  width?: string;
  isRight?: boolean;
  isSortable?: boolean;
  /** The windows that leave the column out. A line above the table says so. */
  hidden?: HiddenBelow;
}>;

/** The rows that are chosen, by their keys. */
export type Selection = Readonly<{
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** The name of a row for its checkbox. */
  nameOf: (key: string) => string;
}>;

type Given<Row> = Readonly<{
  /** What the rows are, for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** Opens a row: a click, or Enter on the current row. */
  onOpen?: (row: Row) => void;
  selection?: Selection;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Asked for when the last rows come into view. `undefined` if there are no more. */
  onMore?: (() => void) | undefined;
  isLoadingMore?: boolean;
}>;

/** The height of a row in pixels. Each row has it, so that a list of 100,000 rows needs no measuring. */
const rowHeight = 41;

/**
 * A table that draws only the rows in view. `j` and `k` move the current row, Enter opens it, `x` chooses it.
 */
export const DataTable = <Row,>({
  label,
  rows,
  columns,
  keyOf,
  onOpen,
  selection,
  sort,
  onSort,
  onMore,
  isLoadingMore = false,
}: Given<Row>) => {
  const box = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState(-1);
  const [top, setTop] = useState(0);
  const table = useReactTable<Row>({
    data: rows as Row[],
    columns: columns.map(columnDef),
    getRowId: keyOf,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    enableRowSelection: selection !== undefined,
    state: { rowSelection: asState(selection?.chosen) },
    onRowSelectionChange: (change) => {
      const state = typeof change === 'function' ? change(asState(selection?.chosen)) : change;
      selection?.onChange(new Set(Object.keys(state).filter((key) => state[key] === true)));
    },
  });
  const model = table.getRowModel().rows;
  const virtual = useWindowVirtualizer({
    count: model.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);

  useLayoutEffect(() => {
    const place = (box.current?.tBodies[0]?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(place - top) > 1) setTop(place);
  });
  useEffect(() => {
    if (last !== undefined && last.index >= model.length - 20 && !isLoadingMore) onMore?.();
  }, [last, model.length, isLoadingMore, onMore]);

  const move = (to: number): void => {
    if (model.length === 0) return;
    const next = Math.min(Math.max(to, 0), model.length - 1);
    setCurrent(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus());
  };
  useShortcut('j', 'Next row', () => move(current + 1));
  useShortcut('k', 'Previous row', () => move(current - 1));
  // The row that has the focus listens to Enter by itself.
  useShortcut('Enter', 'Open the row', () => undefined, onOpen === undefined ? false : 'later');
  const isPossible = current >= 0 ? true : 'later';
  useShortcut('x', 'Choose the row', () => model[current]?.toggleSelected(), selection !== undefined && isPossible);

  return (
    <>
      <LeftOutColumns
        columns={columns}
        {...(onOpen === undefined ? {} : { fields: 'Each row opens a page with all fields.' })}
      />
      <table className="data" ref={box} aria-label={label} aria-rowcount={onMore === undefined ? model.length + 1 : -1}>
        <colgroup>
          {selection === undefined ? null : <col style={{ width: 44 }} />}
          {columns.map(({ id, width: own, hidden }) => (
            <col key={id} className={hideClass(hidden)} style={own === undefined ? undefined : { width: own }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection === undefined ? null : (
              <th className="choose">
                <input
                  type="checkbox"
                  aria-label={`Choose all ${model.length} rows`}
                  checked={model.length > 0 && table.getIsAllRowsSelected()}
                  ref={(input) => {
                    if (input !== null) input.indeterminate = table.getIsSomeRowsSelected();
                  }}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first === undefined || first.start <= top ? null : <Gap height={first.start - top} />}
          {items.map(({ index }) => {
            const row = model[index];
            if (row === undefined) return null;
            const isCurrent = index === current;
            return (
              <tr
                key={row.id}
                data-index={index}
                aria-rowindex={index + 2}
                {...(selection === undefined ? {} : { 'aria-selected': row.getIsSelected() })}
                className={onOpen === undefined ? undefined : 'opens'}
                tabIndex={isCurrent || (current < 0 && index === 0) ? 0 : -1}
                onFocus={() => setCurrent(index)}
                onClick={(event) => (isOnControl(event) ? undefined : onOpen?.(row.original))}
                onKeyDown={(event) => {
                  if (event.target !== event.currentTarget) return;
                  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                    event.preventDefault();
                    move(index + (event.key === 'ArrowDown' ? 1 : -1));
                  }
                  if (event.key === 'Enter') onOpen?.(row.original);
                  if (event.key === ' ' && selection !== undefined) {
                    event.preventDefault();
                    row.toggleSelected();
                  }
                }}
              >
                {selection === undefined ? null : (
                  <td className="choose">
                    <input
                      type="checkbox"
                      aria-label={`Choose ${selection.nameOf(row.id)}`}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </td>
                )}
                {row.getVisibleCells().map((cell, place) => (
                  <td key={cell.id} className={cellClass(columns[place])}>
                    {columns[place]?.cell(row.original)}
                  </td>
                ))}
              </tr>
            );
          })}
          {last === undefined ? null : <Gap height={Math.max(0, top + virtual.getTotalSize() - last.end)} />}
        </tbody>
      </table>
      {isLoadingMore ? (
        <p className="more sub" role="status">
          Loading more…
        </p>
      ) : null}
    </>
  );
};

/**
 * Without the cell, which is drawn as a plain function. As a component of the table, React would replace it at each
 * change, also while a link in it is pressed, and the browser would drop the click.
 */
const columnDef = <Row,>({ id }: Column<Row>): ColumnDef<Row> => ({ id });

const asState = (chosen: ReadonlySet<string> = new Set()): RowSelectionState =>
  Object.fromEntries([...chosen].map((key) => [key, true]));

/** A click on a link or a control inside a row is not a click on the row. */
const isOnControl = ({ target }: MouseEvent): boolean =>
  target instanceof Element && target.closest('a,button,input,label,select') !== null;

/** Room for the rows that are not drawn. It has one cell, because the number of columns depends on the window. */
const Gap = ({ height }: Readonly<{ height: number }>) =>
  height === 0 ? null : (
    <tr aria-hidden="true" className="gap">
      <td style={{ height }} />
    </tr>
  );

const Head = <Row,>({
  column,
  sort,
  onSort,
}: Readonly<{ column: Column<Row>; sort: Sort | undefined; onSort: ((sort: Sort) => void) | undefined }>) => {
  const { id, title, isSortable = false } = column;
  const isSorted = sort?.column === id;
  if (!isSortable || onSort === undefined) return <th className={cellClass(column)}>{title}</th>;
  return (
    <th className={cellClass(column)} aria-sort={isSorted ? (sort.isDown ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className="sort"
        onClick={() => onSort({ column: id, isDown: isSorted ? !sort.isDown : true })}
      >
        {title}
        <span aria-hidden="true">{isSorted ? (sort.isDown ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
};

const hideClass = (hidden: HiddenBelow | undefined): string | undefined =>
  hidden === undefined ? undefined : `hide-${hidden}`;

const cellClass = <Row,>(column: Column<Row> | undefined): string | undefined =>
  [column?.isRight === true ? 'r' : '', hideClass(column?.hidden) ?? ''].join(' ').trim() || undefined;
