/** A page of documentation: its path from the project's folder, and its text. */
export type Page = Readonly<{ file: string; text: string }>;

/** A block to paste, and the answer that the page shows for it, if it shows one. */
export type Block = Readonly<{ line: number; commands: string; answer?: string }>;

/** The headings of the second level, in order. Sections of the third level belong to the section they are in. */
export const headingsOf = ({ text }: Page): readonly string[] =>
  sectionsOf(text.split('\n')).map(({ heading }) => heading);

/**
 * The `bash` blocks under one heading of the second level, in order, each with the `text` block that follows before
 * another `bash` block.
 *
 * @throws an Error if the page has no such heading, a block without an end, or a `console` block, which mixes commands
 *   with prompts
 */
export const blocksUnder = ({ file, text }: Page, heading: string): readonly Block[] => {
  const lines = text.split('\n');
  const section = sectionsOf(lines).find((one) => one.heading === heading);
  if (section === undefined) throw new Error(`${file} has no heading "${heading}".`);
  const blocks: Block[] = [];
  for (let index = section.start; index < section.end; index += 1) {
    const fence = fenceOf(lines[index]);
    if (fence === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end === -1) throw new Error(`${file}: the block of line ${index + 1} has no end.`);
    const content = lines.slice(index + 1, end).join('\n');
    const last = blocks.at(-1);
    if (fence === 'console') throw new Error(`${file}: the console block of line ${index + 1} cannot be pasted.`);
    if (fence === 'bash') blocks.push({ line: index + 1, commands: content });
    else if (fence === 'text' && last !== undefined) blocks[blocks.length - 1] = { ...last, answer: content };
    index = end;
  }
  return blocks;
};

type Section = Readonly<{ heading: string; start: number; end: number }>;

/** A line of shell may begin with `## `, so lines in a block are no headings. */
const sectionsOf = (lines: readonly string[]): readonly Section[] => {
  const headings: Readonly<{ heading: string; start: number }>[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const end = fenceOf(line) === undefined ? -1 : lines.indexOf('```', index + 1);
    if (end !== -1) index = end;
    else if (line.startsWith('## ')) headings.push({ heading: line.slice(3), start: index + 1 });
  }
  return headings.map((one, index) => ({ ...one, end: (headings[index + 1]?.start ?? lines.length + 1) - 1 }));
};

/**
 * The language of a block that begins in this line; `undefined` if none begins. Indented blocks are parts of lists, and
 * are not pasted.
 */
const fenceOf = (line: string | undefined): string | undefined => /^```(\w*)$/.exec(line ?? '')?.[1];
