/** What a signature can cover. `uri` is the public URL of the request. */
export const places = ['body', 'timestamp', 'id', 'method', 'uri'] as const;

export type Place = (typeof places)[number];

/** A template in parts: places, and the texts between them. */
export type SignedPart = Readonly<{ place: Place } | { text: string }>;

/** Splits a template such as `{timestamp}.{body}`. Braces that are not around a name are text. */
export const signedParts = (template: string): readonly Readonly<{ place: string } | { text: string }>[] =>
  template
    .split(/(\{[a-z_]*\})/i)
    .filter((part) => part !== '')
    .map((part) => (/^\{[a-z_]*\}$/i.test(part) ? { place: part.slice(1, -1) } : { text: part }));

const isPlace = (name: string): name is Place => places.some((place) => place === name);

/** The parts of a template whose places are all known: see `templateProblem`. */
export const partsOf = (template: string): readonly SignedPart[] =>
  signedParts(template).flatMap((part): readonly SignedPart[] => {
    if ('text' in part) return [part];
    return isPlace(part.place) ? [{ place: part.place }] : [];
  });

export const hasPlace = (template: string, place: Place): boolean => template.includes(`{${place}}`);

/**
 * What a template must be, if it is not that. A signature that does not cover the body proves nothing about the body:
 * a person who has one signed request could use its signature for any other.
 */
export const templateProblem = (template: string): string | undefined => {
  const found = signedParts(template).flatMap((part) => ('place' in part ? [part.place] : []));
  if (!found.every(isPlace)) return `a template with the places ${places.map((place) => `{${place}}`).join(', ')} only`;
  if (!found.includes('body')) return 'a template with {body}, because the signature must cover the body';
  if (new Set(found).size < found.length) return 'a template with each place at most once';
  return hasIdBesidePlace(template)
    ? 'a template with text between {id} and other places, because characters could move from one to the other'
    : undefined;
};

/** Any text may be an id. Without a text between, another id and another body could have the same signature. */
const hasIdBesidePlace = (template: string): boolean =>
  signedParts(template).some((part, index, parts) => {
    const next = parts[index + 1];
    return next !== undefined && 'place' in part && 'place' in next && [part.place, next.place].includes('id');
  });
