import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { isBlank, withoutControl } from '../codecs/visible-text';
import { wholeNumberText } from '../codecs/whole-number';

/** The fields of a lookup file that may have the address of the owner. The first one with a text counts. */
export const addressFields = ['owner_email', 'email'] as const;
/** As `addressFields`, for the name. */
const nameFields = ['owner_name', 'lead_owner', 'owner', 'name', 'display_name', 'owner_id'] as const;

type OwnerFile = Readonly<Record<string, unknown>>;

const texts = (file: OwnerFile, fields: readonly string[]): readonly string[] =>
  fields
    .map((field) => file[field])
    .filter((value): value is string => typeof value === 'string' && !isBlank(value))
    .map((value) => value.trim().toWellFormed());

/** CRMs identify a person by a number. Such a name counts after all texts, because a text says more. */
const numbers = (file: OwnerFile): readonly string[] =>
  nameFields.map((field) => wholeNumberText(file[field])).filter((text) => text !== undefined);

/** The owner of a lead: a lookup file that has a name or an address. All of its fields are kept. */
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

/** Names and addresses of the owner, for the reader of a mail, the most useful first. */
export const ownerNames = (file: OwnerFile): readonly string[] => [
  ...texts(file, [...nameFields, ...addressFields]),
  ...numbers(file),
];

/** The name of the owner; the address if the file has no name. */
export const ownerName = (file: Owner): string => ownerNames(file)[0] ?? '';

/** What `GET /leads?owner=` finds: the address of the owner, or the name if the file has no address. */
export const ownerKey = (file: Owner): string =>
  searchKey([...texts(file, [...addressFields, ...nameFields]), ...numbers(file)][0] ?? '');

/**
 * The key of a text in an index. Case does not matter. Texts that look the same have the same key, whether an accent is
 * part of its letter or a character of its own (Unicode Normalization Form C,
 * docs/decisions/0022-search-keys-are-nfc.md).
 * Control characters are left out, because some clients cannot put them into a URL.
 *
 * @returns at most 512 characters, which are at most 2,048 bytes, the limit of DynamoDB for a partition key
 */
export const searchKey = (text: string): string =>
  // The time to normalize a sequence of combining marks grows with the square of its length.
  withoutControl(text.slice(0, 2048))
    .normalize('NFC')
    .trim()
    .toLowerCase()
    // A capital letter and its small letter may have different compositions.
    .normalize('NFC')
    .slice(0, 512)
    .toWellFormed();
