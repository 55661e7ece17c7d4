import { SendEmailCommand, type SESClient, SESServiceException } from '@aws-sdk/client-ses';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import { clientSettings } from './clients';
import type { Mail, MailFailure } from '../ports/mail';

/**
 * Tries again only what SES refused for being too much at once (`Throttling`, "Maximum sending rate exceeded"): no mail went
 * out. Leads that come together are due together, and an account may send as few as 14 mails a second (Amazon SES Developer
 * Guide, "Managing your sending limits"), so waiting a few seconds here saves their three receives. After anything else each
 * try of the SDK's own may be a mail.
 */
class OnlyWhenThrottled extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(token: StandardRetryToken, failed: RetryErrorInfo): Promise<StandardRetryToken> {
    return failed.errorType === 'THROTTLING' && isRefusal(failed.error)
      ? super.refreshRetryTokenForRetry(token, failed)
      : Promise.reject(new Error('SES may have taken it'));
  }
}

/**
 * Settings of a client that mails once. Each mail has a connection of its own: one that was kept while Lambda had the container
 * frozen may be shut at the other end, and a mail lost on it looks like one that SES took (aws-sdk-js-v3, issue 1196).
 */
export const mailerSettings = {
  ...clientSettings,
  retryStrategy: new OnlyWhenThrottled(4),
  requestHandler: {
    ...clientSettings.requestHandler,
    // `sendMail` says how long: a mail whose answer comes after the time-out is out all the same.
    requestTimeout: 0,
    socketTimeout: 0,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
};

/**
 * Sends a mail, once: give it a client with `mailerSettings`.
 * SES refuses with 4xx before it takes a mail; after a 5xx or no answer nobody knows.
 *
 * @param timeoutMs how long it may take, with all that is tried again, in milliseconds
 */
export const sendMail =
  (client: SESClient, from: string, to: string) =>
  ({ subject, text, html }: Mail, timeoutMs: number): TE.TaskEither<MailFailure, void> =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new SendEmailCommand({
              Source: from,
              Destination: { ToAddresses: [to] },
              Message: {
                Subject: { Charset: 'UTF-8', Data: subject },
                Body: { Text: { Charset: 'UTF-8', Data: text }, Html: { Charset: 'UTF-8', Data: html } },
              },
            }),
            // One signal for all tries: each of them alone could take its own time-out.
            { abortSignal: AbortSignal.timeout(Math.floor(timeoutMs)), requestTimeout: timeoutMs },
          ),
        (error): MailFailure => ({
          kind: isRefusal(error) || isUnsent(error) ? 'refused' : 'unconfirmed',
          detail: error instanceof Error ? error.name : 'unknown',
        }),
      ),
      TE.asUnit,
    );

/** There was no connection, or nothing to sign with: SES has never heard of the mail. */
const isUnsent = (error: unknown): boolean => {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'CredentialsProviderError' || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(code));
};

const isRefusal = (error: unknown): boolean => {
  if (!(error instanceof SESServiceException)) return false;
  const { httpStatusCode = 0 } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500 && httpStatusCode !== 408;
};
