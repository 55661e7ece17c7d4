import type * as t from 'io-ts';
import { headerValue, type SentRequest } from '../sent-request';
import { headerName, secretsOf } from './common-settings';
import { settings, text } from './settings';

/** A header cannot have another text: it loses the white space around it on its way. */
const secretInHeader = text('text of at least 8 printable ASCII characters, without a space at either end', (value) =>
  /^[!-~][ -~]{6,}[!-~]$/.test(value),
);

/** A sender that sends its secret as the value of a header. */
export const headerSecret = settings('header-secret', { header: headerName, secrets: secretsOf(secretInHeader) }, {});

export type HeaderSecret = t.TypeOf<typeof headerSecret>;

/** @returns `undefined` if the header is missing, or repeated with another value */
export const secretOfHeader = ({ header }: HeaderSecret, request: SentRequest): string | undefined =>
  headerValue(request, header);
