/**
 * The screen against brute force: a run that skips what cannot have changed and a run that assesses every pool at every step must
 * write the same rows and end in the same digest. Random books on contracts of every kind, prices that walk, jump and stand still
 * a tick beside what they were.
 */
import { expect, it } from 'vitest';
import { type Instrument } from '../market/instrument.ts';
import { poolId } from '../units/ids.ts';
import { lots, moneyUnits, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { conservationOf } from './conservation.ts';
import { engine } from './engine.ts';
import { type EngineEvent, type StepInput } from './event.ts';
import { forgetAllFacts, watchCounts } from './notes.ts';
import {
  contract,
  FIRST_TICKS,
  idOf,
  markEvent,
  openRandomRun,
  randomFrom,
  randomStep,
  START,
  USDT,
  type Walk,
} from './random-book.ts';
import { type JournalRow } from './row.ts';
import { allPoolRows, poolRowOf } from './ledger.ts';
import { type EngineState } from './state.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const RUNS = DEEP ? 150 : 10;
const STEPS = DEEP ? 300 : 120;

interface Played {
  readonly rows: readonly JournalRow[];
  /** After each step: the journal's head and every pool row. */
  readonly marks: readonly string[];
  readonly state: EngineState;
}

/** Every other seed is a run under people's own levels. */
function isRuled(seed: number): boolean {
  return seed % 2 === 0;
}

/** How much a run remembers from step to step: all, nothing, or nothing and trusts no screen either. */
type Memory = 'screened' | 'forgetful' | 'brute';

function play(seed: number, memory: Memory): Played {
  const drawn = openRandomRun(seed);
  const { state } = drawn;
  const rows: JournalRow[] = [];
  const marks: string[] = [];
  const take = (input: StepInput): void => {
    if (memory !== 'screened') forgetAllFacts(state, memory === 'brute');
    for (const group of engine.takeStep(state, input)) rows.push(...group);
    const { holds } = conservationOf(state);
    if (!holds) throw new Error(`seed ${seed}: money was made or lost in step ${input.step}`);
    marks.push(`${state.head.hash} ${JSON.stringify(allPoolRows(state))}`);
  };
  for (let step = 0; step <= STEPS; step += 1) take(randomStep(drawn, step, isRuled(seed)));
  return { rows, marks, state };
}

it('[SC1, DG4] screened and brute-force runs write the same rows and end in the same digest', () => {
  const first = Number(process.env.FUZZ_SEED ?? 1);
  let skipped = 0;
  const kinds = new Map<string, number>();
  for (let seed = first; seed < first + RUNS; seed += 1) {
    watchCounts.pools = 0;
    watchCounts.assessed = 0;
    const screened = play(seed, 'screened');
    skipped += watchCounts.pools - watchCounts.assessed;
    const brute = play(seed, 'brute');
    expect(play(seed, 'forgetful').marks, `seed ${seed}, forgetful`).toEqual(brute.marks);
    const parting = screened.marks.findIndex((mark, step) => mark !== brute.marks[step]);
    const at = (rows: readonly JournalRow[]): readonly JournalRow[] =>
      rows.filter(({ step }) => step === parting);
    expect(at(screened.rows), `seed ${seed}, step ${parting}`).toEqual(at(brute.rows));
    expect(screened.marks[parting], `seed ${seed}, step ${parting}`).toBe(brute.marks[parting]);
    expect(engine.digestOf(screened.state), `seed ${seed}`).toBe(engine.digestOf(brute.state));
    for (const { body } of screened.rows) kinds.set(body.kind, (kinds.get(body.kind) ?? 0) + 1);
  }
  expect(skipped, 'the screen skips something').toBeGreaterThan(1000);
  expect(kinds.get('transition') ?? 0).toBeGreaterThan(50);
  expect(kinds.get('liquidation-settled') ?? 0).toBeGreaterThan(5);
  expect(kinds.get('alert-rule-set') ?? 0).toBeGreaterThan(10);
  expect(kinds.get('alert-rule-removed') ?? 0).toBeGreaterThan(3);
  if (process.env.FUZZ_SHOW !== undefined) console.log(skipped, Object.fromEntries(kinds));
});

/** Contracts so calm that the ratio decides before the distance does. */
const CALM: readonly Instrument[] = [
  contract({ id: 'BTCUSDT', base: 'BTC', tick: '0.1', lot: '0.001', daily: 0.0105 }),
  contract({ id: 'ETHUSDT', base: 'ETH', tick: '0.01', lot: '0.01', daily: 0.0105 }),
];

/** Two longs of 120,000 in one pool, opened at one price and looked at at others, on a wallet to the unit. */
function edgeRun(p: {
  readonly wallet: bigint;
  readonly prices: readonly number[];
  readonly brute: boolean;
}): string {
  const [first, second] = CALM;
  if (first === undefined || second === undefined) throw new Error('there are two calm contracts');
  const state = engine.openRun({
    runId: 'edge',
    seed: 'edge',
    scenario: 'edge',
    startTime: timestampMs(START),
    instruments: CALM,
    fundSeeds: [],
  });
  const walk: Walk = { random: () => 0.5, level: new Map(Object.entries(FIRST_TICKS)), wild: 1 };
  const id = idOf(1);
  const long = (instrument: Instrument, count: bigint): EngineEvent => ({
    kind: 'fill',
    accountId: id,
    instrumentId: instrument.id,
    positionSide: 'both',
    lots: lots(count),
    priceTicks: ticks(BigInt(FIRST_TICKS[instrument.id] ?? 1)),
    leverage: 10,
    marginKind: 'cross',
  });
  const rows: JournalRow[] = [];
  const take = (step: number, events: readonly EngineEvent[]): void => {
    if (p.brute) forgetAllFacts(state, true);
    const input = { step, time: timestampMs(START + step * 1_000), events };
    for (const group of engine.takeStep(state, input)) rows.push(...group);
  };
  take(0, [
    ...CALM.map((instrument) => markEvent(walk, instrument, START)),
    {
      kind: 'account-opened',
      accountId: id,
      label: '',
      positionMode: 'one-way',
      assetMode: 'single',
    },
    { kind: 'transfer', accountId: id, assetId: USDT, amount: moneyUnits(p.wallet) },
    long(first, 2_000n),
    long(second, 4_800n),
  ]);
  p.prices.forEach((factor, index) => {
    const time = START + (index + 1) * 1_000;
    for (const [name, level] of Object.entries(FIRST_TICKS))
      walk.level.set(name, Math.round(level * factor));
    take(
      index + 1,
      CALM.map((instrument) => markEvent(walk, instrument, time)),
    );
  });
  const pool = poolRowOf(state, poolId('A0001/cross:USDT'));
  return JSON.stringify([rows.length, pool?.alert.state, pool?.phase.kind, state.head.hash]);
}

/** Steps beside the limit, until no hold runs any more and the screen may skip. */
const STANDING = [1, 2, 3, 4, 5];

it('[SC2] within a unit of a limit the screen says what the engine says, on either side of it', () => {
  const outcomes = new Set<string>();
  const random = randomFrom(7);
  for (let turn = 0; turn < (DEEP ? 400 : 8); turn += 1) {
    const factor = 0.93 - Math.round(random() * 30) / 1_000;
    // Each of 120,000 with a fee of 0.05 %; maintenance 5 % - 2,060 of each at the prices moved.
    const maintenance = Math.round((120_000 * factor * 0.05 - 2_060) * 2 * 1e8);
    const loss = Math.round((240_000 * (1 - factor) + 120) * 1e8);
    for (const level of [0.5, 0.7, 0.85, 1]) {
      const near = BigInt(Math.round(maintenance / level)) + BigInt(loss);
      for (const beside of [-3n, -1n, 0n, 1n, 3n]) {
        const story = {
          wallet: near + beside,
          prices: [1, ...STANDING.map(() => factor + 0.001), factor, factor, factor],
        };
        const screened = edgeRun({ ...story, brute: false });
        expect(screened, `turn ${turn}, ${level}, ${beside}`).toBe(
          edgeRun({ ...story, brute: true }),
        );
        outcomes.add(screened.slice(0, screened.lastIndexOf(',')));
      }
    }
  }
  expect(outcomes.size).toBeGreaterThan(3);
});
