/** A block to paste, and what the page shows as its answer, if it shows one. */
export type Block = Readonly<{ line: number; commands: string; answer?: string }>;

/**
 * The `bash` blocks under one heading of a page, in order, each with the `text` block that comes next before another `bash` block.
 *
 * @throws an Error if the page has no such heading, or a block of `console`, which nobody can paste
 */
export const blocksUnder = (page: string, heading: string): readonly Block[] => {
  const lines = page.split('\n');
  const start = lines.indexOf(`## ${heading}`);
  if (start === -1) throw new Error(`README.md has no heading "${heading}".`);
  const blocks: Block[] = [];
  for (let index = start + 1; index < lines.length; index += 1) {
    const fence = /^```(\w*)$/.exec(lines[index] ?? '');
    if (fence === null) {
      if (lines[index]?.startsWith('## ') === true) break;
      continue;
    }
    const end = lines.indexOf('```', index + 1);
    if (end === -1) throw new Error(`README.md: the block of line ${index + 1} has no end.`);
    const text = lines.slice(index + 1, end).join('\n');
    const last = blocks.at(-1);
    if (fence[1] === 'console') throw new Error(`README.md: nobody can paste the console block of line ${index + 1}.`);
    if (fence[1] === 'bash') blocks.push({ line: index + 1, commands: text });
    else if (fence[1] === 'text' && last !== undefined) blocks[blocks.length - 1] = { ...last, answer: text };
    index = end;
  }
  return blocks;
};
