/** A venue's market for books of any size: contracts of every kind, and a path of marks for a calm hour or for a crash. Seeded. */
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { DAY_MS } from '../units/time.ts';
import { createPassingStream, type RandomStream } from './random.ts';

/** calm: coins walk by their usual volatility. crash: all fall by a fifth within a minute, wilder coins by more. */
export type MarketMood = 'calm' | 'crash';

const UPDATE_MS = 100;
/** Updates of a crash from its first fall to its floor. */
export const CRASH_UPDATES = 600;
const CRASH_LOG = Math.log(0.8);
/** How much of a coin's usual move is the market's; what else a coin does in a crash, in usual moves of ten updates. */
const TOGETHER = 0.7;
const CRASH_NOISE = 3;

const USDT = assetId('USDT');
/** Every tenth contract is inverse, on the coin of the one before. */
const INVERSE_EVERY = 10;

interface TierRow {
  readonly cap: number;
  readonly rate: string;
  readonly leverage: number;
}
const QUOTE_TIERS: readonly TierRow[] = [
  { cap: 50_000, rate: '0.004', leverage: 125 },
  { cap: 600_000, rate: '0.005', leverage: 100 },
  { cap: 3_000_000, rate: '0.01', leverage: 50 },
  { cap: 12_000_000, rate: '0.025', leverage: 20 },
  { cap: 1_000_000_000, rate: '0.05', leverage: 10 },
];

/** Maintenance is continuous: what a tier deducts is what its rate takes too much below its floor. */
function tiersAt(usdPerUnit: number): readonly RiskTier[] {
  let floor = new Decimal(0);
  let deduction = new Decimal(0);
  let before = new Decimal(0);
  return QUOTE_TIERS.map((row, index) => {
    const own = new Decimal(row.rate);
    deduction = deduction.plus(floor.times(own.minus(before)));
    before = own;
    const cap = new Decimal((row.cap / usdPerUnit).toPrecision(3));
    const tier = {
      tier: index + 1,
      notionalFloor: money(floor),
      notionalCap: money(cap),
      leverageMax: rate(row.leverage),
      maintenanceMarginRate: rate(own),
      maintenanceDeduction: money(deduction),
    };
    floor = cap;
    return tier;
  });
}

export interface BookMarket {
  readonly instruments: readonly Instrument[];
  /** By contract: mark in ticks at the start. */
  readonly firstTicks: readonly number[];
}

export function bookMarket(seed: string, contracts: number): BookMarket {
  const random = createPassingStream({ seed, asset: 'book', purpose: 'market' });
  const instruments: Instrument[] = [];
  const firstTicks: number[] = [];
  let usd = 0;
  for (let number = 0; number < contracts; number += 1) {
    const isInverse = number % INVERSE_EVERY === INVERSE_EVERY - 1;
    if (!isInverse) usd = number === 0 ? 60_000 : Math.exp(8 - 11 * random.uniform());
    const tick = 10 ** (Math.floor(Math.log10(usd)) - 4);
    const before = instruments[number - 1];
    const base = isInverse && before !== undefined ? before.base : assetId(`C${number}`);
    const daily =
      before !== undefined && isInverse ? before.dailyVolatility : dailyOf(number, random);
    instruments.push(contractOf({ number, base, usd, tick, isInverse, daily }));
    firstTicks.push(Math.round(usd / tick));
  }
  return { instruments, firstTicks };
}

/** The large coins are the calm ones. */
function dailyOf(number: number, random: RandomStream): number {
  return 0.03 + 0.05 * Math.min(1, number / 30) * (0.5 + random.uniform());
}

function contractOf(p: {
  readonly number: number;
  readonly base: Instrument['base'];
  readonly usd: number;
  readonly tick: number;
  readonly isInverse: boolean;
  readonly daily: number;
}): Instrument {
  return {
    id: instrumentId(`${p.base}${p.isInverse ? 'USD' : 'USDT'}`),
    kind: p.isInverse ? 'inverse' : 'linear',
    expiry: { kind: 'perpetual' },
    base: p.base,
    quote: p.isInverse ? assetId('USD') : USDT,
    settle: p.isInverse ? p.base : USDT,
    contractSize: new Decimal(p.isInverse ? 10 : 1),
    tickSize: price(p.tick.toPrecision(1)),
    lotSize: quantity(p.isInverse ? 1 : lotOf(p.usd)),
    tiers: tiersAt(p.isInverse ? p.usd : 1),
    takerFeeRate: rate('0.0005'),
    makerFeeRate: rate('0.0002'),
    liquidationFeeRate: rate('0.005'),
    funding: { intervalMs: 28_800_000, cap: rate('0.003'), floor: rate('-0.003') },
    dailyVolatility: p.daily,
  };
}

/** A lot of some ten USD, and so coarse that tick and lot have no more than eight decimals together. */
function lotOf(usd: number): string {
  const wanted = Math.floor(Math.log10(10 / usd));
  const finest = -8 - (Math.floor(Math.log10(usd)) - 4);
  return (10 ** Math.max(wanted, finest, -8)).toPrecision(1);
}

export interface BookTape {
  /** Marks in ticks after the next update, by contract; the same array each time. */
  next(): Float64Array;
}

export function bookTape(seed: string, market: BookMarket, mood: MarketMood): BookTape {
  const random = createPassingStream({ seed, asset: 'book', purpose: `tape ${mood}` });
  const logs = Float64Array.from(market.firstTicks, Math.log);
  const ticks = new Float64Array(logs.length);
  const step = Math.sqrt(UPDATE_MS / DAY_MS);
  let update = 0;
  return {
    next() {
      update += 1;
      const falls = mood === 'crash' && update <= CRASH_UPDATES;
      const noise = falls ? CRASH_NOISE : 1;
      const all = random.normal() * TOGETHER;
      const apart = Math.sqrt(1 - TOGETHER ** 2);
      let own = 0;
      market.instruments.forEach(({ kind, dailyVolatility }, code) => {
        if (kind === 'linear') own = random.normal();
        const usual = dailyVolatility * step * noise * (all + own * apart);
        const fall = falls ? (CRASH_LOG / CRASH_UPDATES) * Math.sqrt(dailyVolatility / 0.03) : 0;
        logs[code] = (logs[code] ?? 0) + usual + fall;
        ticks[code] = Math.max(1, Math.round(Math.exp(logs[code] ?? 0)));
      });
      return ticks;
    },
  };
}
