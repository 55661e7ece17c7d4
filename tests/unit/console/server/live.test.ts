import { Hono } from 'hono';
import { type Follow, live } from '../../../../console/server/live';

const streaming = () => {
  const app = new Hono();
  let followers = 0;
  live(app, (send) => {
    followers += 1;
    send({ event: 'task', data: 'first' });
    return () => void (followers -= 1);
  });
  return { app, followers: () => followers };
};

describe('the live stream', () => {
  it('sends what changes, and follows nothing for a page that is gone', async () => {
    const { app, followers } = streaming();
    const reader = (await app.request('/api/live')).body!.getReader();
    const first = (await reader.read()) as { value: Uint8Array };
    expect(Buffer.from(first.value).toString()).toBe('event: task\ndata: "first"\n\n');
    expect(followers()).toBe(1);
    await reader.cancel();
    expect(followers()).toBe(0);
  });

  it('follows nothing for a request that wants no body', async () => {
    const { app, followers } = streaming();
    expect((await app.request('/api/live', { method: 'HEAD' })).status).toBe(200);
    expect(followers()).toBe(0);
  });

  it('ends with an error of what it follows, logs no value of it, and follows nothing then', async () => {
    const app = new Hono();
    const logged: string[] = [];
    let followers = 0;
    const follow = (send: Parameters<Follow>[0]) => {
      followers += 1;
      send({ event: 'task', data: 1n });
      return () => void (followers -= 1);
    };
    live(app, follow, 15_000, (what) => logged.push(what));
    const written = jest.spyOn(console, 'error').mockReturnValue(undefined);
    expect(await (await app.request('/api/live')).text()).toBe('');
    expect(followers).toBe(0);
    expect(logged).toStrictEqual(['stream of changes ended']);
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });
});
