import { expect, it } from 'vitest';
import {
  accountExample,
  markExample,
  poolExample,
  positionExample,
} from '#components/live/example-facts.ts';
import { exampleView } from './example-account.tsx';
import {
  addressWords,
  choiceFrom,
  DEFAULT_CHOICE,
  keptFrom,
  NO_FILTER,
  storedForm,
  type PositionChoice,
} from './position-choice.ts';
import { filterParts, filterPositions } from './position-filter.ts';

const CHOICE: PositionChoice = {
  sort: { key: 'pnl', descending: true },
  grouping: 'symbol',
  filter: { states: ['critical', 'warning'], sides: ['short'], modes: ['isolated'], text: 'eth' },
  extra: ['entry', 'tier'],
};

it('comes back from the address and from what the browser kept', () => {
  const query = new URLSearchParams(addressWords(CHOICE));
  expect(query.get('sort')).toBe('-pnl');
  const fromLink = choiceFrom(query, DEFAULT_CHOICE);
  expect(fromLink).toEqual({ ...CHOICE, extra: [] });
  const kept = keptFrom(JSON.parse(JSON.stringify(storedForm(CHOICE))));
  expect(choiceFrom(new URLSearchParams(), kept)).toEqual({ ...CHOICE, filter: NO_FILTER });
});

it('passes over words that are no choice, in the address and in the storage', () => {
  const query = new URLSearchParams(
    'sort=-age&group=venue&state=rich,critical&side=up&mode=&find=',
  );
  const { sort, grouping, filter } = choiceFrom(
    query,
    keptFrom({ sort: 7, extra: ['nothing', 'tier'] }),
  );
  expect(sort).toEqual(DEFAULT_CHOICE.sort);
  expect(grouping).toBe('none');
  expect(filter).toEqual({ ...NO_FILTER, states: ['critical'] });
  expect(keptFrom('junk')).toEqual(keptFrom(null));
});

it('leaves the address clean when nothing was chosen', () => {
  expect(Object.values(addressWords(DEFAULT_CHOICE)).join('')).toBe('');
});

it('shows what passes every kind of the filter, and names each part that can be taken away', () => {
  const { positions } = exampleView(
    accountExample({
      positions: [
        positionExample(),
        positionExample({
          instrument: 'ETHUSDT',
          signedSize: '-1',
          openValue: '-3000',
          isolatedWallet: '300',
        }),
      ],
      pools: [
        poolExample('A0007/isolated:ETHUSDT:both', {
          screenState: 'critical',
          alertState: 'critical',
        }),
      ],
    }),
    [markExample('BTCUSDT', '60000'), markExample('ETHUSDT', '3000')],
  );
  const shown = (change: Partial<typeof NO_FILTER>) =>
    filterPositions(positions, { ...NO_FILTER, ...change }).map(
      ({ position }) => position.instrumentId,
    );
  expect(shown({ sides: ['short'] })).toEqual(['ETHUSDT']);
  expect(shown({ modes: ['cross'] })).toEqual(['BTCUSDT']);
  expect(shown({ states: ['critical'] })).toEqual(['ETHUSDT']);
  expect(shown({ text: ' eth ' })).toEqual(['ETHUSDT']);
  expect(shown({ text: 'btc', sides: ['short'] })).toEqual([]);
  const parts = filterParts(CHOICE.filter);
  expect(parts.map(({ text }) => text)).toEqual([
    'Critical',
    'Warning',
    'short',
    'isolated',
    '“eth”',
  ]);
  expect(parts[0]?.without.states).toEqual(['warning']);
});
