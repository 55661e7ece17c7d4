/** Sections of a page whose blocks are pasted, in order. */
export type Pasted = Readonly<{ file: string; headings: readonly string[] }>;

/** What each cloud runs, in one shell: a page may use what an earlier one has set. */
export const tiers = {
  embedded: {
    secondsPerBlock: 240,
    pages: [
      { file: 'README.md', headings: ['Quick start'] },
      { file: 'docs/walkthrough.md', headings: ['The embedded cloud'] },
      { file: 'docs/sources.md', headings: ['Adding a source'] },
    ],
  },
  localstack: {
    secondsPerBlock: 300,
    pages: [{ file: 'docs/walkthrough.md', headings: ['LocalStack by hand'] }],
  },
} as const satisfies Readonly<Record<string, Readonly<{ secondsPerBlock: number; pages: readonly Pasted[] }>>>;

export type TierName = keyof typeof tiers;

export const isTierName = (name: string): name is TierName => Object.hasOwn(tiers, name);

/**
 * The block that starts the embedded cloud. It belongs to a terminal of its own: `withNpmStart` runs it, and the shell
 * does not.
 */
export const startCommand = 'npm start';
