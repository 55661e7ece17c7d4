import { askingAsDeployed, lead } from './receiving';

const { post } = askingAsDeployed();

describe('the type of the body', () => {
  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.crm+json'])(
    'may be %s',
    async (type) => expect((await post(lead, { headers: { 'CONTENT-TYPE': type } })).statusCode).toBe(202),
  );

  it.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', ''])('may not be %j', async (type) =>
    expect((await post(lead, { headers: { 'content-type': type } })).statusCode).toBe(415),
  );

  it('must be said', async () => {
    expect((await post(lead, { headers: null })).statusCode).toBe(415);
  });
});

describe('the encoding of the body', () => {
  const type = 'application/json';

  it.each([
    { 'content-type': `${type};charset=UTF-8` },
    { 'content-type': `${type}; charset="utf-8"; v=1` },
    { 'content-type': `${type}; v=1; charset=us-ascii` },
    { 'content-type': type, 'Content-Encoding': 'identity' },
    { 'content-type': type, 'Content-Encoding': '' },
  ])('may be said as %j', async (headers) => expect((await post(lead, { headers })).statusCode).toBe(202));

  it.each([
    [{ 'content-type': `${type}; charset=iso-8859-1` }, 'charset'],
    [{ 'content-type': `${type};charset="utf-16"` }, 'charset'],
    [{ 'content-type': `${type}; charset=utf-8; charset=latin1` }, 'charset'],
    [{ 'content-type': `${type}; charset=` }, 'charset'],
    [{ 'content-type': type, 'CONTENT-ENCODING': 'gzip' }, 'Content-Encoding'],
    [{ 'content-type': type, 'content-encoding': 'identity, br' }, 'Content-Encoding'],
  ])('may not be %j', async (headers, what) => {
    const answer = await post(lead, { headers });
    expect(answer.statusCode).toBe(415);
    expect(JSON.parse(answer.body)).toMatchObject({ detail: expect.stringContaining(what) as string });
  });
});
