import { EndpointCache } from '@aws-sdk/endpoint-cache';

/** The bundles have the own cache in place of the package. */
jest.mock(
  'mnemonist/lru-cache',
  () => jest.requireActual<{ default: unknown }>('../../../../shared/sdk/lru-cache').default,
);

test('the cache of endpoints of the SDK returns what was set, until it expires or is deleted', () => {
  jest.useFakeTimers();
  const cache = new EndpointCache(1000);
  expect(cache.getEndpoint('key')).toBeUndefined();
  cache.set('key', [{ Address: 'host.example.com', CachePeriodInMinutes: 2 }]);
  cache.set('other', [{ Address: 'other.example.com', CachePeriodInMinutes: 2 }]);
  expect(cache.getEndpoint('key')).toBe('host.example.com');
  cache.delete('other');
  expect(cache.getEndpoint('other')).toBeUndefined();
  jest.advanceTimersByTime(3 * 60_000);
  expect(cache.getEndpoint('key')).toBeUndefined();
  jest.useRealTimers();
});
