import { type Diagnosis, notChecked, ok, problem, warning } from './finding';

/** What SES says of the sender and the recipient of the mails. */
export type MailFacts = Readonly<{
  /** Identities that are verified, of those that `identitiesOf` names. */
  verified: readonly string[];
  /** Absent on a local cloud, which has neither a sandbox nor a list of suppressed addresses. */
  account?: Readonly<{
    isInSandbox: boolean;
    canSend: boolean;
    /** Why SES sends nothing to the recipient, such as `BOUNCE`. */
    suppressed?: string;
  }>;
}>;

/** The identities of SES by which an address can be verified: itself, its domain, and the domains above. */
export const identitiesOf = (address: string): readonly string[] => {
  const labels = (address.split('@').at(-1) ?? '').split('.');
  return [address, ...labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'))];
};

/** @param from, to parameters of the stack: SesFromAddress and SesToAddress */
export const judgeMail = (from: string, to: string, { verified, account }: MailFacts): readonly Diagnosis[] => {
  const isVerified = (address: string): boolean => identitiesOf(address).some((one) => verified.includes(one));
  // Output masks addresses, so that a command names the parameter that has the address.
  const verify = (parameter: string): string =>
    `Verify the address of ${parameter}: aws ses verify-email-identity --email-address ADDRESS`;
  const sender = isVerified(from)
    ? ok('SES has verified the sender, SesFromAddress')
    : problem('SES has not verified the sender, SesFromAddress, and refuses its mails', verify('SesFromAddress'));
  if (account === undefined)
    return [sender, notChecked('a local cloud has no sandbox of SES, and no list of suppressed addresses')];
  const { isInSandbox, canSend, suppressed } = account;
  return [
    sender,
    ...(canSend
      ? []
      : [problem('SES has paused sending for this account', 'See the reputation dashboard of SES in the console.')]),
    isInSandbox
      ? warning(
          'SES is in its sandbox: 200 mails a day, to verified addresses only',
          'Ask for production access in the console of SES.',
        )
      : ok('SES has production access'),
    ...(isInSandbox && !isVerified(to)
      ? [problem('SES has not verified the recipient, SesToAddress, which the sandbox needs', verify('SesToAddress'))]
      : []),
    suppressed === undefined
      ? ok('SES does not suppress the recipient, SesToAddress')
      : problem(
          `SES sends nothing to the recipient, SesToAddress, because of an earlier ${suppressed.toLowerCase()}`,
          'Remove the address of SesToAddress from the list: ' +
            'aws sesv2 delete-suppressed-destination --email-address ADDRESS',
        ),
  ];
};
