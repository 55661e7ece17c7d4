import { Hono } from 'hono';
import { live } from '../../../../console/server/live';

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
});
