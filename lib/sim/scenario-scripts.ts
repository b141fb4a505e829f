/** What is written down in advance: moves of the price and faults of venues, repeating on the UTC clock or dated to a recorded day. */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../units/time.ts';
import { type PriceScript } from './path-prices.ts';
import { type FaultWindow } from './simulated-feed.ts';

/** Falls 26 % in six minutes of every two hours, twice lets go, and has forgotten it at the end. */
export const FLASH_CRASH: PriceScript = {
  periodMinutes: 120,
  points: [
    [0, 0],
    [20, 0],
    [22, -0.08],
    [23, -0.06],
    [26, -0.3],
    [29, -0.16],
    [33, -0.21],
    [60, -0.1],
    [120, 0],
  ],
};
/** Loses a fifth in eight hours of every day and takes sixteen to come back. */
export const SLOW_WAVE: PriceScript = {
  periodMinutes: 1440,
  points: [
    [0, 0],
    [480, -0.22],
    [1440, 0],
  ],
};
/** Climbs 9 % against the shorts in the three hours around every second funding stamp, and falls back in one. */
export const SQUEEZE: PriceScript = {
  periodMinutes: 240,
  points: [
    [0, 0.02],
    [150, 0.09],
    [210, 0],
    [240, 0.02],
  ],
};

/** Every 15 minutes SOL, XRP and AAVE are silent for 90 seconds; every hour everything is for 75. */
export const SILENCES: readonly FaultWindow[] = [
  {
    fault: { kind: 'drop-out' },
    venues: 'all',
    bases: ['SOL', 'XRP', 'AAVE'],
    everyMs: 15 * MINUTE_MS,
    fromMs: 3 * MINUTE_MS,
    toMs: 3 * MINUTE_MS + 90 * SECOND_MS,
  },
  {
    fault: { kind: 'drop-out' },
    venues: 'all',
    bases: 'all',
    everyMs: HOUR_MS,
    fromMs: 25 * MINUTE_MS,
    toMs: 25 * MINUTE_MS + 75 * SECOND_MS,
  },
  {
    fault: { kind: 'drop-out' },
    venues: [0, 1, 2],
    bases: 'all',
    everyMs: 10 * MINUTE_MS,
    fromMs: 0,
    toMs: 2 * MINUTE_MS,
  },
  {
    fault: { kind: 'freeze' },
    venues: [3],
    bases: 'all',
    everyMs: 20 * MINUTE_MS,
    fromMs: 9 * MINUTE_MS,
    toMs: 14 * MINUTE_MS,
  },
];

/** At the worst of the crash one venue prints a wick, one hangs and one prints nothing that is a price. */
export const CRASH_FAULTS: readonly FaultWindow[] = [
  {
    fault: { kind: 'spike', factor: 0.7 },
    venues: [3],
    bases: 'all',
    everyMs: 2 * HOUR_MS,
    fromMs: 24 * MINUTE_MS,
    toMs: 25 * MINUTE_MS,
  },
  {
    fault: { kind: 'freeze' },
    venues: [4],
    bases: 'all',
    everyMs: 2 * HOUR_MS,
    fromMs: 22 * MINUTE_MS,
    toMs: 31 * MINUTE_MS,
  },
  {
    fault: { kind: 'spike', factor: 0 },
    venues: [2],
    bases: ['DOGE'],
    everyMs: 2 * HOUR_MS,
    fromMs: 27 * MINUTE_MS,
    toMs: 28 * MINUTE_MS,
  },
];

/** 02:16 to 02:30 of 2020-03-13: the venue of the day's BTC series stood still, and here three of five venues with it. */
export const OUTAGE_2020: readonly FaultWindow[] = [
  {
    fault: { kind: 'drop-out' },
    venues: [0, 1, 2],
    bases: 'all',
    everyMs: undefined,
    fromMs: 26 * HOUR_MS + 16 * MINUTE_MS,
    toMs: 26 * HOUR_MS + 30 * MINUTE_MS,
  },
];
/** 21:15 to 21:25 of 2025-10-10: one venue's books broke away from all others, as Binance COIN-M did in AVAX, DOT and AAVE. */
export const WICK_2025: readonly FaultWindow[] = [
  {
    fault: { kind: 'spike', factor: 0.4 },
    venues: [1],
    bases: ['AVAX', 'DOT', 'AAVE', 'ATOM'],
    everyMs: undefined,
    fromMs: 9 * HOUR_MS + 15 * MINUTE_MS,
    toMs: 9 * HOUR_MS + 25 * MINUTE_MS,
  },
];
