import { parseArgs } from 'node:util';
import { localApiUrl, buildTemplate, deployTemplate, type Outputs, removeBuild } from './deploy';
import { endWithParent } from './end-with-parent';
import { localCredentials } from './environment';
import { showLeads } from './live-view';
import { linkTools } from './link-tools';
import { type MiniStack, refuseTakenPort, startMiniStack } from './ministack';
import { onlyStartHere } from './only-start';
import { ensureVenv } from './python';
import { seedStack, sourcesFromEnvironment } from './seed';

const stackName = 'crm-ingestion-dev';
const sender = 'leads@example.com';
const recipient = 'sales@example.com';

const usage = `npm start -- [--delay SECONDS] [--port PORT]

Runs the whole pipeline on this machine: the real template on an embedded cloud.

  --delay SECONDS  between a lead's arrival and its enrichment, 0 to 900 (20; in production 600)
  --port PORT      where the cloud listens, on 127.0.0.1 only (4566)
  --help           this text`;

type Options = Readonly<{ delaySeconds: number; port: number }>;

/** @throws an Error that says which option is wrong, and what it takes */
const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: { delay: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return 'help';
  return {
    delaySeconds: wholeNumber('--delay', values.delay ?? '20', 0, 900),
    port: wholeNumber('--port', values.port ?? '4566', 1, 65535),
  };
};

const wholeNumber = (name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`${name} takes a whole number from ${min} to ${max}.`);
  }
  return value;
};

const say = (line: string): void => console.log(line);

const main = async ({ delaySeconds, port }: Options): Promise<void> => {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
  const leave = onlyStartHere();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  endWithParent(() => stopping.abort());

  const stopped = (): boolean => stopping.signal.aborted;
  let cloud: MiniStack | undefined;
  let buildFolder: string | undefined;
  try {
    await refuseTakenPort(port);
    await Promise.all([ensureVenv('ministack', say), ensureVenv('tools', say)]);
    linkTools();
    if (stopped()) return;
    cloud = await startMiniStack(port);
    say(`The embedded cloud (MiniStack) answers on ${cloud.endpoint}. Building the functions …`);
    buildFolder = await buildTemplate();
    if (stopped()) return;
    say(`Deploying template.yaml as stack ${stackName} in ${region} …`);
    const { endpoint } = cloud;
    const outputs = await deployTemplate(buildFolder, {
      endpoint,
      region,
      stackName,
      parameters: { EnrichmentDelaySeconds: delaySeconds, SesFromAddress: sender, SesToAddress: recipient },
    });
    await seedStack({ endpoint, region, sender }, outputs);
    if (stopped()) return;
    say(instructions({ endpoint, region, delaySeconds, outputs }));
    const aborted = new Promise<void>((resolve) => {
      if (stopped()) resolve();
      stopping.signal.addEventListener('abort', () => resolve());
    });
    await Promise.race([
      aborted,
      cloud.ended.then(() => {
        throw new Error('The embedded cloud has ended by itself. Run npm start again.');
      }),
      showLeads({ endpoint, region, stackName, signal: stopping.signal, say }),
    ]);
  } catch (error) {
    // What was under way when the user pressed Ctrl-C fails: that is no news.
    if (!stopped()) throw error;
  } finally {
    if (cloud !== undefined) {
      say('\nStopping the embedded cloud …');
      await cloud.stop();
    }
    if (buildFolder !== undefined) removeBuild(buildFolder);
    leave();
  }
};

type Ready = Readonly<{ endpoint: string; region: string; delaySeconds: number; outputs: Outputs }>;

const instructions = ({ endpoint, region, delaySeconds, outputs }: Ready): string => {
  const api = localApiUrl(endpoint, outputs);
  const secret = sourcesFromEnvironment(process.env).lead_ingest?.secrets[0] ?? '';
  // A secret of the user's own is not shown. The body's single quotes end before the variable: the shell puts nothing in between them.
  const shown = (process.env.WEBHOOK_SECRET_INGEST ?? '') === '' ? secret : `'"$WEBHOOK_SECRET_INGEST"'`;
  return `
Ready. A lead is enriched ${delaySeconds} s after it came (npm start -- --delay 600 for the real delay).

  API           ${api}
  Mail          ${endpoint}/_ministack/ses/messages

In another terminal (the project's aws, awslocal, awscurl, samlocal and leadline are in .local/bin):

  export PATH="$PWD/.local/bin:$PATH"
  export AWS_ACCESS_KEY_ID=${localCredentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${localCredentials.secretAccessKey} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  export AWS_ENDPOINT_URL=${endpoint}
  export API_URL=${api}
  export DELAY_QUEUE_URL=${outputs.DelayQueueUrl}
  export RAW_BUCKET=${outputs.RawBucketName} ENRICHED_BUCKET=${outputs.EnrichedBucketName} LOOKUP_BUCKET=${outputs.LookupBucketName}

  # A lead comes in
  curl -X POST "$API_URL/ingest" -H "Content-Type: application/json" \\
    -d '{"lead_id":"test-1","display_name":"Alice","lead_email":"alice@example.com"}'
  curl -X POST "$API_URL/webhook" -H "Content-Type: application/json" \\
    -d '{"webhook_id":"lead_ingest","secret_key":"${shown}","lead_id":"LD-FINAL-001","email":"zote@themighty.com","status":"glorious"}'

  # Enrich it at once: put in the s3_key of the answer
  aws sqs send-message --endpoint-url "$AWS_ENDPOINT_URL" --queue-url "$DELAY_QUEUE_URL" --delay-seconds 0 \\
    --message-body '{"s3_key":"raw/crm_event_test-1_<timestamp>.json"}'

  # What is stored, and what was mailed
  aws s3 ls "s3://$RAW_BUCKET/raw/" ; aws s3 ls "s3://$ENRICHED_BUCKET/enriched/"
  aws dynamodb scan --table-name ${outputs.TableName}
  curl -s ${endpoint}/_ministack/ses/messages

  # Ask as the one who may: make a key for ${outputs.ReaderUserName}, use it
  aws iam create-access-key --user-name ${outputs.ReaderUserName}
  awscurl --service execute-api --region ${region} --access_key ACCESS_KEY_ID --secret_key SECRET_ACCESS_KEY \\
    "$API_URL/leads?email=zote@themighty.com"

  # The logs
  sam logs --stack-name ${stackName} --tail

Leads as they happen (Ctrl-C ends everything):
`;
};

const start = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(usage);
  else await main(options);
};

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
