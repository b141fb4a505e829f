/**
 * One made-up trader: how bold, in which coins, which way, with how much room. A pure function of (seed, number, visit): nothing about a
 * trader has to be remembered, and a million of them cost no more than their names.
 */
import { assert } from '../contract.ts';
import { type AccountId, accountId } from '../units/ids.ts';
import { createPassingStream, type RandomStream } from './random.ts';

export type Temper = 'careful' | 'steady' | 'bold' | 'reckless';

/** What an account is made of, fixed for its life. */
export type Structure = 'isolated' | 'cross' | 'several' | 'mixed' | 'hedge' | 'multi-asset';

export interface Trader {
  readonly accountId: AccountId;
  /** 0 at the first opening, then one for each return. */
  readonly visit: number;
  readonly temper: Temper;
  readonly structure: Structure;
  /** Place of the main coin among the coins on offer, and of others beside it; all different. */
  readonly coins: readonly number[];
  /** +1 long, -1 short, one for each coin. */
  readonly sides: readonly (1 | -1)[];
  /** Room at the opening, in daily standard deviations of a joint adverse move (rulings B1's z). */
  readonly room: number;
  /** Wanted notional of each coin, USDT. */
  readonly notionals: readonly number[];
  /** The rest of the trader's choices: entry, orders, spare cash. */
  readonly stream: RandomStream;
}

/** Who comes in each twenty: 6 careful, 5 steady, 6 bold, 3 reckless, mixed so that every stretch of the list has all. */
const TEMPERS: readonly Temper[] = [
  'careful',
  'bold',
  'steady',
  'careful',
  'reckless',
  'bold',
  'steady',
  'bold',
  'careful',
  'steady',
  'bold',
  'careful',
  'reckless',
  'steady',
  'bold',
  'careful',
  'steady',
  'careful',
  'bold',
  'reckless',
];
/**
 * Room from `least` upward, thinning out over `spread`, the more the higher `crowding`. Steady ones start just outside Watch (z 2), bold
 * ones just outside Warning (z 1), most of them so close that a small move is enough.
 */
const ROOM: Readonly<
  Record<Temper, { readonly least: number; readonly spread: number; readonly crowding: number }>
> = {
  careful: { least: 3.5, spread: 12, crowding: 1 },
  steady: { least: 2.06, spread: 0.9, crowding: 2 },
  bold: { least: 1.04, spread: 0.5, crowding: 3 },
  reckless: { least: 0.42, spread: 0.5, crowding: 1 },
};
/** Structures by share of the traders; together 1. */
const STRUCTURES: readonly (readonly [Structure, number])[] = [
  ['isolated', 0.3],
  ['cross', 0.28],
  ['several', 0.2],
  ['mixed', 0.06],
  ['hedge', 0.08],
  ['multi-asset', 0.08],
];
/** Notional: median in USDT, and spread of its logarithm. */
const NOTIONAL_MEDIAN = 20_000;
const NOTIONAL_SPREAD = 1.3;
const ID_DIGITS = 4;

export function accountIdOf(number: number): AccountId {
  return accountId(`A${String(number).padStart(ID_DIGITS, '0')}`);
}

/** Temper of the trader of a number from 1, and how many of that temper came before. */
function temperOf(number: number): { readonly temper: Temper; readonly rank: number } {
  const place = (number - 1) % TEMPERS.length;
  const temper = TEMPERS[place];
  assert(temper !== undefined, 'a temper for each place');
  const each = TEMPERS.filter((other) => other === temper).length;
  const before = TEMPERS.slice(0, place).filter((other) => other === temper).length;
  return { temper, rank: Math.floor((number - 1) / TEMPERS.length) * each + before };
}

function structureOf(seed: string, id: AccountId): Structure {
  let share = createPassingStream({ seed, asset: id, purpose: 'structure' }).uniform();
  for (const [structure, part] of STRUCTURES) {
    share -= part;
    if (share < 0) return structure;
  }
  return 'cross';
}

const COINS_OF_SEVERAL_MAX = 4;

function coinCountOf(structure: Structure, stream: RandomStream): number {
  const draw = stream.uniform();
  switch (structure) {
    case 'several':
      return 2 + Math.floor(draw * (COINS_OF_SEVERAL_MAX - 1));
    case 'mixed':
      return 2;
    case 'multi-asset':
      return 1 + Math.floor(draw * 3);
    case 'isolated':
    case 'cross':
    case 'hedge':
      return 1;
  }
}

/** The main coin goes round by rank, so that each temper stands on each coin; others follow it at a seeded distance. */
function coinsOf(p: {
  rank: number;
  count: number;
  offered: number;
  stream: RandomStream;
}): number[] {
  const main = p.rank % p.offered;
  const coins = [main];
  const stride = 1 + Math.floor(p.stream.uniform() * (p.offered - 1));
  for (let turn = 1; coins.length < Math.min(p.count, p.offered) && turn < p.offered; turn += 1) {
    const next = (main + turn * stride) % p.offered;
    if (!coins.includes(next)) coins.push(next);
  }
  return coins;
}

function opposite(side: 1 | -1): 1 | -1 {
  return side === 1 ? -1 : 1;
}

/** Sides alternate from round to round of the coins, so that every coin has both; further coins go mostly the same way. */
function sidesOf(p: {
  rank: number;
  offered: number;
  coins: readonly number[];
  stream: RandomStream;
}): (1 | -1)[] {
  const main = Math.floor(p.rank / p.offered) % 2 === p.rank % 2 ? 1 : -1;
  return p.coins.map((_coin, index) =>
    index === 0 || p.stream.uniform() < 0.7 ? main : opposite(main),
  );
}

/**
 * @param offered how many coins there are to trade.
 */
export function traderOf(p: {
  seed: string;
  number: number;
  visit: number;
  offered: number;
}): Trader {
  assert(p.offered > 0, 'a coin to trade');
  const id = accountIdOf(p.number);
  const stream = createPassingStream({ seed: p.seed, asset: id, purpose: `visit ${p.visit}` });
  const { temper, rank } = temperOf(p.number);
  const structure = structureOf(p.seed, id);
  const shifted = rank + p.visit;
  const count = coinCountOf(structure, stream);
  const coins = coinsOf({ rank: shifted, count, offered: p.offered, stream });
  const { least, spread, crowding } = ROOM[temper];
  return {
    accountId: id,
    visit: p.visit,
    temper,
    structure,
    coins,
    sides: sidesOf({ rank: shifted, offered: p.offered, coins, stream }),
    room: least + spread * stream.uniform() ** crowding,
    notionals: coins.map(() => NOTIONAL_MEDIAN * Math.exp(NOTIONAL_SPREAD * stream.normal())),
    stream,
  };
}
