import { ownVersion } from '../../../cli/own-version';
import { at, entries, list, readTemplate } from '../../support/read-template';
import { ofType, properties, resource, template, textOf } from '../../support/the-template';

describe('the template', () => {
  test('names in its outputs what people and programs rely on', () => {
    expect(
      entries(at(template, 'Outputs'))
        .map(([name]) => name)
        .filter((name) => !name.endsWith('Command')),
    ).toEqual([
      'Version',
      'ApiUrl',
      'ApiId',
      'DelayQueueUrl',
      'RetryQueueUrl',
      'DeadLetterQueueUrl',
      'RawBucketName',
      'LookupBucketName',
      'EnrichedBucketName',
      'TableName',
      'SourcesSecretName',
      'EnrichmentDelaySeconds',
      'EventRetentionDays',
      'EnrichedRetentionDays',
      'QuarantineRetentionDays',
      'ReaderUserName',
      'ReaderRoleArn',
      'DomainTarget',
      'DomainTargetZone',
    ]);
  });

  test('has the version of package.json, which leadline doctor compares', () => {
    expect(at(template, 'Outputs', 'Version', 'Value')).toBe(ownVersion());
  });

  test('keeps all data when the stack is deleted or a store is replaced', () => {
    const stores = [...ofType('AWS::S3::Bucket'), ...ofType('AWS::DynamoDB::Table')];
    expect(stores).toHaveLength(4);
    for (const [, store] of stores) {
      expect(at(store, 'DeletionPolicy')).toBe('RetainExceptOnCreate');
      expect(at(store, 'UpdateReplacePolicy')).toBe('Retain');
    }
  });

  test('writes no personal data to the access log', () => {
    const format = textOf(at(properties('LeadApi'), 'AccessLogSetting', 'Format'));
    expect(Object.keys(JSON.parse(format) as object)).toContain('requestId');
    expect(format).not.toMatch(/sourceIp|userAgent|identity|context\.path|queryString|header/i);
  });
});

describe('the reader', () => {
  test('may invoke the two query routes and nothing else', () => {
    const reader = readTemplate('reader.yaml');
    expect(list(at(reader, 'Resources', 'Policy', 'Properties', 'PolicyDocument', 'Statement'))).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: [{ Sub: '${StageArn}/GET/leads' }, { Sub: '${StageArn}/GET/leads/*' }],
      },
    ]);
  });

  test('is created only if a parameter gives its name', () => {
    expect(at(resource('Reader'), 'Condition')).toBe('HasReader');
  });
});
