import { afterEach, expect, it, vi } from 'vitest';
import { assessAccount } from '#lib/margin/health.ts';
import { rowExample, transitionExample } from '#components/alerts/example-rows.ts';
import { accountExample, frameExample, markExample, poolExample } from './example-facts.ts';
import { fakeServer, opened, paint, session, stopSessions } from './example-server.ts';

vi.mock(import('#lib/margin/health.ts'), { spy: true });
const assess = vi.mocked(assessAccount);

afterEach(stopSessions);

function criticalAccount() {
  return accountExample({
    pools: [poolExample('A0007/cross:USDT', { alertState: 'critical', screenState: 'critical' })],
  });
}

function watching() {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  live.follow('alerts');
  fake.connect();
  fake.server().rows({ topic: 'alerts', snapshot: true, previousSeq: 0, rows: [] });
  opened(store);
  fake.server().market(frameExample(2, [markExample('BTCUSDT', '58000')]));
  paint();
  paint();
  assess.mockClear();
  return { fake, store };
}

it('paints rows of a change of state without deriving or replacing a figure', () => {
  const { fake, store } = watching();
  const before = store.getState();
  const row = rowExample(1, transitionExample('healthy', 'critical'));
  fake.server().rows({ topic: 'alerts', snapshot: false, previousSeq: 0, rows: [row] });
  paint();
  const after = store.getState();
  expect(after.rows.alerts).toEqual([row]);
  expect(assess).not.toHaveBeenCalled();
  for (const part of ['frame', 'market', 'marks', 'totals', 'desk', 'delays'] as const)
    expect(after[part]).toBe(before[part]);
  expect(after.accounts.get('A0007')).toBe(before.accounts.get('A0007'));
});

it('paints the state of a pool before its figures, which follow in a frame of their own', () => {
  const { fake, store } = watching();
  const before = opened(store);
  fake.server().account({ seq: 6, snapshot: false, account: criticalAccount() });
  const first = opened(store);
  expect(first.text.pools[0]?.screenState).toBe('critical');
  expect(assess).not.toHaveBeenCalled();
  expect(first.health).toBe(before.health);
  expect(first.facts).toBe(before.facts);
  const second = opened(store);
  expect(assess).toHaveBeenCalledOnce();
  expect(second.facts).not.toBe(before.facts);
});
