import { expect, it } from 'vitest';
import { frameExample } from '#components/live/example-facts.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { createAnnouncer, type Level, type News } from './announcements.ts';
import { enteredIn, newsBetween } from './changes.ts';
import { worstCount } from './page-title.tsx';

const live = { accountId: 'A0007', state: 'warning', trust: 'live' } as const;

/** An announcer on a clock of its own, and everything that it said. */
function listener(level: Level = 'all') {
  const said: { readonly at: number; readonly region: string; readonly text: string }[] = [];
  let at = 0;
  const announcer = createAnnouncer({
    now: () => at,
    speak: (change) => {
      for (const [region, text] of Object.entries(change)) said.push({ at, region, text });
    },
  });
  return {
    said,
    texts: () => said.map(({ text }) => text.trim()),
    tell: (news: News) => announcer.tell(news, level),
    pass: (ms: number) => {
      for (const end = at + ms; at < end;) {
        at = Math.min(end, at + 1_000);
        announcer.pulse();
      }
    },
  };
}

const polite = (subject: string): News => ({
  kind: 'polite',
  subject,
  text: `${subject} changed.`,
});
const critical = (accountId: string): News => ({ kind: 'entered', state: 'Critical', accountId });

it('[UX10] speaks six polite announcements a minute at most, and loses none of a subject’s last words', () => {
  const heard = listener();
  for (let second = 0; second < 180; second += 1) {
    heard.tell(polite(`account ${second}`));
    heard.pass(1_000);
  }
  heard.pass(60_000);
  for (const { at } of heard.said) {
    const within = heard.said.filter((one) => one.at >= at && one.at < at + 60_000);
    expect(within.length).toBeLessThanOrEqual(6);
  }
  const all = heard.texts().join(' ');
  for (let second = 0; second < 180; second += 1) expect(all).toContain(`account ${second} `);
});

it('keeps the last word of a subject only', () => {
  const heard = listener();
  heard.tell(polite('start'));
  heard.tell({ kind: 'polite', subject: 'A', text: 'A is now Watch.' });
  heard.tell({ kind: 'polite', subject: 'A', text: 'A is now Healthy.' });
  heard.pass(5_000);
  expect(heard.texts()).toEqual(['start changed.', 'A is now Healthy.']);
});

it('[UX10] names every account that becomes Critical, a burst in one sentence', () => {
  const heard = listener();
  heard.tell(critical('A0001'));
  for (const id of ['A0002', 'A0003', 'A0003']) heard.tell(critical(id));
  heard.pass(2_000);
  expect(heard.texts()).toEqual([
    'Account A0001 is now Critical.',
    '2 accounts are now Critical: A0002, A0003.',
  ]);
  expect(heard.said.every(({ region }) => region === 'assertive')).toBe(true);
});

it('says only what is urgent, or nothing, as the reader chose, and always what was asked for', () => {
  const all: readonly News[] = [
    polite('A'),
    { kind: 'urgent', text: 'Connection lost.' },
    { kind: 'asked', text: 'Worst position.' },
  ];
  const heardAt = (level: Level): readonly string[] => {
    const heard = listener(level);
    for (const news of all) heard.tell(news);
    heard.pass(10_000);
    return heard.texts();
  };
  expect(heardAt('critical')).toEqual(['Connection lost.', 'Worst position.']);
  expect(heardAt('none')).toEqual(['Worst position.']);
});

it('says the same twice so that it is heard twice', () => {
  const heard = listener();
  heard.tell({ kind: 'asked', text: 'Worst position.' });
  heard.tell({ kind: 'asked', text: 'Worst position.' });
  expect(new Set(heard.said.map(({ text }) => text)).size).toBe(2);
});

it.each([
  [
    'worse into Critical interrupts',
    live,
    { ...live, state: 'critical' },
    { kind: 'urgent', text: 'Account A0007 is now Critical, it was Warning.' },
  ],
  [
    'recovery waits its turn',
    live,
    { ...live, state: 'watch' },
    {
      kind: 'polite',
      subject: 'account A0007',
      text: 'Account A0007 is now Watch, it was Warning.',
    },
  ],
  [
    'a lost connection interrupts',
    live,
    { ...live, trust: 'lost' },
    { kind: 'urgent', text: 'Connection lost. Figures may be wrong.' },
  ],
  [
    'coming back is told',
    { ...live, trust: 'lost' },
    live,
    { kind: 'polite', subject: 'connection', text: 'Connected again.' },
  ],
] as const)('%s', (_case, before, now, news) => {
  expect(newsBetween(before, now)).toEqual(news);
});

it('says nothing when the reader chose another account, or at the first state', () => {
  expect(newsBetween(live, { ...live, accountId: 'A0008', state: 'critical' })).toBeUndefined();
  expect(newsBetween({ ...live, state: undefined }, live)).toBeUndefined();
  expect(newsBetween({ ...live, trust: 'never' }, live)).toBeUndefined();
});

it('reads entries into danger out of the rows that are new, others’ only', () => {
  const row = (seq: number, accountId: string, to: string): RowWire => {
    const body: unknown = { kind: 'transition', from: 'warning', to, poolId: accountId };
    return Object.assign(Object.create(null), { seq, time: 0, accountId, body });
  };
  const rows = [
    row(1, 'A1', 'critical'),
    row(2, 'A2', 'critical'),
    row(3, 'A3', 'watch'),
    row(4, 'A4', 'liquidated'),
    row(5, 'A5', 'critical'),
  ];
  expect(enteredIn(rows, 1, 'A5')).toEqual([
    { kind: 'entered', state: 'Critical', accountId: 'A2' },
    { kind: 'entered', state: 'Liquidated', accountId: 'A4' },
  ]);
});

it('counts the worst state of the book for the tab', () => {
  const { totals } = frameExample(1, []);
  expect(worstCount(totals)).toBe('● 1 Healthy');
  expect(worstCount({ ...totals, byState: { ...totals.byState, critical: 4, warning: 9 } })).toBe(
    '◆ 4 Critical',
  );
});
