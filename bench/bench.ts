import type { BothBundles } from './bundle';
import type { NodeProgram } from './nodes';

/** What the questions share. */
export type Bench = Readonly<{
  /** A folder for bundles. It is removed at the end. */
  folder: string;
  nodes: readonly NodeProgram[];
  /** The bundles of the functions. They are made at the first use. */
  bundles: () => readonly BothBundles[];
  /** How often each variant is measured, after the warm-ups. */
  rounds: number;
  /** Prints what is measured now. */
  say: (line: string) => void;
}>;
