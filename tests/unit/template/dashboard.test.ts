import { metricNames } from '../../../shared/lambda/metrics';
import { at } from '../../support/read-template';
import { properties, textOf } from '../../support/the-template';

type Widget = Readonly<{ properties: Readonly<{ metrics: readonly (readonly unknown[])[] }> }>;

/** Each row of the widgets in full: in a row, "." repeats what is at its place in the row before. */
const rows = (): readonly (readonly unknown[])[] => {
  const body = textOf(at(properties('Dashboard'), 'DashboardBody', 'Sub')).replaceAll(/\$\{[^}]*\}/g, '0');
  const { widgets } = JSON.parse(body) as { widgets: readonly Widget[] };
  return widgets.flatMap(({ properties: { metrics } }) =>
    metrics.reduce<unknown[][]>(
      (before, row) => [...before, row.map((cell, place) => (cell === '.' ? before.at(-1)?.[place] : cell))],
      [],
    ),
  );
};

test('the dashboard shows every metric that the functions count, and no other of the project', () => {
  const shown = rows()
    .filter(([namespace]) => namespace === 'Leadline')
    .map(([, name]) => name);
  expect([...shown].sort()).toEqual([...metricNames].sort());
});
