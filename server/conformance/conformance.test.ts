import { existsSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { entryOf, readCaseFile, type RecordedCase } from './case-file.ts';
import { verdictOf } from './run-case.ts';
import { weaknessesOf } from './self-check.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const OURS = here('binance-usdm-cases.json');
const OF_OTHER_VENUES = here('venue-cases.json');

function casesOf(path: string): readonly RecordedCase[] {
  const file = readCaseFile(path);
  assert(file.ok, file.ok ? '' : file.error);
  return file.value.flatMap((entry) => (entry.ok ? [entry.value] : []));
}

const recorded = [...casesOf(OURS), ...casesOf(OF_OTHER_VENUES)].filter(
  ({ reproduced }) => reproduced,
);

describe('recorded cases', () => {
  it('are forty-nine', () => {
    expect(recorded).toHaveLength(49);
  });

  it.each(recorded.map((one) => [one.id, one] as const))('%s passes', (_id, one) => {
    expect(verdictOf(one)).toEqual({ kind: 'passed' });
  });

  it.each(recorded.map((one) => [one.id, one] as const))(
    '%s: every expectation shifted and every input disturbed is noticed',
    (_id, one) => {
      expect(weaknessesOf(one)).toEqual([]);
    },
  );
});

const shared = `${process.env.PLIMSOLL_SHARED ?? ''}/venues/cex-cases.json`;
const found = process.env.PLIMSOLL_SHARED !== undefined && existsSync(shared);
if (!found) console.warn('skipped: shared cases need PLIMSOLL_SHARED');

describe.skipIf(!found)('shared cases', () => {
  it('are ours, word for word in what they give and expect', () => {
    const facts = ({ id, expected, tolerance, inputs }: RecordedCase) => {
      const { note: _prose, ...numbers } = inputs;
      return { id, expected, tolerance, inputs: numbers };
    };
    const byId = (left: { readonly id: string }, right: { readonly id: string }): number =>
      left.id < right.id ? -1 : 1;
    const theirs = casesOf(shared).filter(({ reproduced }) => reproduced);
    expect(recorded.map(facts).toSorted(byId)).toEqual(theirs.map(facts).toSorted(byId));
  });
});

/** Worked by hand from cex.md 1.1 and 1.2: shapes that no record of ours has. */
describe('other shapes of the same venues', () => {
  const shapes = ['shape-cases.json', 'derived-cases.json'].flatMap((name) => casesOf(here(name)));
  it.each(shapes.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    expect(verdictOf(one)).toEqual({ kind: 'passed' });
    expect(weaknessesOf(one)).toEqual([]);
  });
});

const base = {
  id: 'case',
  venue: 'binance-usdm',
  inputs: {
    side: 'long',
    size: '1',
    entryPrice: '10',
    isolatedWallet: '2',
    maintenanceMarginRate: '0.01',
  },
  expected: { liquidationPrice: '8.08080809' },
};
function verdictFor(change: object) {
  const entry = entryOf({ ...base, ...change }, 0);
  return entry.ok ? verdictOf(entry.value) : { kind: 'skipped', reason: entry.error.reason };
}

describe('what is not understood is skipped with its reason', () => {
  it.each([
    ['another venue', { venue: 'nowhere' }, 'there are no rules of nowhere'],
    ['a venue named like a method', { venue: 'constructor' }, 'there are no rules of constructor'],
    [
      'a tier with a rate that is none',
      { inputs: { ...base.inputs, tiers: [['0', '5', 'abc']] } },
      'tiers have an unknown shape',
    ],
    [
      'a coin with a value that is none',
      { venue: 'okx', inputs: { collateral: [{ ccy: 'BTC', eqUsd: 'abc' }] } },
      'input "collateral.eqUsd" is no number',
    ],
    [
      'a position that is none',
      { inputs: { ...base.inputs, otherPositions: [null] } },
      '"otherPositions" is no list of objects',
    ],
    [
      'not reproduced',
      { reproduced: false, notes: 'no balance' },
      'nobody has reproduced it: no balance',
    ],
    [
      'an unknown input',
      { inputs: { ...base.inputs, mood: '1' } },
      'input "mood" is not understood',
    ],
    ['an unknown figure', { expected: { mood: '1' } }, '"mood" is no figure of ours'],
    [
      'an inverse contract',
      { inputs: { ...base.inputs, contractType: 'inverse' } },
      'only linear contracts belong to this rule set',
    ],
    [
      'a number that is none',
      { inputs: { ...base.inputs, size: 'many' } },
      'input "size" is no number',
    ],
    [
      'a price of zero',
      { inputs: { ...base.inputs, entryPrice: '0' } },
      'input "entryPrice" is not above zero',
    ],
    [
      'tiers of another shape',
      { inputs: { ...base.inputs, tiers: [{ upTo: '1' }] } },
      'tiers have an unknown shape',
    ],
    [
      'tiers with a gap',
      {
        inputs: {
          ...base.inputs,
          tiers: [
            ['0', '5', '0.01'],
            ['6', '7', '0.02'],
          ],
        },
      },
      'tiers do not follow from one another',
    ],
    [
      'no balance',
      { inputs: { ...base.inputs, isolatedWallet: null } },
      'a cross liquidation price needs a balance',
    ],
    [
      'a tier that is not there',
      { expected: { maintenanceAmount_tier2: '5' } },
      '"maintenanceAmount_tier2" needs its tier and the one before',
    ],
    ['no side', { inputs: { ...base.inputs, side: null } }, 'needs a side'],
    [
      'a side that is none',
      { inputs: { ...base.inputs, side: 'both' } },
      'input "side" is no side',
    ],
    ['no size', { inputs: { ...base.inputs, size: null } }, 'input "size" is no number'],
    [
      'a signed size and a side',
      { inputs: { ...base.inputs, size: '-1' } },
      'a size below zero stands beside a side',
    ],
    ['no entry', { inputs: { ...base.inputs, entryPrice: null } }, 'needs an entry price'],
    [
      'no rate',
      { inputs: { ...base.inputs, maintenanceMarginRate: null } },
      'needs a maintenance rate',
    ],
    ['no mark', { expected: { unrealizedPnl: null } }, 'needs a mark price'],
    [
      'no leverage',
      { inputs: { ...base.inputs, markPrice: '9' }, expected: { initialMargin: '9' } },
      'needs a leverage',
    ],
    [
      'an account that gives nothing',
      { inputs: { symbol: 'BTCUSDT' }, expected: { unrealizedPnl: '0' } },
      'needs an unrealized PnL',
    ],
    [
      'only leverage where the venue lets margin be moved',
      {
        venue: 'bitget',
        inputs: { ...base.inputs, isolatedWallet: null, leverage: '5', takerFeeRate: '0.0006' },
      },
      '"price" needs a balance',
    ],
    [
      'a cross price without a balance, where leverage tells the margin of isolated positions alone',
      {
        venue: 'bybit',
        mode: 'UTA cross, linear',
        inputs: { ...base.inputs, isolatedWallet: null, leverage: '5', takerFeeRate: '0.0006' },
      },
      '"price" needs a balance',
    ],
    [
      'one tolerance that is none',
      { tolerance: { notional: '1', liquidationPrice: 'abc' } },
      'unknown shape at "tolerance.liquidationPrice": Invalid input',
    ],
    ['nothing expected', { expected: {} }, 'nothing is expected'],
    [
      'no expectations',
      { expected: undefined },
      'unknown shape at "expected": Invalid input: expected record, received undefined',
    ],
  ])('%s', (_case, change, reason) => {
    expect(verdictFor(change)).toEqual({ kind: 'skipped', reason });
  });
});

describe('orders reserve on the side that grows', () => {
  const held = {
    side: 'short',
    size: '0.5',
    entryPrice: '3000',
    markPrice: '3010',
    leverage: '10',
  };
  it.each([
    ['asks of a short: (1505 + 310) / 10', { ...held, askNotional: '310' }, '181.5'],
    ['bids of a short reduce: 1505 / 10', { ...held, bidNotional: '310' }, '150.5'],
    ['bids of a long', { ...held, side: 'long', bidNotional: '310' }, '181.5'],
    ['flat', { leverage: '10', notional: '0', bidNotional: '310' }, '31'],
    ['flat, entry 0', { leverage: '10', size: '0', entryPrice: '0', bidNotional: '310' }, '31'],
    [
      'beside a position in a list: 1505 / 10 + 31',
      {
        positions: [
          { ...held, symbol: 'ETHUSDT' },
          { symbol: 'XRPUSDT', leverage: '10', notional: '0', bidNotional: '310' },
        ],
      },
      '181.5',
    ],
  ])('%s', (_case, inputs, initialMargin) => {
    expect(verdictFor({ inputs, expected: { initialMargin } })).toEqual({ kind: 'passed' });
  });
});

describe('figures from parts', () => {
  const held = { side: 'short', size: '2', entryPrice: '100', markPrice: '90' };
  it.each([
    // 50 / (3 + 180 x 0.0005)
    [
      'okx',
      { ...held, mmr: '3', accountEquity: '50', takerFeeRate: '0.0005' },
      'marginRatio',
      '16.18122977',
    ],
    ['bitget', { ...held, positionBalance: '50' }, 'profitRate', '0.4'],
    ['bitmex', { marginBalance: '1000000', mmr: '250000', unit: 'satoshi' }, 'marginRatio', '0.25'],
  ])('%s %o', (venue, inputs, key, expected) => {
    const change = {
      venue,
      inputs,
      expected: { [key]: expected },
      tolerance: { abs: '0.00000001' },
    };
    expect(verdictFor(change)).toEqual({ kind: 'passed' });
  });
});

it('OKX counts tiers in whole contracts: each begins one after the cap before', () => {
  const okx = {
    venue: 'okx',
    inputs: {
      side: 'long',
      size: '30000',
      entryPrice: '2.5',
      isolatedMargin: '9000',
      takerFeeRate: '0.0005',
      tiers: [
        ['0', '20000', '0.02'],
        ['20001', '42000', '0.03'],
      ],
    },
    tolerance: { abs: '0.00001' },
  };
  // (30000 x 2.5 - 9000) / (30000 x (1 - 0.0305))
  expect(verdictFor({ ...okx, expected: { liquidationPrice: '2.26921' } }).kind).toBe('passed');
});

describe('what is wrong fails with the figure named', () => {
  it('a price that is one unit off, and a figure that cannot exist', () => {
    expect(verdictFor({})).toEqual({ kind: 'passed' });
    expect(verdictFor({ expected: { liquidationPrice: '8.08080808' } })).toEqual({
      kind: 'failed',
      reasons: ['liquidationPrice is 8.08080809; expected 8.08080808'],
    });
    expect(verdictFor({ expected: { liquidationPrice: null } })).toMatchObject({ kind: 'failed' });
  });

  it('tolerances: per key, or one for all with exceptions, as an amount or a share', () => {
    const off = { expected: { liquidationPrice: '8.08' } };
    expect(verdictFor({ ...off, tolerance: { liquidationPrice: '0.001' } }).kind).toBe('passed');
    expect(verdictFor({ ...off, tolerance: { abs: '0.001' } }).kind).toBe('passed');
    expect(verdictFor({ ...off, tolerance: { rel: '0.001' } }).kind).toBe('passed');
    expect(
      verdictFor({ ...off, tolerance: { abs: '1', keys: { liquidationPrice: { abs: '0' } } } })
        .kind,
    ).toBe('failed');
    expect(verdictFor({ ...off, tolerance: { liquidationPrice: { rel: '0.00001' } } }).kind).toBe(
      'failed',
    );
  });

  it('a self-check notices a tolerance that forgives everything and an input that does nothing', () => {
    const weak = entryOf(
      { ...base, expected: { liquidationPrice: '8' }, tolerance: { abs: '1000' } },
      0,
    );
    assert(weak.ok, 'a case');
    expect(weaknessesOf(weak.value)).toContain('input size is read and changes nothing');
    const account = {
      ...base,
      inputs: {
        crossWalletBalance: '5',
        positions: [{ symbol: 'ETHUSDT', size: '1', entryPrice: '1', isolatedWallet: '1' }],
      },
      expected: { crossWalletBalance: '5' },
    };
    const idle = entryOf(account, 0);
    assert(idle.ok, 'a case');
    expect(weaknessesOf(idle.value)).toContain(
      'input positions.0.size is read and changes nothing',
    );
  });
});

describe('npm run conformance', () => {
  const script = here('../conformance.ts');
  const env = { ...process.env, PLIMSOLL_SHARED: '' };

  it('without a file runs our own and counts', () => {
    const output = execFileSync(process.execPath, [script, '--self-check'], {
      env,
      encoding: 'utf8',
    });
    expect(output).toContain('deribit: 26 passed, 0 failed, 0 skipped\n');
    expect(output).toMatch(/\n229 passed, 0 failed, 1 skipped\n$/);
  });

  it('a file that cannot be read, and an option that is none: one sentence, exit 1', () => {
    const missing = spawnSync(process.execPath, [script, 'no-such.json'], { encoding: 'utf8' });
    expect([missing.status, missing.stderr]).toEqual([
      1,
      expect.stringMatching(/^no-such\.json: ENOENT/),
    ]);
    const option = spawnSync(process.execPath, [script, '--fast'], { encoding: 'utf8' });
    expect([option.status, option.stderr]).toEqual([
      1,
      expect.stringMatching(/^--fast is no option; usage/),
    ]);
  });
});
