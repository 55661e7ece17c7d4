import { metricNamespace, metricNames, metrics, splitsOf } from '../../../shared/lambda/names';
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

const pairs = () => metricNames.flatMap((name) => metrics[name].services.map((service) => `${name} of ${service}`));

test('the dashboard shows every metric of each function that publishes it, and no other of the project', () => {
  const shown = rows()
    .filter(([namespace]) => namespace === metricNamespace)
    .map(([, name, dimension, service]) => [dimension, `${String(name)} of ${String(service)}`]);
  expect(shown.filter(([dimension]) => dimension !== 'service')).toEqual([]);
  expect([...new Set(shown.map(([, one]) => one))].sort()).toEqual(pairs().sort());
});

test.each(['source', 'reason'] as const)(
  'the dashboard searches for the metrics by %s, which has many values',
  (split) => {
    expect(metricNames.filter((name) => splitsOf(name).includes(split))).not.toEqual([]);
    expect(rows()).toContainEqual([
      expect.objectContaining({ expression: `SEARCH('{${metricNamespace},service,${split}}', 'Sum', 300)` }),
    ]);
  },
);
