export type CloudName = 'embedded' | 'localstack';

export type Mail = Readonly<{ subject: string; text: string; html: string }>;

/** What a cloud can do. This table is the only place that knows of differences between the clouds. */
export type Capabilities = Readonly<{
  /** Whether SigV4 signatures are verified and IAM policies evaluated. */
  enforcesIam: boolean;
  /** Whether a second stack in another region of the same process is possible within the test's time. */
  twoRegions: boolean;
  /** Whether queue metrics drive CloudWatch alarms. */
  alarmsOnQueues: boolean;
  /** How many requests at once it can take on two cores: LocalStack starts a container for each. */
  requestsAtOnce: number;
  /**
   * Whether it may call a function a second time for one request: LocalStack does when the container's answer is late
   * (services/lambda_/invocation/executor_endpoint.py), and its second call finds the event recorded.
   */
  repeatsCalls: boolean;
  /** Whether the table refuses keys of an index that DynamoDB refuses: empty text, and what is no text. */
  checksIndexKeys: boolean;
  /** Where the cloud lists what SES took. */
  mailsPath: string;
  /** What that list says. */
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

/** Why a test is not run on a cloud that lacks a capability: shown in the test's name. */
export const reasons: Readonly<Record<'enforcesIam' | 'twoRegions' | 'alarmsOnQueues' | 'checksIndexKeys', string>> = {
  enforcesIam: 'this cloud verifies no signature and evaluates no policy',
  twoRegions: 'one region is deployed here',
  alarmsOnQueues: 'queue metrics drive no alarm here',
  checksIndexKeys: 'this cloud takes keys of an index that DynamoDB refuses',
};
