import { type Random, randomFrom } from '../simulation/random';
import { type Service, services } from './classify';

/** The faults of a call. `after`: the call has its effect, but its caller does not get the response. */
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
 * The share of calls with a fault, by service. It is high for Secrets Manager, because each worker calls it only once.
 */
export const faultRates: Readonly<Record<Service, number>> = {
  dynamodb: 0.04,
  s3: 0.04,
  sqs: 0.06,
  ses: 0.08,
  secretsmanager: 0.25,
};

/** `slow` is within the time-out of 4 s of the functions' clients (shared/aws/clients.ts), and `too-slow` is not. */
const delays: Readonly<Partial<Record<FaultKind, readonly [number, number]>>> = {
  slow: [300, 2_500],
  'too-slow': [4_500, 6_000],
};

/**
 * Chooses which calls of a service fail, and how. The same seed gives each service the same series. Each kind comes
 * once before any kind comes twice, so that a short run has all of them.
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
