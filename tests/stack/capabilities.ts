export type CloudName = 'embedded' | 'localstack';

export type Mail = Readonly<{ subject: string; text: string; html: string }>;

/** The capabilities of a cloud. Tests take all differences between the clouds from the table below. */
export type Capabilities = Readonly<{
  /** Whether the cloud verifies SigV4 signatures and evaluates IAM policies. */
  enforcesIam: boolean;
  /** Whether the set-up deploys a second stack in another region. */
  twoRegions: boolean;
  /** Whether queue metrics change the state of CloudWatch alarms. */
  alarmsOnQueues: boolean;
  /** How many concurrent requests the cloud can handle on two cores. LocalStack starts a container for each. */
  requestsAtOnce: number;
  /**
   * Whether the cloud may call a function twice for one request. LocalStack does if the container answers late
   * (services/lambda_/invocation/executor_endpoint.py). The second call then finds the event recorded.
   */
  repeatsCalls: boolean;
  /** Whether the table refuses index keys that DynamoDB refuses: empty strings, and values that are no strings. */
  checksIndexKeys: boolean;
  /** Whether writers of a secret that meet get the error that AWS documents. LocalStack answers InternalError. */
  swapsSecretVersions: boolean;
  /** The path at which the cloud lists the mails that SES accepted. */
  mailsPath: string;
  /** Reads that list. */
  readMails: (listing: unknown) => readonly Mail[];
}>;

type MiniStackListing = Readonly<{
  messages: Readonly<Record<string, readonly Readonly<{ Subject: string; BodyText: string; BodyHtml: string }>[]>>;
}>;

type LocalStackListing = Readonly<{
  messages: readonly Readonly<{ Subject: string; Body: Readonly<{ text_part: string; html_part: string }> }>[];
}>;

const table: Readonly<Record<CloudName, Capabilities>> = {
  embedded: {
    enforcesIam: true,
    requestsAtOnce: 200,
    repeatsCalls: false,
    twoRegions: true,
    alarmsOnQueues: false,
    checksIndexKeys: true,
    swapsSecretVersions: true,
    mailsPath: '/_ministack/ses/messages',
    readMails: (listing) =>
      Object.values((listing as MiniStackListing).messages)
        .flat()
        .map(({ Subject, BodyText, BodyHtml }) => ({ subject: Subject, text: BodyText, html: BodyHtml })),
  },
  localstack: {
    enforcesIam: false,
    requestsAtOnce: 10,
    repeatsCalls: true,
    twoRegions: false,
    alarmsOnQueues: true,
    checksIndexKeys: false,
    swapsSecretVersions: false,
    mailsPath: '/_aws/ses',
    readMails: (listing) =>
      (listing as LocalStackListing).messages.map(({ Subject, Body }) => ({
        subject: Subject,
        text: Body.text_part,
        html: Body.html_part,
      })),
  },
};

export const capabilitiesOf = (cloud: CloudName): Capabilities => table[cloud];

/** Why a cloud without a capability skips a test. The name of the skipped test shows it. */
export const reasons: Readonly<
  Record<'enforcesIam' | 'twoRegions' | 'alarmsOnQueues' | 'checksIndexKeys' | 'swapsSecretVersions', string>
> = {
  enforcesIam: 'this cloud verifies no signature and evaluates no policy',
  twoRegions: 'only one region is deployed on this cloud',
  alarmsOnQueues: 'queue metrics change no alarm on this cloud',
  checksIndexKeys: 'this cloud accepts index keys that DynamoDB refuses',
  swapsSecretVersions: 'this cloud answers InternalError to writers of a secret that meet',
};
