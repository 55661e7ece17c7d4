import { services } from './classify';
import { faultKinds } from './fault-schedule';
import type { Options } from './options';
import { isAccepted, type Sent } from './senders';
import { countedBy, type Snapshot } from './snapshot';
import type { EventOnWire, WireCounts } from './wire-journal';

export type Story = Readonly<{
  options: Options;
  seconds: number;
  stormSeconds: number;
  sent: readonly Sent[];
  killed: Readonly<Record<string, number>>;
  wire: WireCounts;
  onWire: (eventId: string) => EventOnWire;
  requeued: number;
  redriven: number;
  settled: Snapshot;
  redrivenTo: Snapshot;
}>;

/** The results of a run, as a table for people. */
export const summary = (story: Story): string => {
  const { options, sent, killed, wire, settled, redrivenTo } = story;
  const tries = sent.flatMap(({ answers }) => answers);
  const accepted = sent.filter(isAccepted);
  const rows: readonly (readonly [string, string])[] = [
    [
      'run',
      `seed ${options.seed}, ${story.seconds.toFixed(0)} s, ${story.stormSeconds.toFixed(0)} s of them under faults`,
    ],
    [
      'leads',
      `${options.leads}, events ${sent.length}, accepted ${accepted.length}, given up ${sent.length - accepted.length}`,
    ],
    ['tries of senders', `${tries.length}: ${listed(countedBy(tries.map(String)))}`],
    ['kills', `${sum(Object.values(killed))}: ${listed(new Map(Object.entries(killed)))}`],
    ['pauses of the cloud', String(options.pauses)],
    ['calls of functions', listed(new Map(Object.entries(wire.calls)))],
    ...services.map((service): readonly [string, string] => {
      const faults = wire.faults[service] ?? {};
      const counts = faultKinds.map((kind) => `${kind} ${faults[kind] ?? 0}`).join(', ');
      return [`faults of ${service}`, `${sum(Object.values(faults))}: ${counts}`];
    }),
    ['callers gone', `${wire.callersGone}: killed, or timed out, before the cloud's answer`],
    ['requeued', `${story.requeued} by the reconciler after the storm`],
    ['settled', states(settled)],
    ['dead letters', `${settled.letters.length}, redriven ${story.redriven}`],
    ['after the redrive', states(redrivenTo)],
    ['mails', mailsOf(story)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(22)} ${value}`).join('\n');
};

const states = ({ events }: Snapshot): string =>
  listed(
    countedBy(
      [...events.values()].map((event) => (event.state === 'FAILED' ? `FAILED (${event.reason})` : event.state)),
    ),
  );

/** Second mails, and the fate of each mail whose mark did not land. Only such a mail may be followed by another one. */
const mailsOf = ({ redrivenTo: { mails }, onWire }: Story): string => {
  const more = [...mails.values()].map((number) => number - 1);
  const inWindow = [...mails.keys()].flatMap((id) => {
    const { mails: fates, markIds } = onWire(id);
    // The mark that landed is that of the last answered mail.
    const marked = markIds.size === 0 ? -1 : fates.lastIndexOf('answered');
    return fates.filter((_, index) => index !== marked);
  });
  return (
    `${sum([...mails.values()])}, second mails ${sum(more)}; ` +
    `mails whose mark did not land ${inWindow.length}: ${listed(countedBy(inWindow))}`
  );
};

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
