import { type Random, randomFrom } from '../simulation/random';
import { type Service, services } from './classify';

/** What may befall a call. `after`: the service has done what it was asked, and its caller does not learn so. */
export const faultKinds = [
  'reset-before',
  'reset-after',
  'error-500',
  'error-503',
  'error-after',
  'throttled',
  'slow',
  'too-slow',
  'cut-body',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export type Fault = Readonly<{ kind: FaultKind; delayMs: number }>;

/**
 * How many calls of a service meet a fault. Secrets are read once in a worker's life, hence the high rate: most of what
 * its callers do is wait for a worker.
 */
export const faultRates: Readonly<Record<Service, number>> = {
  dynamodb: 0.04,
  s3: 0.04,
  sqs: 0.06,
  ses: 0.08,
  secretsmanager: 0.25,
};

/** In time is what comes before the functions' own time-out of 4 s for a call (shared/aws/clients.ts). */
const delays: Readonly<Partial<Record<FaultKind, readonly [number, number]>>> = {
  slow: [300, 2_500],
  'too-slow': [4_500, 6_000],
};

/**
 * Decides which calls of a service fail, and how: the same seed gives each service the same series. Kinds are dealt
 * from a shuffled pack, so that a short run meets all of them.
 */
export const faultSchedule = (seed: number): ((service: Service) => Fault | undefined) => {
  const series = new Map(services.map((service, index) => [service, seriesOf(randomFrom(seed * 10 + index), service)]));
  return (service) => series.get(service)?.();
};

const seriesOf = (random: Random, service: Service): (() => Fault | undefined) => {
  let pack: FaultKind[] = [];
  return () => {
    if (!random.chance(faultRates[service])) return undefined;
    if (pack.length === 0) pack = random.shuffle(faultKinds);
    const kind = pack.pop()!;
    const [min, max] = delays[kind] ?? [0, 0];
    return { kind, delayMs: random.between(min, max) };
  };
};
