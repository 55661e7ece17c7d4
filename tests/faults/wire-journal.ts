import type { Effect, Service } from './classify';
import type { FaultKind } from './fault-schedule';

/** The fate of the answer to a call: the caller got it, the caller was gone, or a fault of this kind changed it. */
export type Fate = 'answered' | 'caller-gone' | FaultKind;

/** The calls about an event that the cloud accepted. */
export type EventOnWire = Readonly<{
  claimIds: ReadonlySet<string>;
  /** The fate of each mail that SES accepted, in order. */
  mails: readonly Fate[];
  /** The calls that marked it NOTIFIED. Several attempts of one call count once. */
  markIds: ReadonlySet<string>;
}>;

export type WireCounts = Readonly<{
  calls: Readonly<Partial<Record<Service, number>>>;
  faults: Readonly<Partial<Record<Service, Readonly<Partial<Record<FaultKind, number>>>>>>;
  callersGone: number;
}>;

const nothing: EventOnWire = { claimIds: new Set(), mails: [], markIds: new Set() };

/** Records the calls between functions and cloud, because a killed worker cannot report its own calls. */
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
    /** Records a call that the cloud accepted. Call the result with the fate of its answer. */
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
          // The fate until the answer is sent.
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
