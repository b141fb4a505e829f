/** The whole book in a few lines: what it holds, where it stands, and what happens to it at other prices. Bounded, made once a second. */
import { type EngineState, type PoolRow } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { decimalText, roundTo, ZERO, Decimal } from '#lib/units/decimal.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { MONEY_DECIMALS, rateFromUnits } from '#lib/units/scaled.ts';
import {
  CALL_AGES_MS,
  DESK_SHOCKS,
  type CallAges,
  type DeskSummary,
  type InstrumentTotals,
  type ShockResult,
  type ShockTable,
} from '#lib/wire/protocol.ts';
import { bookValueUsd, valueUsdOf } from './book-value.ts';
import { type Desk } from './desk.ts';
import { type BookPass } from './desk-book.ts';
import { type HeldLots } from './instrument-book.ts';
import { screenStateOfRow, shownSinceOf } from './screen-rank.ts';

const LARGEST = 10;
/** Cells that are told; a book of more coins than a table can show sends its fullest ones. */
const CELLS_MAX = 2_000;
/** Accounts that are looked at for the ages of calls. */
const CALLS_MAX = 5_000;
const CALLS_PER_SLICE = 200;

/** Makes a summary, pausing now and then, and hands it on. */
export function* summarize(
  desk: Desk & { readonly tell: (summary: DeskSummary) => void },
): Generator<void, void, void> {
  const { state, accounts, book } = desk;
  const calls = yield* callAges(desk);
  const market = accounts.market();
  const equity = bookValueUsd(state, market);
  desk.tell({
    runTime: state.time,
    accounts: book.size,
    equityUsd: equity === undefined ? null : moneyText(equity),
    instruments: instrumentTotals(desk, market),
    cells: book
      .cells()
      .toSorted((left, right) => right.accounts - left.accounts)
      .slice(0, CELLS_MAX)
      .map(({ coin, state: shown, band, accounts: count }) => ({
        coin,
        state: shown,
        band,
        accounts: count,
      })),
    largest: largestOf(desk, market),
    calls,
    shocks: book.newestPass === undefined ? null : shockTable(book.newestPass),
  });
}

function moneyText(amount: Decimal): string {
  return decimalText(roundTo(amount, MONEY_DECIMALS, 'half-even'));
}

function moneyOrNull(amount: Decimal | undefined): string | null {
  return amount === undefined ? null : moneyText(amount);
}

function instrumentTotals({ state, book }: Desk, market: Market): readonly InstrumentTotals[] {
  const totals: InstrumentTotals[] = [];
  for (const [id, held] of book.instruments.totals()) {
    const instrument = state.instruments.get(id);
    if (instrument !== undefined) totals.push(totalsOf(state, market, { instrument, held }));
  }
  return totals.toSorted((left, right) => (left.instrument < right.instrument ? -1 : 1));
}

function totalsOf(
  state: EngineState,
  market: Market,
  { instrument, held }: { readonly instrument: Instrument; readonly held: HeldLots },
): InstrumentTotals {
  const long = valueUsdOf(market, instrument, held.long)?.abs();
  const short = valueUsdOf(market, instrument, held.short)?.abs();
  const units = state.marks.get(instrument.id)?.fact.fundingRate;
  const funding = units === undefined ? undefined : rateFromUnits(units);
  return {
    instrument: instrument.id,
    base: instrument.base,
    longUsd: moneyOrNull(long),
    shortUsd: moneyOrNull(short),
    accounts: held.accounts,
    fundingUsd:
      long === undefined || short === undefined || funding === undefined
        ? null
        : moneyText(long.minus(short).times(funding)),
  };
}

function largestOf({ state, accounts, book }: Desk, market: Market): DeskSummary['largest'] {
  const found: AccountId[] = [];
  for (const run of book.runs('notional', true, 0)) {
    found.push(...run.slots.slice(0, LARGEST - found.length).map((slot) => book.idOf(slot)));
    if (found.length >= LARGEST) break;
  }
  const notionalOf = (id: AccountId): Decimal | undefined => {
    let sum: Decimal = ZERO;
    for (const { instrumentId, lots } of accounts.legsOf(id)) {
      const instrument = state.instruments.get(instrumentId);
      const value = instrument && valueUsdOf(market, instrument, lots);
      if (value === undefined) return undefined;
      sum = sum.plus(value.abs());
    }
    return sum;
  };
  return found
    .map((accountId) => ({ accountId, notional: notionalOf(accountId) }))
    .toSorted((left, right) => (right.notional ?? ZERO).comparedTo(left.notional ?? ZERO))
    .map(({ accountId, notional }) => ({ accountId, notionalUsd: moneyOrNull(notional) }));
}

/** Of those that are Critical or being liquidated. */
function* callAges({ state, accounts, book }: Desk): Generator<void, CallAges, void> {
  const acknowledged: number[] = [...CALL_AGES_MS.map(() => 0), 0];
  const open = [...acknowledged];
  const cells = book
    .cells()
    .filter((cell) => cell.state === 'critical' || cell.state === 'liquidating');
  const slots = cells.flatMap(({ number }) => book.partition.members(number)).slice(0, CALLS_MAX);
  for (const [index, slot] of slots.entries()) {
    const rows = accounts.rowsOf(book.idOf(slot)).filter(isCall);
    const isAnswered = rows.every(({ alert }) => alert.acknowledged !== undefined);
    const since = Math.min(state.time, ...rows.map(shownSinceOf));
    const age = CALL_AGES_MS.findIndex((end) => state.time - since < end);
    const place = age < 0 ? CALL_AGES_MS.length : age;
    const counts = isAnswered ? acknowledged : open;
    counts[place] = (counts[place] ?? 0) + 1;
    if (index % CALLS_PER_SLICE === CALLS_PER_SLICE - 1) yield;
  }
  return { acknowledged, open };
}

function isCall(row: PoolRow): boolean {
  const state = screenStateOfRow(row);
  return state === 'critical' || state === 'liquidating';
}

function shockTable({ asOf, tookMs, unknown, maintenance, ...found }: BookPass): ShockTable {
  return {
    asOf,
    tookMs,
    unknown,
    maintenanceUsd: moneyText(new Decimal(maintenance)),
    results: DESK_SHOCKS.flatMap((share, at) => shockResult(share, at, found)),
  };
}

function shockResult(
  share: ShockResult['share'],
  at: number,
  { sums, changes }: Pick<BookPass, 'sums' | 'changes'>,
): readonly ShockResult[] {
  const sum = sums[at];
  if (sum === undefined) return [];
  const isExact = sum.estimated === 0;
  return [
    {
      share,
      changeUsd: moneyOrNull(changes[at]),
      accounts: sum.accounts,
      pools: sum.pools,
      deficitUsd: moneyText(sum.deficit.plus(sum.estimatedDeficit)),
      feeUsd: moneyText(sum.fee.plus(sum.estimatedFee)),
      boundUsd: isExact ? null : moneyText(new Decimal(sum.bound)),
    },
  ];
}
