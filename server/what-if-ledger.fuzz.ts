/** What if books as the ledger does: the same trade on random books, by `applyWhatIf` on facts and by `applyFill` on the ledger. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyFill } from '#lib/engine/fill.ts';
import { type FillFact } from '#lib/engine/admit-fill.ts';
import { engine } from '#lib/engine/engine.ts';
import { accountFacts, marketOf } from '#lib/engine/facts.ts';
import { CONTRACTS, idOf, openRandomRun, randomStep } from '#lib/engine/random-book.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type Account, type Position } from '#lib/margin/account.ts';
import { assessAccount, type AssessInput } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { applyWhatIf } from '#lib/risk/what-if.ts';
import { type Change } from '#lib/risk/change.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type AssetId } from '#lib/units/ids.ts';
import { money, NO_MONEY, rate, type Money } from '#lib/units/money.ts';
import {
  lots,
  moneyFromUnits,
  moneyToUnits,
  NO_UNITS,
  type MoneyUnits,
  quantityFromLots,
} from '#lib/units/scaled.ts';

const RUNS = process.env['PLIMSOLL_DEEP'] === '1' ? 2_000 : 20;
const STEPS = 40;
const ACCOUNTS = 24;

function bookFrom(seed: number): { readonly state: EngineState; readonly random: () => number } {
  const drawn = openRandomRun(seed);
  const { state, walk } = drawn;
  for (let step = 0; step <= STEPS; step += 1)
    for (const _group of engine.takeStep(state, randomStep(drawn, step))) continue;
  return { state, random: walk.random };
}

/** What both must agree on; the moment of its opening is the ledger's alone. */
function factsText({ wallets, positions }: Account): unknown {
  return {
    wallets: [...wallets]
      .filter(([, amount]) => !amount.isZero())
      .map(([asset, amount]) => `${asset} ${amount.toFixed()}`)
      .toSorted(),
    positions: positions.map(positionText).toSorted(),
  };
}

function positionText({ openedAt: _openedAt, ...position }: Position): string {
  return JSON.stringify(
    Object.entries(position).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

interface Case {
  readonly fact: FillFact;
  readonly facts: AssessInput;
  readonly instrument: Instrument;
}

/** Mostly a part of what is held, now and then more of it, or through zero. */
function caseOf(state: EngineState, random: () => number, number: number): Case | undefined {
  const account = state.accounts.read(idOf(number));
  const instrument = CONTRACTS[Math.floor(random() * CONTRACTS.length)];
  const mark = instrument === undefined ? undefined : state.marks.get(instrument.id);
  if (account === undefined || instrument === undefined || mark === undefined) return undefined;
  const held = [...account.positions.values()].find((one) => one.instrumentId === instrument.id);
  const whole = held === undefined ? 40 : Number(held.lots);
  return {
    instrument,
    facts: { account: accountFacts(state, account), market: marketOf(state), rules: houseRules },
    fact: {
      accountId: account.accountId,
      instrumentId: instrument.id,
      positionSide: account.positionMode === 'hedge' ? (held?.positionSide ?? 'long') : 'both',
      lots: lots(BigInt(Math.round((random() * 2.4 - 1.6) * whole))),
      priceTicks: mark.fact.markTicks,
      leverage: held?.leverage ?? 10,
      marginKind: held?.marginKind ?? (random() < 0.5 ? 'isolated' : 'cross'),
    },
  };
}

function changeOf({ fact, instrument }: Case): Change {
  const { instrumentId, positionSide, marginKind } = fact;
  const size = quantityFromLots(fact.lots, instrument.lotSize);
  return {
    kind: 'open',
    instrumentId,
    positionSide,
    size,
    leverage: rate(fact.leverage),
    marginKind,
  };
}

function freeMarginOf({ facts, instrument }: Case): MoneyUnits | undefined {
  const { settle } = instrument;
  const pool = assessAccount(facts).pools.find(
    ({ scope }) =>
      scope.kind === 'multi-asset' || (scope.kind === 'cross' && scope.asset === settle),
  );
  if (pool?.availableMargin.known !== true || pool.status === 'unknown') return undefined;
  const isMulti = pool.scope.kind === 'multi-asset';
  const index = isMulti ? (facts.market.assetPrices.get(settle)?.index ?? 1) : 1;
  return moneyToUnits(money(pool.availableMargin.value.div(index)), 'floor');
}

/** Whether it was booked; both must say so, and both must book the same. */
function agreeOn(state: EngineState, one: Case): boolean {
  const mine = applyWhatIf(one.facts, [changeOf(one)]);
  // The ledger closes at any price that it is given; what if has none to close at.
  if (one.facts.market.marks.get(one.instrument.id)?.status === 'stale') return false;
  const theirs = applyFill(state, one.fact, () => freeMarginOf(one));
  expect(mine.ok).toBe(theirs.ok);
  const account = state.accounts.read(one.fact.accountId);
  if (!mine.ok || !theirs.ok || account === undefined) return false;
  const { settle } = one.instrument;
  const costOf = (by: ReadonlyMap<AssetId, Money>) => by.get(settle) ?? NO_MONEY;
  const { fees, realizedPnl, deficits } = mine.value.cost;
  expect([fees, realizedPnl, deficits].map((by) => costOf(by).toFixed())).toEqual(
    [theirs.value.fee, theirs.value.realizedPnl, theirs.value.deficit?.amount ?? NO_UNITS].map(
      (units) => moneyFromUnits(units).toFixed(),
    ),
  );
  expect(factsText(mine.value.facts.account)).toEqual(factsText(accountFacts(state, account)));
  return true;
}

it('[WI3, WI4, WI5, WI6] a trade at the mark is refused or booked as the ledger does it', () => {
  let booked = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const { state, random } = bookFrom(seed);
      for (let number = 1; number <= ACCOUNTS; number += 1) {
        const one = caseOf(state, random, number);
        if (one !== undefined && agreeOn(state, one)) booked += 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(booked).toBeGreaterThan(RUNS * 5);
});
