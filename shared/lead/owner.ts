import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { isBlank, withoutControl } from '../codecs/visible-text';

/** Where lookup files keep the owner's address and name; the first one present counts. */
const addressFields = ['owner_email', 'email'] as const;
const nameFields = ['owner_name', 'lead_owner', 'owner', 'name', 'display_name', 'owner_id'] as const;

type OwnerFile = Readonly<Record<string, unknown>>;

const texts = (file: OwnerFile, fields: readonly string[]): readonly string[] =>
  fields
    .map((field) => file[field])
    .filter((value): value is string => typeof value === 'string' && !isBlank(value))
    .map((value) => value.trim().toWellFormed());

/** Who looks after a lead: a lookup file, all of which is kept, that names a person by name or by address. */
export const owner = new t.Type<OwnerFile>(
  'an object with owner_name or owner_email',
  (value): value is OwnerFile => t.UnknownRecord.is(value),
  (value, context) =>
    pipe(
      t.UnknownRecord.validate(value, context),
      E.filterOrElse(
        (file) => ownerNames(file).length > 0,
        () => [{ value, context }],
      ),
    ),
  t.identity,
);

export type Owner = t.TypeOf<typeof owner>;

/** What a reader of the mail may know the owner by, the best first. */
export const ownerNames = (file: OwnerFile): readonly string[] => texts(file, [...nameFields, ...addressFields]);

export const ownerName = (file: Owner): string => ownerNames(file)[0] ?? '';

/** What `GET /leads?owner=` finds: the address, or the name of an owner without one. Case does not matter. */
export const ownerKey = (file: Owner): string => searchKey(texts(file, [...addressFields, ...nameFields])[0] ?? '');

/**
 * Text as an index holds it. Letters that look the same are the same, whether an accent is part of its letter or a character of its own
 * (Unicode Normalization Form C; docs/decisions/search-keys-are-nfc.md). 512 characters stay under the 2,048 bytes that DynamoDB allows for a key. Control characters, which
 * not every client can put into a URL, don't count.
 */
export const searchKey = (text: string): string =>
  // Normalizing a long row of combining marks takes quadratic time.
  withoutControl(text.slice(0, 2048))
    .normalize('NFC')
    .trim()
    .toLowerCase()
    // A capital letter may have another composition than its small one.
    .normalize('NFC')
    .slice(0, 512)
    .toWellFormed();
