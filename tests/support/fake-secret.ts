import { type Call, type Reply } from './fake-aws';

type Version = { readonly text: string; readonly labels: Set<string>; readonly createdAt: number };

const failed = (type: string, message: string): Reply => ({ status: 400, body: { __type: type, message } });

/**
 * One secret of Secrets Manager with its versions, by the API reference of AWS: a label is on one version at a time, and
 * `AWSPREVIOUS` goes to the version from which `AWSCURRENT` is moved.
 *
 * @param first the first version, `v1`, or `undefined` for a secret without a value
 * @param firstAge how long ago the first version was stored, in seconds
 */
export const fakeSecret = (first: string | undefined, firstAge = 0) => {
  const versions = new Map<string, Version>();
  const withLabel = (label: string) => [...versions].find(([, { labels }]) => labels.has(label));
  const attach = (id: string, label: string): void => {
    const before = withLabel(label);
    if (before?.[0] === id) return;
    before?.[1].labels.delete(label);
    versions.get(id)?.labels.add(label);
    if (label === 'AWSCURRENT' && before !== undefined) {
      withLabel('AWSPREVIOUS')?.[1].labels.delete('AWSPREVIOUS');
      before[1].labels.add('AWSPREVIOUS');
    }
  };
  const put = (id: string, text: string, labels: readonly string[], age = 0): void => {
    const isFirst = versions.size === 0;
    versions.set(id, { text, labels: new Set(), createdAt: Date.now() / 1_000 - age });
    for (const label of isFirst ? [...labels, 'AWSCURRENT'] : labels) attach(id, label);
  };
  if (first !== undefined) put('v1', first, ['AWSCURRENT'], firstAge);

  const get = (label: string): Reply => {
    const found = withLabel(label);
    return found === undefined
      ? failed(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for staging label: ${label}`,
        )
      : {
          body: {
            VersionId: found[0],
            SecretString: found[1].text,
            VersionStages: [...found[1].labels],
            CreatedDate: found[1].createdAt,
          },
        };
  };

  const move = (label: string, to: string | undefined, from: string | undefined): Reply => {
    if ([to, from].some((id) => id !== undefined && !versions.has(id)))
      return failed('ResourceNotFoundException', 'no such version');
    const now = withLabel(label)?.[0];
    if (now !== from && now !== to) return failed('InvalidParameterException', `${label} is on another version`);
    if (to === undefined) versions.get(from ?? '')?.labels.delete(label);
    else attach(to, label);
    return { body: {} };
  };

  return {
    put,
    /** The versions by what they hold, with their labels. */
    labels: (): Readonly<Record<string, readonly string[]>> =>
      Object.fromEntries([...versions.values()].map(({ text, labels }) => [text, [...labels].sort()])),
    at: (label: string): string | undefined => withLabel(label)?.[1].text,
    reply: ({ operation, body }: Call): Reply => {
      switch (operation) {
        case 'GetSecretValue':
          return get((body.VersionStage ?? 'AWSCURRENT') as string);
        case 'PutSecretValue': {
          const id = String(body.ClientRequestToken);
          put(id, String(body.SecretString), (body.VersionStages ?? ['AWSCURRENT']) as string[]);
          return { body: { VersionId: id, VersionStages: [...(versions.get(id)?.labels ?? [])] } };
        }
        case 'UpdateSecretVersionStage':
          return move(
            String(body.VersionStage),
            body.MoveToVersionId as string | undefined,
            body.RemoveFromVersionId as string | undefined,
          );
        default:
          return { status: 500, body: { message: operation } };
      }
    },
  };
};
