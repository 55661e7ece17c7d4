import type { Bench } from './bench';
import { bundleSizes } from './bundle';
import { countedCosts } from './counted';
import { firstRequests } from './first-request';
import { initTimes } from './init';
import { latencies } from './latency';
import { largeBodies } from './large-bodies';
import type { Answer } from './measure';
import { warmCpu } from './warm-cpu';

type Question = (bench: Bench) => Answer | Promise<Answer>;

/** What `npm run bench` measures, by the names that it takes as arguments, in the order of the page. */
export const questions = {
  bundle: bundleSizes,
  init: initTimes,
  'first-request': firstRequests,
  warm: warmCpu,
  latency: latencies,
  bodies: largeBodies,
  cost: countedCosts,
} satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;

export const questionNames = Object.keys(questions) as readonly QuestionName[];
