import { SendEmailCommand, type SESClient, SESServiceException } from '@aws-sdk/client-ses';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Mail, MailFailure } from '../lead/mail';

/**
 * Sends a mail, with one try: give it a client with `maxAttempts: 1`, because each of the SDK's own tries may be a mail.
 * SES refuses with 4xx before it takes a mail; after a 5xx or no answer nobody knows.
 */
export const sendMail =
  (client: SESClient, from: string, to: string) =>
  ({ subject, text, html }: Mail): TE.TaskEither<MailFailure, void> =>
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
          ),
        (error): MailFailure => ({
          kind: error instanceof SESServiceException && isRefusal(error) ? 'refused' : 'unconfirmed',
          detail: error instanceof Error ? error.name : 'unknown',
        }),
      ),
      TE.asUnit,
    );

const isRefusal = ({ $metadata: { httpStatusCode = 0 } }: SESServiceException): boolean =>
  httpStatusCode >= 400 && httpStatusCode < 500 && httpStatusCode !== 408;
