import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { assess, contractOf, positionOf, shown, type Scene } from './examples.ts';
import { type AccountHealth, type PoolHealth, type PositionHealth } from './figures.ts';
import { rate } from '../units/money.ts';
import { type VenueRules } from './venues/rules.ts';
import { RULE_SETS } from './venues/versions.ts';

/** Rates that grow, for the venue that reads no table. */
const GROWTH = { initialBase: rate('0.02'), maintenanceBase: rate('0.01'), perCoin: rate(0) };
const TABLE = [['1000000000', '0.01']] as const;

interface Made {
  readonly health: AccountHealth;
  readonly pool: PoolHealth | undefined;
  readonly position: PositionHealth | undefined;
}

interface Change {
  readonly kind?: 'linear' | 'inverse';
  readonly tiers?: readonly (readonly [string, string])[];
  readonly grows?: boolean;
  readonly contractSize?: string;
  readonly size?: string;
  readonly hedge?: string;
  readonly mark?: string;
  readonly wallet?: string;
  readonly leverage?: string;
  readonly listed?: boolean;
}

/** One contract opened at 100, and what is wrong with it. */
function made(rules: VenueRules, change: Change): Made {
  const { kind = 'linear', tiers = TABLE, contractSize = '1', size = '10', hedge } = change;
  const contract = contractOf({ id: 'X', kind, tiers, contractSize, takerFee: '0' });
  const instrument = change.grows === false ? contract : { ...contract, marginGrowth: GROWTH };
  const leg = (signed: string, side?: 'long' | 'short') =>
    positionOf({
      on: instrument,
      size: signed,
      entry: '100',
      leverage: change.leverage ?? '10',
      ...(side === undefined ? {} : { side }),
    });
  const scene: Scene = {
    rules,
    wallets: { [instrument.settle]: change.wallet ?? '50' },
    positions: hedge === undefined ? [leg(size)] : [leg(size, 'long'), leg(hedge, 'short')],
    instruments: change.listed === false ? [] : [instrument],
    marks: change.mark === '' ? {} : { X: change.mark ?? '100' },
  };
  const health = assess(scene);
  const pool = health.pools.find(({ positions }) => positions.length > 0);
  return { health, pool, position: pool?.positions[0] };
}

const missing = ({ pool }: Made): string => pool?.missing[0]?.kind ?? `nothing, ${pool?.status}`;
const bankruptcy = ({ position }: Made): string =>
  position === undefined ? 'no position' : shown(position.bankruptcyPrice());
const above = ({ position }: Made): string =>
  position === undefined ? 'no position' : shown(position.liquidation().above);
const underWater = ({ pool, position }: Made): string =>
  `${pool?.status}, ${position === undefined ? 'no position' : shown(position.liquidation().nearest)}`;

interface Defect {
  readonly change: Change;
  readonly outcomeOf: (made: Made) => string;
  readonly outcome: string;
  /** At the venue whose rates grow instead of a table. */
  readonly atDeribit?: string;
}

/** Every kind of bad input of issue 5, and what it is called at every rule set. */
const DEFECTS: Readonly<Record<string, Defect>> = {
  'unknown symbol': {
    change: { listed: false },
    outcomeOf: missing,
    outcome: 'instrument-unknown',
  },
  'a mark that never came': { change: { mark: '' }, outcomeOf: missing, outcome: 'mark-missing' },
  'missing tier': {
    change: { tiers: [], grows: false },
    outcomeOf: missing,
    outcome: 'above-last-tier',
    atDeribit: 'terms-invalid',
  },
  'size over the last tier': {
    change: { tiers: [['5', '0.01']] },
    outcomeOf: missing,
    outcome: 'above-last-tier',
    atDeribit: 'nothing, healthy',
  },
  'zero leverage': { change: { leverage: '0' }, outcomeOf: missing, outcome: 'terms-invalid' },
  'negative leverage': { change: { leverage: '-5' }, outcomeOf: missing, outcome: 'terms-invalid' },
  'inverse without face value': {
    change: { kind: 'inverse', contractSize: '0' },
    outcomeOf: missing,
    outcome: 'terms-invalid',
  },
  'a hedge pair that cancels': {
    change: { hedge: '-10' },
    outcomeOf: bankruptcy,
    outcome: '<price-cancels>',
  },
  'an inverse short that cannot be liquidated': {
    change: { kind: 'inverse', size: '-100', wallet: '2' },
    outcomeOf: above,
    outcome: '<margin-covers-loss>',
  },
  'an account under water': {
    change: { wallet: '50', mark: '90' },
    outcomeOf: underWater,
    outcome: 'bankrupt, <already-liquidatable>',
  },
};

describe.each(RULE_SETS.map((rules) => [rules.version, rules] as const))(
  '%s',
  (_version, rules) => {
    it.each(Object.entries(DEFECTS))('[VE10] %s has a name', (_name, defect) => {
      const expected =
        rules.venue === 'deribit' ? (defect.atDeribit ?? defect.outcome) : defect.outcome;
      expect(defect.outcomeOf(made(rules, defect.change))).toBe(expected);
    });

    it('[VE10] and nothing of the account is made up meanwhile', () => {
      const { pool } = made(rules, { leverage: '0' });
      expect(pool === undefined ? '' : shown(pool.marginBalance)).toBe('<terms-invalid>');
      expect(pool?.status).toBe('unknown');
    });

    it('[VE10] a pair that cancels pays for maintenance alone', () => {
      const { position } = made(rules, { hedge: '-10' });
      assert(position !== undefined, 'a position');
      const { below } = position.liquidation();
      expect(shown(below)).toBe('<margin-covers-loss>');
    });
  },
);

it('[VE10] every venue is among them', () => {
  expect([...new Set(RULE_SETS.map(({ venue }) => venue))].toSorted()).toEqual([
    'binance-coinm',
    'binance-usdm',
    'bitget',
    'bitmex',
    'bybit',
    'deribit',
    'gate',
    'house',
    'kraken-futures',
    'okx',
  ]);
});
