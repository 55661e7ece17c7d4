import type { Auth } from '../../sources/auth';
import { secretHeader } from '../../sources/schemes/body-secret';
import type { Hmac } from '../../sources/schemes/hmac';
import { secretField } from '../../sources/sent-payload';

/**
 * What the sender of a source without a preset must set, besides the URL and the secret. It never has a secret. A scheme
 * of a provider has no such settings.
 *
 * @param header the name of the header as the operator has written it. Settings have it in lower case
 */
export const senderSteps = (auth: Auth, header = 'header' in auth ? auth.header : ''): readonly string[] => {
  switch (auth.scheme) {
    case 'basic':
      return [`Use HTTP basic authentication there, with the user name ${auth.user} and the secret as the password.`];
    case 'header-secret':
      return [`Send the secret in the header ${header}.`];
    case 'body-secret':
      return [`Send the secret as ${secretField} in the JSON body, or in the header ${secretHeader}.`];
    case 'hmac':
      return hmacSteps(auth, header);
    default:
      return [];
  }
};

const hmacSteps = (auth: Hmac, header: string): readonly string[] => {
  const { algorithm = 'sha256', encoding = 'hex', prefix = '', signed = '{body}' } = auth;
  const { timestamp_header: timestamp, timestamp_unit: unit = 's', id_header: id, secret_encoding: ofSecret } = auth;
  const what = signed === '{body}' ? 'the body of each request' : `the text ${signed} of each request`;
  const start = prefix === '' ? '' : ` after the prefix ${prefix}`;
  return [
    `Sign ${what} by HMAC with ${algorithm}, and send the signature in ${encoding}${start} in the header ${header}.`,
    ...(timestamp === undefined
      ? []
      : [
          `Send the time in ${unit === 'ms' ? 'milliseconds' : 'seconds'} since 1970 (UTC) in the header ${timestamp}.`,
        ]),
    ...(id === undefined ? [] : [`Send an id of the request in the header ${id}.`]),
    ...(ofSecret === undefined || ofSecret === 'utf8'
      ? []
      : [`Decode the secret from ${ofSecret}: its bytes are the key of the HMAC.`]),
  ];
};
