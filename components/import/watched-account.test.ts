import { describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { toFacts } from '#lib/wire/account-file.ts';
import { type Imported } from '#lib/wire/import/assemble.ts';
import { readInput } from '#lib/wire/import/read-input.ts';
import { type MarkWire } from '#lib/wire/protocol.ts';
import { reasonsFor } from '#lib/wire/difference-reasons.ts';
import { comparedFigures } from '#lib/wire/venue-differences.ts';
import { fileMarkOf, watchedAccount, type LiveMarks } from './watched-account.ts';

function importedOf(content: object): Imported {
  const texts = [{ name: 'a.json', text: JSON.stringify(content) }];
  const read = readInput(texts, timestampMs(0));
  assert(read.ok, read.ok ? '' : read.error.join('; '));
  return read.value;
}

const asOf = '2026-01-14T12:00:00Z';
const position = { size: '1', entryPrice: '60000', marginMode: 'cross', leverage: '10' };

/** What a server would have: a mark of BTCUSDT. */
function serverAt(price: string): LiveMarks {
  const marks = [{ symbol: 'BTCUSDT', price }];
  const { market } = toFacts(importedOf({ venue: 'house', account: 's', asOf, marks }).file);
  const wire: MarkWire = {
    id: 'BTCUSDT',
    mark: price,
    index: price,
    last: price,
    time: Date.parse(asOf),
    status: 'fresh',
    sources: 5,
    rejected: [],
    fundingRate: null,
    nextFundingTime: null,
    volatility: 0.03,
    modelled: false,
  };
  return { market, marks: new Map([['BTCUSDT', wire]]) };
}

const mine = importedOf({
  venue: 'binance-usdm',
  account: 'mine',
  asOf,
  balances: [{ asset: 'USDT', wallet: '8000' }],
  positions: [
    { ...position, symbol: 'BTCUSDT' },
    { ...position, symbol: 'WLDUSDT', size: '100', entryPrice: '2' },
  ],
  marks: [
    { symbol: 'BTCUSDT', price: '60000', time: '2026-01-14T11:00:00Z' },
    { symbol: 'WLDUSDT', price: '2.1' },
  ],
  venueFigures: { positions: [{ symbol: 'BTCUSDT', unrealizedPnl: '0', maintenanceMargin: '1' }] },
});

function marksIn(live: LiveMarks | undefined): readonly (string | undefined)[] {
  const { view } = watchedAccount(mine, live);
  return ['BTCUSDT', 'WLDUSDT'].map((symbol) => {
    const own = view.positions.find((one) => one.position.instrumentId === symbol);
    return own?.position.mark.known === true ? own.position.mark.value.price.toFixed() : undefined;
  });
}

describe('an imported account', () => {
  it('stands on the file’s marks until a server is heard, then moves where the server has a mark', () => {
    expect(marksIn(undefined)).toEqual(['60000', '2.1']);
    expect(marksIn(serverAt('61000'))).toEqual(['61000', '2.1']);
    expect(fileMarkOf(mine.file, 'WLDUSDT')).toBe(Date.parse(asOf));
    expect(fileMarkOf(mine.file, 'BTCUSDT')).toBe(Date.parse('2026-01-14T11:00:00Z'));
  });

  it('tells the state that its figures alone would enter', () => {
    const far = watchedAccount(mine, serverAt('61000'));
    const near = watchedAccount(mine, serverAt('52400'));
    expect([far.view.worst?.state, near.view.worst?.state]).toEqual(['healthy', 'critical']);
  });

  it('finds the server’s contract by coin, kind and currency where venues name it otherwise', () => {
    const okx = importedOf({
      venue: 'okx',
      account: 'o',
      asOf,
      balances: [{ asset: 'USDT', wallet: '8000' }],
      positions: [{ ...position, symbol: 'BTC-USDT-SWAP' }],
      instruments: [
        {
          symbol: 'BTC-USDT-SWAP',
          kind: 'linear',
          base: 'BTC',
          quote: 'USDT',
          contractSize: '0.01',
          tickSize: '0.1',
          lotSize: '1',
          tiers: [
            {
              notionalFloor: '0',
              notionalCap: '100000',
              leverageMax: '100',
              maintenanceMarginRate: '0.004',
            },
          ],
        },
      ],
    });
    const { liveBy, health } = watchedAccount(okx, serverAt('61000'));
    expect(liveBy.get(instrumentId('BTC-USDT-SWAP'))).toBe('BTCUSDT');
    const pnl = health.pools[0]?.unrealizedPnl;
    expect(pnl?.known === true && pnl.value.toFixed()).toBe('10'); // 1 contract of 0.01 BTC, 1,000 up
  });

  it('says of each figure that differs what it may hang on', () => {
    const { venueFigures } = mine.file.record;
    assert(venueFigures !== undefined, 'figures are given');
    const facts = toFacts(mine.file);
    const compared = comparedFigures(assessAccount(facts), facts.account, venueFigures);
    const supposed = ['BTCUSDT: risk tiers of Binance', 'WLDUSDT: tick is supposed'];
    expect(compared.map((one) => [one.figure, one.agreement, reasonsFor(one, supposed)])).toEqual([
      ['unrealizedPnl', 'equal', []],
      ['maintenanceMargin', 'differs', ['BTCUSDT: risk tiers of Binance']],
    ]);
  });
});
