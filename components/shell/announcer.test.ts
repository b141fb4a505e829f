import { expect, it } from 'vitest';
import { frameExample } from '#components/live/example-facts.ts';
import { announcementOf } from './announcer.tsx';
import { worstCount } from './page-title.tsx';

const live = { accountId: 'A0007', state: 'warning', trust: 'live' } as const;

it.each([
  [
    'worse into Critical interrupts',
    live,
    { ...live, state: 'critical' },
    true,
    'Account A0007 is now Critical, it was Warning.',
  ],
  [
    'recovery waits its turn',
    live,
    { ...live, state: 'watch' },
    false,
    'Account A0007 is now Watch, it was Warning.',
  ],
  [
    'a lost connection interrupts',
    live,
    { ...live, trust: 'lost' },
    true,
    'Connection lost. Figures may be wrong.',
  ],
  ['coming back is told', { ...live, trust: 'lost' }, live, false, 'Connected again.'],
] as const)('%s', (_case, before, now, urgent, text) => {
  expect(announcementOf(before, now)).toEqual({ urgent, text });
});

it('says nothing when the reader chose another account, or at the first state', () => {
  expect(announcementOf(live, { ...live, accountId: 'A0008', state: 'critical' })).toBeUndefined();
  expect(announcementOf({ ...live, state: undefined }, live)).toBeUndefined();
  expect(announcementOf({ ...live, trust: 'never' }, live)).toBeUndefined();
});

it('counts the worst state of the book for the tab', () => {
  const { totals } = frameExample(1, []);
  expect(worstCount(totals)).toBe('● 1 Healthy');
  expect(worstCount({ ...totals, byState: { ...totals.byState, critical: 4, warning: 9 } })).toBe(
    '◆ 4 Critical',
  );
});
