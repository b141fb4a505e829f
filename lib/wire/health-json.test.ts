import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { assessAccount } from '../margin/health.ts';
import { assetId } from '../units/ids.ts';
import { money } from '../units/money.ts';
import { parseAccountFile, toFacts } from './account-file.ts';
import { healthJson } from './health-json.ts';
import { compareWithVenue } from './venue-differences.ts';

const EXAMPLES = ['desk-account', 'hedged-multi-asset-account'];

function exampleText(name: string): string {
  return readFileSync(new URL(`../../public/examples/${name}.json`, import.meta.url), 'utf8');
}
function exampleOf(name: string): Record<string, unknown> {
  return JSON.parse(exampleText(name));
}
function assessed(content: object | string) {
  const parsed = parseAccountFile(typeof content === 'string' ? content : JSON.stringify(content));
  assert(parsed.ok, parsed.ok ? '' : parsed.error.join('; '));
  const facts = toFacts(parsed.value);
  const health = assessAccount(facts);
  return {
    health,
    account: facts.account,
    record: parsed.value.record,
    json: healthJson(health, facts.market),
  };
}

/** Every leaf that is no figure, no absence and no word. */
function strangeLeaves(value: unknown, place: string): readonly string[] {
  if (typeof value === 'string' || value === null) return [];
  if (typeof value === 'number') return place.endsWith('.tier.tier') ? [] : [place];
  if (typeof value !== 'object') return [place];
  return Object.entries(value).flatMap(([key, inner]) => strangeLeaves(inner, `${place}.${key}`));
}

describe('health as JSON', () => {
  it.each(EXAMPLES)('%s: file, facts, JSON, and the same JSON again from its text', (name) => {
    const { json } = assessed(exampleText(name));
    expect(strangeLeaves(json, '')).toEqual([]);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json.state).toBe('healthy');
  });

  it('one long of 2.7 BTC at 61,740, mark 60,750, wallet 24,810.22', () => {
    const { json } = assessed({
      venue: 'binance-usdm',
      account: 'main',
      asOf: '2026-01-14T12:00:00Z',
      balances: [{ asset: 'USDT', wallet: '24810.22' }],
      positions: [
        {
          symbol: 'BTCUSDT',
          size: '2.70',
          entryPrice: '61740.0',
          marginMode: 'cross',
          leverage: '10',
        },
      ],
      marks: [{ symbol: 'BTCUSDT', price: '60750.0' }],
    });
    const pool = json.pools[0];
    const position = pool?.positions[0];
    expect(pool).toMatchObject({
      state: 'healthy',
      why: 'margin balance 22137.22 USDT covers maintenance 770.125 USDT',
      unrealizedPnl: '-2673', // 2.7 x (60750 - 61740)
      marginBalance: '22137.22',
      initialMargin: '16402.5',
      maintenanceMargin: '770.125', // 164025 x 0.5 % - 50
      availableMargin: '5734.72',
    });
    expect(position).toMatchObject({
      notional: '164025',
      bankruptcyPrice: '52551.02962963', // 61740 - 24810.22 / 2.7
      liquidationPrice: {
        // (24810.22 + 50 - 2.7 x 61740) / (2.7 x (0.005 - 1))
        below: '52796.49357901',
        above: {
          absent: 'margin-covers-loss',
          why: 'no price of this contract alone can use up the margin',
        },
        restoredAt: { absent: 'not-breached', why: 'maintenance is covered at the mark' },
      },
      tier: { tier: 2, maintenanceMarginRate: '0.005', maintenanceDeduction: '50' },
      ifClosedNow: { fee: '82.0125', lossFromNow: '82.0125', lossSinceEntry: '2755.0125' },
    });
    expect(json.usd.marginBalance).toEqual({
      absent: 'asset-price-missing',
      why: 'no price of USDT in USD is given',
    });
  });

  it('a missing mark makes the pool unknown, in one shape and with its reason', () => {
    const { json } = assessed({ ...exampleOf('desk-account'), marks: [] });
    const why = 'no mark price of BTCUSDT is given';
    expect(json.pools[0]?.state).toBe('unknown');
    expect(json.pools[0]?.marginRatio).toEqual({ absent: 'mark-missing', why });
    expect(json.pools[0]?.positions[0]?.liquidationPrice.nearest).toEqual({
      absent: 'mark-missing',
      why,
    });
    expect(json.pools[0]?.positions[0]?.ifClosedNow).toEqual({ absent: 'mark-missing', why });
  });

  it('an equity that is gone has no ratio, and a price at which it would be safe again', () => {
    const { json } = assessed({
      ...exampleOf('desk-account'),
      orders: [],
      balances: [{ asset: 'USDT', wallet: '2200' }],
      positions: [
        {
          symbol: 'BTCUSDT',
          size: '2.7',
          entryPrice: '61740',
          marginMode: 'cross',
          leverage: '10',
        },
      ],
    });
    const pool = json.pools[0];
    expect(pool?.state).toBe('bankrupt');
    expect(pool?.marginRatio).toEqual({
      absent: 'equity-gone',
      why: 'margin balance is zero or below while maintenance is due',
    });
    expect(pool?.positions[0]?.liquidationPrice.restoredAt).toBe(
      '61212.73031826', // (2200 + 50 - 2.7 x 61740) / (2.7 x (0.005 - 1)), up
    );
  });
});

describe("the venue's own figures", () => {
  it('are compared and listed where they differ, and change no figure of ours', () => {
    const plain = assessed(exampleText('desk-account'));
    const venueFigures = {
      pools: [
        {
          asset: 'USDT',
          marginBalance: '20379.845',
          maintenanceMargin: '924.7',
          initialMargin: '18334.71',
        },
        { asset: 'BTC', marginBalance: '1' },
      ],
      positions: [
        { symbol: 'BTCUSDT', liquidationPrice: '53508.18257956', notional: '164025' },
        { symbol: 'BTCUSDT', positionSide: 'long', notional: '1' },
      ],
    };
    const { health, account, record, json } = assessed({
      ...exampleOf('desk-account'),
      venueFigures,
    });
    expect(json).toEqual(plain.json);
    assert(record.venueFigures !== undefined, 'given');
    const missing = { absent: 'not-held', why: 'the account holds nothing of this name' };
    const supposed = ['BTCUSDT: risk tiers of Binance'];
    expect(compareWithVenue(health, account, record.venueFigures, supposed)).toEqual({
      compared: 7,
      agreed: 4,
      tolerance: '0.00000001',
      differences: [
        {
          place: 'venueFigures.pools[0].initialMargin',
          agreement: 'as-printed',
          theirs: '18334.71',
          ours: '18334.71875',
          difference: '0.00875',
          reasons: ['less than one unit of the last decimal that the venue printed'],
        },
        {
          place: 'venueFigures.pools[0].maintenanceMargin',
          agreement: 'differs',
          theirs: '924.7',
          ours: '924.7025',
          difference: '0.0025',
          reasons: ['BTCUSDT: risk tiers of Binance'],
        },
        {
          place: 'venueFigures.pools[1].marginBalance',
          agreement: 'differs',
          theirs: '1',
          ours: missing,
          reasons: [`ours does not exist: ${missing.why}`],
        },
        {
          place: 'venueFigures.positions[1].notional',
          agreement: 'differs',
          theirs: '1',
          ours: missing,
          reasons: [`ours does not exist: ${missing.why}`],
        },
      ],
    });
  });

  it('a file that names its tolerance means it: no digit is forgiven', () => {
    const { health, account } = assessed(exampleText('desk-account'));
    const pools = [{ asset: assetId('USDT'), initialMargin: money('18334.71') }];
    const of = (tolerance: string) =>
      compareWithVenue(health, account, { tolerance: money(tolerance), pools, positions: [] });
    expect([of('0.008').agreed, of('0.00875').agreed]).toEqual([0, 1]);
  });
});
