import { endpointUrl, regionName } from '../../../../cli/terminal/place-options';

describe('the option --region', () => {
  it.each(['eu-north-1', 'us-gov-west-1', 'eusc-de-east-1'])('takes %s', (name) => {
    expect(regionName(name)).toBe(name);
  });

  it.each(['eu-north', 'EU-NORTH-1', 'eu-north-1.evil.example', 'http://eu-north-1', ' eu-north-1'])(
    'refuses %s',
    (name) => {
      expect(() => regionName(name)).toThrow('Give the name of a region, such as eu-north-1');
    },
  );
});

describe('the option --endpoint-url', () => {
  it('takes a scheme, a host and a port', () => {
    expect(endpointUrl('http://127.0.0.1:4566/')).toBe('http://127.0.0.1:4566');
    expect(endpointUrl('https://Cloud.example')).toBe('https://cloud.example');
  });

  it.each(['127.0.0.1:4566', 'localhost', 'localhost:4566', 'ftp://a.example', 'http://'])(
    'refuses %s, which has no scheme or no host',
    (url) => {
      expect(() => endpointUrl(url)).toThrow('Give a URL with its scheme');
    },
  );

  it.each(['http://user:word@a.example', 'http://a.example/path', 'http://a.example?x'])('refuses %s', (url) => {
    expect(() => endpointUrl(url)).toThrow('Give only a scheme, a host and a port');
  });
});
