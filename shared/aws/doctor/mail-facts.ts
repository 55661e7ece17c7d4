import { GetIdentityVerificationAttributesCommand, type SESClient } from '@aws-sdk/client-ses';
import {
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { identitiesOf, type MailFacts } from '../../operations/doctor/judge-mail';

type MailClients = Readonly<{ ses: SESClient; sesv2: SESv2Client }>;

/**
 * What SES says of the sender and the recipient.
 *
 * @param isLocal a local cloud has no sandbox, and no list of suppressed addresses
 * @throws what the SDK throws
 */
export const readMailFacts = async (
  { ses, sesv2 }: MailClients,
  from: string,
  to: string,
  isLocal: boolean,
): Promise<MailFacts> => {
  const { VerificationAttributes = {} } = await ses.send(
    new GetIdentityVerificationAttributesCommand({
      Identities: [...new Set([...identitiesOf(from), ...identitiesOf(to)])],
    }),
  );
  const verified = Object.entries(VerificationAttributes)
    .filter(([, { VerificationStatus }]) => VerificationStatus === 'Success')
    .map(([identity]) => identity);
  if (isLocal) return { verified };
  const [account, suppressed] = await Promise.all([sesv2.send(new GetAccountCommand({})), suppressionOf(sesv2, to)]);
  return {
    verified,
    account: {
      isInSandbox: account.ProductionAccessEnabled !== true,
      canSend: account.SendingEnabled !== false,
      ...(suppressed === undefined ? {} : { suppressed }),
    },
  };
};

const suppressionOf = async (client: SESv2Client, address: string): Promise<string | undefined> => {
  try {
    const { SuppressedDestination } = await client.send(new GetSuppressedDestinationCommand({ EmailAddress: address }));
    return SuppressedDestination?.Reason;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
};
