import { services } from './classify';
import { faultKinds } from './fault-schedule';
import { isAccepted } from './checks';
import type { Options } from './options';
import type { Told } from './senders';
import { countedBy, type Snapshot } from './snapshot';
import type { EventOnWire, WireCounts } from './wire-journal';

export type Story = Readonly<{
  options: Options;
  seconds: number;
  stormSeconds: number;
  told: readonly Told[];
  killed: Readonly<Record<string, number>>;
  wire: WireCounts;
  onWire: (eventId: string) => EventOnWire;
  requeued: number;
  redriven: number;
  settled: Snapshot;
  redrivenTo: Snapshot;
}>;

/** What a run came to, as a table for people. */
export const summary = (story: Story): string => {
  const { options, told, killed, wire, settled, redrivenTo } = story;
  const tries = told.flatMap(({ answers }) => answers);
  const accepted = told.filter(isAccepted);
  const rows: readonly (readonly [string, string])[] = [
    [
      'run',
      `seed ${options.seed}, ${story.seconds.toFixed(0)} s, ${story.stormSeconds.toFixed(0)} s of them under faults`,
    ],
    [
      'leads',
      `${options.leads}, events ${told.length}, accepted ${accepted.length}, given up ${told.length - accepted.length}`,
    ],
    ['tries of senders', `${tries.length}: ${listed(countedBy(tries.map(String)))}`],
    ['kills', `${sum(Object.values(killed))}: ${listed(new Map(Object.entries(killed)))}`],
    ['pauses of the cloud', String(options.pauses)],
    ['calls of functions', listed(new Map(Object.entries(wire.calls)))],
    ...services.map((service): readonly [string, string] => {
      const faults = wire.faults[service] ?? {};
      const told = faultKinds.map((kind) => `${kind} ${faults[kind] ?? 0}`).join(', ');
      return [`faults of ${service}`, `${sum(Object.values(faults))}: ${told}`];
    }),
    ['callers gone', `${wire.callersGone}: killed, or out of patience, before the cloud's answer`],
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
      [...events.values()].map(({ state, reason }) => (state === 'FAILED' ? `FAILED (${reason ?? ''})` : state)),
    ),
  );

/** Mails beyond the first, and what became of those whose mark did not land: that is the named window. */
const mailsOf = ({ redrivenTo: { mails }, onWire }: Story): string => {
  const more = [...mails.values()].map((number) => number - 1);
  const inWindow = [...mails.keys()].flatMap((id) => {
    const { mails: fates, markIds } = onWire(id);
    // The last mail that was answered is the one whose mark landed.
    const marked = markIds.size === 0 ? -1 : fates.lastIndexOf('answered');
    return fates.filter((_, index) => index !== marked);
  });
  return `${sum([...mails.values()])}, second mails ${sum(more)}; mails whose mark did not land ${inWindow.length}: ${listed(countedBy(inWindow))}`;
};

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
