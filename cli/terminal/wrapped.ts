/**
 * Breaks a text into lines of at most `width` characters: after a comma or semicolon, or between words where that is not
 * enough. A longer word is not broken, and has a line of its own.
 */
export const wrapped = (text: string, width: number): readonly string[] => {
  const parts = text.split(/(?<=[,;]) /).flatMap((part) => (part.length > width ? part.split(' ') : [part]));
  return parts.reduce<readonly string[]>((lines, part) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + 1 + part.length <= width
      ? [...lines.slice(0, -1), `${last} ${part}`]
      : [...lines, part];
  }, []);
};
