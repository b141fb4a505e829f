import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createSleeper } from './sleeper.ts';

const LONG_MS = 60_000;

it('wakes once for all messages that came together', async () => {
  const sleeper = createSleeper();
  const { port1, port2 } = new MessageChannel();
  const MESSAGES = 500;
  let taken = 0;
  port2.on('message', () => {
    taken += 1;
    sleeper.wake();
  });
  for (let count = 0; count < MESSAGES; count += 1) port1.postMessage(count);
  let turns = 0;
  while (taken < MESSAGES) {
    await sleeper.rest(LONG_MS);
    turns += 1;
  }
  port1.close();
  expect(turns).toBeLessThan(MESSAGES / 10);
});

it('rests as long as it was told when nobody wakes it, and not at all for less than a timer can', async () => {
  const sleeper = createSleeper();
  sleeper.wake();
  const began = performance.now();
  await sleeper.rest(0);
  await sleeper.rest(20);
  expect(performance.now() - began).toBeGreaterThanOrEqual(18);
});
