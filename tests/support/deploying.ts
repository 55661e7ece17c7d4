/**
 * What CloudFormation calls to create, read, update and delete a resource of a type, and on which resource. The actions
 * are the `handlers` of AWS's resource schemas (May 2025), without those of properties that the template does not set.
 * Placeholders are those of docs/production.md. `x1` is a part of a name or an id that AWS makes.
 */
export type Deploying = Readonly<{ arns: readonly string[]; actions: readonly string[] }>;

const inRegion = (service: string, rest: string): string => `arn:aws:${service}:REGION:ACCOUNT:${rest}`;
const api = (path: string): string => `arn:aws:apigateway:REGION::${path}`;
const of = (service: string, actions: string): readonly string[] =>
  actions.split(' ').map((action) => `${service}:${action}`);

const tags = 'TagResource UntagResource ListTagsForResource';
const functionArn = inRegion('lambda', 'function:STACK-IngestionFunction');
const mappingArn = inRegion('lambda', 'event-source-mapping:x1');
const roleArn = 'arn:aws:iam::ACCOUNT:role/STACK-IngestionRole-x1';
const logRoleArn = 'arn:aws:iam::ACCOUNT:role/STACK-ApiLogRole-x1';
const userArn = 'arn:aws:iam::ACCOUNT:user/READER';
const bucketArn = 'arn:aws:s3:::STACK-rawbucket-x1';
const stageArn = api('/restapis/x1/stages/Prod');

const bucketReads =
  'GetBucketOwnershipControls GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning ' +
  'GetEncryptionConfiguration GetLifecycleConfiguration ListBucket';
const bucketWrites =
  'CreateBucket DeleteBucket PutBucketOwnershipControls PutBucketPublicAccessBlock PutBucketTagging ' +
  'PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration';

export const deploying: Readonly<Record<string, readonly Deploying[]>> = {
  'AWS::ApiGateway::RestApi': [
    { arns: [api('/restapis')], actions: of('apigateway', 'POST') },
    { arns: [api('/restapis/x1')], actions: of('apigateway', 'GET PUT PATCH DELETE') },
    { arns: [api('/tags/x1')], actions: of('apigateway', 'GET PUT DELETE') },
  ],
  'AWS::ApiGateway::Deployment': [
    { arns: [api('/restapis/x1/deployments')], actions: of('apigateway', 'POST') },
    { arns: [api('/restapis/x1/deployments/x1')], actions: of('apigateway', 'GET PATCH DELETE') },
  ],
  'AWS::ApiGateway::Stage': [
    { arns: [api('/restapis/x1/stages')], actions: of('apigateway', 'POST') },
    { arns: [stageArn], actions: of('apigateway', 'GET PATCH DELETE') },
  ],
  'AWS::ApiGateway::Account': [
    { arns: [api('/account')], actions: of('apigateway', 'GET PATCH') },
    { arns: [logRoleArn], actions: of('iam', 'GetRole PassRole') },
  ],
  'AWS::ApiGateway::DomainName': [
    { arns: [api('/domainnames')], actions: of('apigateway', 'POST') },
    { arns: [api('/domainnames/DOMAIN')], actions: of('apigateway', 'GET PATCH DELETE') },
    {
      arns: ['arn:aws:iam::ACCOUNT:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway'],
      actions: of('iam', 'CreateServiceLinkedRole'),
    },
  ],
  'AWS::ApiGateway::BasePathMapping': [
    { arns: [api('/domainnames/DOMAIN/basepathmappings')], actions: of('apigateway', 'POST') },
    { arns: [api('/domainnames/DOMAIN/basepathmappings/x1')], actions: of('apigateway', 'GET PATCH DELETE') },
  ],
  'AWS::WAFv2::WebACLAssociation': [
    { arns: [stageArn], actions: of('apigateway', 'SetWebACL') },
    {
      arns: [stageArn, inRegion('wafv2', 'regional/webacl/x1/x1')],
      actions: of('wafv2', 'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource'),
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      arns: [
        inRegion('logs', 'log-group:/aws/lambda/STACK-IngestionFunction:*'),
        inRegion('logs', 'log-group:/aws/apigateway/STACK:*'),
        inRegion('logs', 'log-group:/aws/apigateway/STACK'),
      ],
      actions: of(
        'logs',
        `CreateLogGroup DeleteLogGroup PutRetentionPolicy AssociateKmsKey DisassociateKmsKey GetDataProtectionPolicy ${tags}`,
      ),
    },
    { arns: ['*'], actions: of('logs', 'DescribeLogGroups DescribeIndexPolicies') },
  ],
  'AWS::Logs::QueryDefinition': [
    { arns: ['*'], actions: of('logs', 'PutQueryDefinition DescribeQueryDefinitions DeleteQueryDefinition') },
  ],
  'AWS::IAM::Role': [
    {
      arns: [roleArn, logRoleArn, 'arn:aws:iam::ACCOUNT:role/STACK-ReaderRole-x1'],
      actions: of(
        'iam',
        'CreateRole DeleteRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePolicy ' +
          'GetRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies TagRole UntagRole ListRoleTags ' +
          'PutRolePermissionsBoundary',
      ),
    },
    { arns: [logRoleArn], actions: of('iam', 'AttachRolePolicy DetachRolePolicy') },
  ],
  'AWS::IAM::User': [
    {
      arns: [userArn],
      actions: of(
        'iam',
        'CreateUser DeleteUser GetUser TagUser UntagUser ListUserTags GetLoginProfile ListGroupsForUser ' +
          'ListAttachedUserPolicies ListUserPolicies ListAccessKeys DeleteAccessKey PutUserPermissionsBoundary',
      ),
    },
  ],
  'AWS::IAM::Policy': [{ arns: [userArn], actions: of('iam', 'PutUserPolicy GetUserPolicy DeleteUserPolicy') }],
  'AWS::Lambda::Function': [
    {
      arns: [functionArn],
      actions: of(
        'lambda',
        'CreateFunction GetFunction DeleteFunction UpdateFunctionCode UpdateFunctionConfiguration ' +
          'PutFunctionConcurrency DeleteFunctionConcurrency GetFunctionCodeSigningConfig GetFunctionRecursionConfig ' +
          'GetRuntimeManagementConfig TagResource UntagResource ListTags',
      ),
    },
    { arns: [roleArn], actions: of('iam', 'PassRole') },
    { arns: ['arn:aws:s3:::aws-sam-cli-managed-default-x1/x1'], actions: of('s3', 'GetObject GetObjectVersion') },
  ],
  'AWS::Lambda::Permission': [
    { arns: [functionArn], actions: of('lambda', 'AddPermission RemovePermission GetPolicy') },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {
      arns: [mappingArn],
      actions: of(
        'lambda',
        'CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping ' +
          'TagResource UntagResource ListTags',
      ),
    },
  ],
  'AWS::Events::Rule': [
    {
      arns: [inRegion('events', 'rule/STACK-ReconcileFunctionEveryFiveMinutes-x1')],
      actions: of('events', 'PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule'),
    },
  ],
  'AWS::SQS::Queue': [
    {
      arns: ['DelayQueue', 'RetryQueue', 'DeadLetterQueue'].map((name) => inRegion('sqs', `STACK-${name}-x1`)),
      actions: of(
        'sqs',
        'CreateQueue DeleteQueue GetQueueUrl GetQueueAttributes SetQueueAttributes ListQueueTags TagQueue UntagQueue',
      ),
    },
  ],
  'AWS::SQS::QueuePolicy': [
    { arns: [inRegion('sqs', 'STACK-DelayQueue-x1')], actions: of('sqs', 'SetQueueAttributes') },
  ],
  'AWS::S3::Bucket': [
    {
      arns: ['raw', 'lookup', 'enriched'].map((name) => `arn:aws:s3:::STACK-${name}bucket-x1`),
      actions: of('s3', `${bucketReads} ${bucketWrites}`),
    },
  ],
  'AWS::S3::BucketPolicy': [
    { arns: [bucketArn], actions: of('s3', 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy') },
  ],
  'AWS::DynamoDB::Table': [
    {
      arns: [inRegion('dynamodb', 'table/STACK-LeadTable-x1')],
      actions: of(
        'dynamodb',
        'CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive ' +
          'DescribeContinuousBackups UpdateContinuousBackups DescribeContributorInsights GetResourcePolicy ' +
          'DescribeKinesisStreamingDestination TagResource UntagResource ListTagsOfResource',
      ),
    },
  ],
  // Without GetSecretValue, which the schema names: the template never changes the value, and a person who deploys
  // must not read the secrets of senders.
  'AWS::SecretsManager::Secret': [
    {
      arns: [inRegion('secretsmanager', 'secret:STACK-sources-x1')],
      actions: of('secretsmanager', 'CreateSecret DescribeSecret UpdateSecret DeleteSecret TagResource UntagResource'),
    },
  ],
  'AWS::SES::EmailIdentity': [
    {
      arns: [inRegion('ses', 'identity/SENDER')],
      actions: of('ses', 'CreateEmailIdentity GetEmailIdentity DeleteEmailIdentity'),
    },
  ],
  'AWS::CloudFormation::Stack': [
    {
      arns: [inRegion('cloudformation', 'stack/STACK-Reader-x1/x1')],
      actions: of('cloudformation', 'CreateStack DescribeStacks UpdateStack DeleteStack GetTemplate'),
    },
  ],
  'AWS::SNS::Topic': [
    {
      arns: [inRegion('sns', 'STACK-AlarmTopic-x1')],
      actions: of(
        'sns',
        'CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes GetDataProtectionPolicy Subscribe Unsubscribe ' +
          `ListSubscriptionsByTopic ${tags}`,
      ),
    },
  ],
  'AWS::SNS::TopicPolicy': [
    { arns: [inRegion('sns', 'STACK-AlarmTopic-x1')], actions: of('sns', 'SetTopicAttributes') },
  ],
  'AWS::CloudWatch::Alarm': [
    {
      arns: [inRegion('cloudwatch', 'alarm:STACK-IngestionErrorAlarm-x1')],
      actions: of('cloudwatch', `PutMetricAlarm DeleteAlarms ${tags}`),
    },
    { arns: [inRegion('cloudwatch', 'alarm:*')], actions: of('cloudwatch', 'DescribeAlarms') },
  ],
  'AWS::CloudWatch::Dashboard': [
    {
      arns: ['arn:aws:cloudwatch::ACCOUNT:dashboard/STACK-REGION'],
      actions: of('cloudwatch', 'PutDashboard GetDashboard DeleteDashboards'),
    },
  ],
};

const ofStack = 'CreateChangeSet DescribeChangeSet DescribeStackEvents DescribeStacks ExecuteChangeSet';

/** What `sam deploy` and `sam delete` call themselves (samcli/lib/deploy, bootstrap, package and delete). */
export const samCalls: readonly Deploying[] = [
  {
    arns: [inRegion('cloudformation', 'stack/STACK/x1')],
    actions: of('cloudformation', `${ofStack} DeleteChangeSet DeleteStack GetTemplate ListChangeSets`),
  },
  {
    arns: [inRegion('cloudformation', 'stack/aws-sam-cli-managed-default/x1')],
    actions: of('cloudformation', ofStack),
  },
  {
    arns: ['arn:aws:cloudformation:REGION:aws:transform/Serverless-2016-10-31'],
    actions: of('cloudformation', 'CreateChangeSet'),
  },
  { arns: ['*'], actions: of('cloudformation', 'GetTemplateSummary') },
  {
    arns: ['arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-x1'],
    actions: of(
      's3',
      'CreateBucket GetBucketPolicy GetBucketVersioning GetEncryptionConfiguration ListBucket PutBucketPolicy ' +
        'PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration',
    ),
  },
  {
    arns: ['arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-x1/x1'],
    actions: of('s3', 'DeleteObject GetObject PutObject'),
  },
];
