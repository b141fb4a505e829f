import { expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type RandomStream } from '#lib/sim/random.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import {
  accountFrom,
  assetPriceWires,
  instrumentsFrom,
  marketFrom,
  markWire,
} from '#lib/wire/codec.ts';
import { type AccountText, type AssetPriceWire, type MarkWire } from '#lib/wire/protocol.ts';
import {
  applyAccountPatch,
  applyRowsPatch,
  type AccountReplica,
  type RowsReplica,
} from '#lib/wire/replica.ts';
import { accountTextOf } from '../account-figures.ts';
import { createExampleSource } from '../example-run.ts';
import { runText } from '../run-text.ts';
import { below, fuzz, pick, wrong } from './budget.ts';
import { pathsIn, replaced, valueAt } from './mutation.ts';

const STEPS = 90;
const KEEP = 25;
const DELIVERIES = 20;

interface Recorded {
  readonly accounts: readonly AccountText[];
  readonly rows: readonly JournalRow[];
  readonly marks: readonly MarkWire[];
  readonly assetPrices: readonly AssetPriceWire[];
}

/** A falling market: facts of its accounts at every step, and every row. */
function record(): Recorded {
  const source = createExampleSource('5', 8);
  const state = engine.openRun({ ...source.identity, runId: 'fuzz' });
  const accounts: AccountText[] = [];
  const rows: JournalRow[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const next = source.next(state);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(state, { step, ...next })) rows.push(...group);
    for (const name of ['A0001', 'A0002', 'A0003']) {
      const text = accountTextOf(state, name);
      if (text !== undefined) accounts.push(text);
    }
  }
  const market = engine.marketOf(state);
  const marks = [...state.instruments].flatMap(([id, instrument]) => {
    const fact = state.marks.get(id)?.fact;
    const reading = market.marks.get(id);
    if (fact === undefined || reading === undefined) return [];
    return [markWire({ fact, reading, instrument, volatility: instrument.dailyVolatility })];
  });
  return { accounts, rows, marks, assetPrices: assetPriceWires(market) };
}

const recorded = record();
const run = runText('fuzz', createExampleSource('5', 8), undefined);
const instruments = instrumentsFrom(run);

/** Where a reader stands who loses, repeats and reorders: some number of the stream, not always the next. */
function nextNumber(chance: RandomStream, at: number, last: number): number {
  const kind = below(chance, 10);
  if (kind < 6) return Math.min(at + 1, last);
  return kind < 8 ? Math.max(1, at - below(chance, 4)) : Math.min(last, at + 1 + below(chance, 4));
}

it('facts that come late, twice or not at all never become other facts', async () => {
  const truth = recorded.accounts.filter(({ accountId }) => accountId === 'A0001');
  const patchOf = (seq: number, snapshot: boolean) => {
    const account = truth[seq - 1];
    assert(account !== undefined, 'a number of the stream');
    return { seq, snapshot, account };
  };
  const count = { name: 'account frames', quickCount: 800, perCall: DELIVERIES };
  const memory = await fuzz(count, (chance) => {
    let replica: AccountReplica | undefined;
    let at = 1 + below(chance, truth.length - DELIVERIES);
    for (let times = 0; times < DELIVERIES; times += 1) {
      const seq = nextNumber(chance, at, truth.length);
      const applied = applyAccountPatch(replica, patchOf(seq, false));
      const mustAsk = replica === undefined || seq > replica.seq + 1;
      if ((applied.kind === 'resync') !== mustAsk) wrong(`${applied.kind} at ${seq}`);
      if (applied.kind === 'resync') {
        at = Math.max(at, seq);
        const asked = applyAccountPatch(replica, patchOf(at, true));
        if (asked.kind !== 'applied') return wrong('a snapshot applies');
        replica = asked.replica;
      } else replica = applied.replica;
      at = Math.max(at, replica.seq);
      if (replica.account !== truth[replica.seq - 1]) wrong(`other facts at ${seq}`);
    }
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});

it('rows that come late, twice or not at all leave neither a gap nor a repeat', async () => {
  const truth = recorded.rows;
  const count = { name: 'row frames', quickCount: 700, perCall: DELIVERIES };
  const memory = await fuzz(count, (chance) => {
    let replica: RowsReplica | undefined;
    let at = below(chance, Math.floor(truth.length / 2));
    const patchOf = (from: number, to: number, snapshot: boolean) => ({
      topic: 'alerts' as const,
      snapshot,
      previousSeq: truth[from - 1]?.seq ?? 0,
      rows: truth.slice(from, to),
    });
    for (let times = 0; times < DELIVERIES; times += 1) {
      const from = nextNumber(chance, at, truth.length - 4);
      const to = from + below(chance, 4);
      const applied = applyRowsPatch(replica, patchOf(from, to, false), KEEP);
      if (applied.kind === 'resync') {
        const asked = applyRowsPatch(replica, patchOf(Math.max(0, to - KEEP), to, true), KEEP);
        if (asked.kind !== 'applied') return wrong('a snapshot applies');
        replica = asked.replica;
      } else replica = applied.replica;
      at = Math.max(at, to);
      const { seq, rows } = replica;
      const last = truth.findIndex((row) => row.seq === seq);
      const expected = truth.slice(Math.max(0, last + 1 - rows.length), last + 1);
      const isWhole = rows.every((row, index) => row === expected[index]);
      if (!isWhole || rows.length > KEEP) wrong(`rows ${from} to ${to} at ${seq}`);
    }
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});

const PLAIN = /^-?\d+(\.\d+)?$/;

/** A figure of the text replaced by another of the same sign, from the tiny to the large. */
function rescaled(chance: RandomStream, value: unknown): unknown {
  const figures = pathsIn(value).filter((path) => {
    const text = valueAt(value, path);
    return typeof text === 'string' && PLAIN.test(text) && path.at(-1) !== 'leverage';
  });
  const path = figures[below(chance, figures.length)];
  if (path === undefined) return value;
  const sign = String(valueAt(value, path)).startsWith('-') ? '-' : '';
  const size = pick(chance, [`0.00${1 + below(chance, 900)}`, `${1 + below(chance, 1e9)}`]);
  return replaced(value, path, `${sign}${size}`);
}

it('facts and marks of any size give the same digest at both ends, and figures everywhere', async () => {
  const [first, ...others] = recorded.accounts;
  assert(first !== undefined, 'accounts were recorded');
  const memory = await fuzz({ name: 'derived frames', quickCount: 800 }, (chance) => {
    const text = rescaled(chance, pick(chance, [first, ...others])) as AccountText;
    const marks = rescaled(chance, recorded.marks) as readonly MarkWire[];
    const market = { ...frame(), marks };
    const digests = [text, JSON.parse(JSON.stringify(text)) as AccountText].map((facts) => {
      const on = marketFrom(market, run, instruments);
      const account = accountFrom(facts, instruments);
      return accountDigest(facts, assessAccount({ account, market: on, rules: houseRules }));
    });
    if (!/^[0-9a-f]{8,}$/.test(digests[0] ?? '') || digests[0] !== digests[1])
      wrong(`${digests.join(' and ')}: ${JSON.stringify(text)}`);
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});

function frame(): Parameters<typeof marketFrom>[0] {
  const { marks, assetPrices } = recorded;
  return { marks, assetPrices, runTime: run.tape.startTime } as Parameters<typeof marketFrom>[0];
}
