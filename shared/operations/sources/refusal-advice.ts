import { refreshSeconds } from './times';

/** What a 401 means if the sender has sent a secret that is stored. */
const notAccepted = `The functions do not accept the secret or the signature. After a change, wait ${refreshSeconds} seconds.`;

/** The functions never answer 403 to a sender. */
const notForwarded =
  'The request did not reach the functions. API Gateway, its web ACL (WebAclArn) or a proxy refused it. ' +
  'Check the URL of the API, and the rules of the web ACL.';

/**
 * What to do after the API refused a sender with 401 or 403.
 *
 * @param unauthorized what to do after a 401
 */
export const refusalAdvice = (status: number, unauthorized = notAccepted): string =>
  status === 403 ? notForwarded : unauthorized;
