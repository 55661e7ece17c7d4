import { SendEmailCommand, type SESClient, SESServiceException } from '@aws-sdk/client-ses';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import { clientSettings } from './clients';
import type { Mail, MailFailure } from '../ports/mail';

/**
 * Retries only what SES throttled (`Throttling`, "Maximum sending rate exceeded"), because no mail was sent then. After
 * any other error, each retry may be another mail.
 *
 * Leads that are received together are due together, and an account may send as few as 14 mails a second (Amazon SES
 * Developer Guide, "Managing your sending limits"). Waiting a few seconds here saves receives of their messages.
 */
class OnlyWhenThrottled extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(token: StandardRetryToken, failed: RetryErrorInfo): Promise<StandardRetryToken> {
    return failed.errorType === 'THROTTLING' && isRefusal(failed.error)
      ? super.refreshRetryTokenForRetry(token, failed)
      : Promise.reject(new Error('SES may have sent the mail'));
  }
}

/**
 * Settings of a client that sends a mail at most once. Each mail has a new connection. While Lambda freezes a
 * container, the other end may close a connection, and a mail lost on such a connection looks like a mail that SES may
 * have sent (aws-sdk-js-v3, issue 1196).
 */
export const mailerSettings = {
  ...clientSettings,
  retryStrategy: new OnlyWhenThrottled(4),
  requestHandler: {
    ...clientSettings.requestHandler,
    // `sendMail` sets the timeout of each mail. SES may send a mail whose response comes after the timeout.
    requestTimeout: 0,
    socketTimeout: 0,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
};

/**
 * Sends a mail at most once. SES answers 4xx before it accepts a mail. After a 5xx or no response, the mail may have
 * been sent.
 *
 * @param client has `mailerSettings`
 * @returns a port whose `timeoutMs` is the limit for the call, retries included, in milliseconds
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
            // One signal for all retries, because `requestTimeout` limits each of them alone.
            { abortSignal: AbortSignal.timeout(Math.floor(timeoutMs)), requestTimeout: timeoutMs },
          ),
        (error): MailFailure => ({
          kind: isRefusal(error) || isUnsent(error) ? 'refused' : 'unconfirmed',
          detail: error instanceof Error ? error.name : 'unknown',
        }),
      ),
      TE.asUnit,
    );

/** There was no connection, or there were no credentials, so that SES did not receive the request. */
const isUnsent = (error: unknown): boolean => {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'CredentialsProviderError' || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(code));
};

/** SES answered that it did not accept the mail. 408 is a timeout, after which the mail may have been sent. */
const isRefusal = (error: unknown): boolean => {
  if (!(error instanceof SESServiceException)) return false;
  const { httpStatusCode = 0 } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500 && httpStatusCode !== 408;
};
