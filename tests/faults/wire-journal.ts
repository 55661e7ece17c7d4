import type { Effect, Service } from './classify';
import type { FaultKind } from './fault-schedule';

/** What became of the answer to a call: its caller had it whole; was gone by then; or a fault came in between. */
export type Fate = 'answered' | 'caller-gone' | FaultKind;

/** What the wire saw of an event. Only what the cloud took counts. */
export type EventOnWire = Readonly<{
  claimIds: ReadonlySet<string>;
  /** The fate of each mail that SES took, in order. */
  mails: readonly Fate[];
  /** Calls that marked it NOTIFIED: several tries of one call are one. */
  markIds: ReadonlySet<string>;
}>;

export type WireCounts = Readonly<{
  calls: Readonly<Partial<Record<Service, number>>>;
  faults: Readonly<Partial<Record<Service, Readonly<Partial<Record<FaultKind, number>>>>>>;
  callersGone: number;
}>;

const nothing: EventOnWire = { claimIds: new Set(), mails: [], markIds: new Set() };

/** Keeps what passed between the functions and the cloud: the only witness of what a killed worker had done. */
export const wireJournal = () => {
  const events = new Map<string, { claimIds: Set<string>; mails: Fate[]; markIds: Set<string> }>();
  const calls: Partial<Record<Service, number>> = {};
  const faults: Partial<Record<Service, Partial<Record<FaultKind, number>>>> = {};
  let callersGone = 0;

  const eventOf = (id: string) => {
    const seen = events.get(id) ?? { claimIds: new Set(), mails: [], markIds: new Set() };
    events.set(id, seen);
    return seen;
  };

  return {
    countCall: (service: Service): void => {
      calls[service] = (calls[service] ?? 0) + 1;
    },
    countFault: (service: Service, kind: FaultKind): void => {
      const ofService = (faults[service] ??= {});
      ofService[kind] = (ofService[kind] ?? 0) + 1;
    },
    countCallerGone: (): void => {
      callersGone += 1;
    },
    /** The cloud has taken a call. Its answer may still get lost: `settle` says so. */
    took: (effect: Effect): ((fate: Fate) => void) => {
      const event = eventOf(effect.eventId);
      switch (effect.kind) {
        case 'claim':
          event.claimIds.add(effect.claimId);
          return () => undefined;
        case 'mark':
          event.markIds.add(effect.callId);
          return () => undefined;
        case 'mail': {
          // Until its answer is there the caller knows nothing.
          const place = event.mails.push('caller-gone') - 1;
          return (fate) => (event.mails[place] = fate);
        }
      }
    },
    of: (eventId: string): EventOnWire => events.get(eventId) ?? nothing,
    counts: (): WireCounts => ({ calls, faults, callersGone }),
  };
};

export type WireJournal = ReturnType<typeof wireJournal>;
