/** The whole book in a few lines: what it holds, where it stands, and what happens to it at other prices. Bounded, made once a second. */
import { type ShownState } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { decimalText, roundTo, ZERO, Decimal } from '#lib/units/decimal.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { MONEY_DECIMALS, rateFromUnits, type Lots } from '#lib/units/scaled.ts';
import {
  DESK_SHOCKS,
  type DeskSummary,
  type InstrumentTotals,
  type ShockResult,
  type ShockTable,
} from '#lib/wire/protocol.ts';
import { bookValueUsd, valueUsdOf } from './book-value.ts';
import { type Desk } from './desk.ts';
import { type BookPass } from './desk-book.ts';
import { firstOf } from './value-order.ts';

const LARGEST = 10;
const SHARE_DECIMALS = 6;
/** Cells that are told; a book of more coins than a table can show sends its fullest ones. */
const CELLS_MAX = 2_000;

/** Makes a summary, of one step, in a slice of its own, and hands it on. */
export function* summarize(
  desk: Desk & { readonly tell: (summary: DeskSummary) => void },
): Generator<void, void, void> {
  const { state, accounts, book } = desk;
  yield;
  const market = accounts.market();
  const equity = bookValueUsd(state, market);
  const held = heldIn(desk, market);
  const whole = exposureOf(held);
  desk.tell({
    runTime: state.time,
    accounts: book.size,
    equityUsd: moneyOrNull(equity),
    exposure: whole === undefined ? null : exposureText(whole),
    instruments: held.map((one) => totalsOf(state, one, whole)).toSorted(byShare),
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
    ...largestOf(desk, market, whole),
    shocks: book.newestPass === undefined ? null : shockTable(book.newestPass),
  });
}

function moneyText(amount: Decimal): string {
  return decimalText(roundTo(amount, MONEY_DECIMALS, 'half-even'));
}

function moneyOrNull(amount: Decimal | undefined): string | null {
  return amount === undefined ? null : moneyText(amount);
}

/** Values of what is held, at the mark, in USD; undefined without a price. */
interface Held {
  readonly instrument: Instrument;
  readonly accounts: number;
  readonly long: Decimal | undefined;
  readonly short: Decimal | undefined;
}

function heldIn({ state, book }: Desk, market: Market): readonly Held[] {
  return [...book.instruments.totals()].flatMap(([id, { long, short, accounts }]) => {
    const instrument = state.instruments.get(id);
    if (instrument === undefined) return [];
    const valueOf = (count: Lots): Decimal | undefined =>
      valueUsdOf(market, instrument, count)?.abs();
    return [{ instrument, accounts, long: valueOf(long), short: valueOf(short) }];
  });
}

interface Exposure {
  readonly long: Decimal;
  readonly short: Decimal;
  readonly gross: Decimal;
}

function exposureOf(held: readonly Held[]): Exposure | undefined {
  let [long, short]: [Decimal, Decimal] = [ZERO, ZERO];
  for (const one of held) {
    if (one.long === undefined || one.short === undefined) return undefined;
    long = long.plus(one.long);
    short = short.plus(one.short);
  }
  return { long, short, gross: long.plus(short) };
}

function exposureText({ long, short }: Exposure): NonNullable<DeskSummary['exposure']> {
  return {
    longUsd: moneyText(long),
    shortUsd: moneyText(short),
    netUsd: moneyText(long.minus(short)),
  };
}

function shareText(part: Decimal | undefined, whole: Exposure | undefined): string | null {
  if (part === undefined || whole === undefined || whole.gross.isZero()) return null;
  return decimalText(roundTo(part.div(whole.gross), SHARE_DECIMALS, 'half-even'));
}

function totalsOf(
  state: ShownState,
  { instrument, accounts, long, short }: Held,
  whole: Exposure | undefined,
): InstrumentTotals {
  const units = state.marks.get(instrument.id)?.fact.fundingRate;
  const net = long && short && long.minus(short);
  const funding = units === undefined ? undefined : net?.times(rateFromUnits(units));
  return {
    instrument: instrument.id,
    base: instrument.base,
    longUsd: moneyOrNull(long),
    shortUsd: moneyOrNull(short),
    netUsd: moneyOrNull(net),
    share: shareText(long && short && long.plus(short), whole),
    accounts,
    fundingUsd: moneyOrNull(funding),
  };
}

function byShare(left: InstrumentTotals, right: InstrumentTotals): number {
  const difference = Number(right.share) - Number(left.share);
  return difference === 0 ? (left.instrument < right.instrument ? -1 : 1) : difference;
}

function largestOf(
  desk: Desk,
  market: Market,
  whole: Exposure | undefined,
): Pick<DeskSummary, 'largest' | 'largestShare'> {
  const found = largestIn(desk)
    .map((accountId) => ({ accountId, notional: notionalOf(desk, market, accountId) }))
    .toSorted((left, right) => (right.notional ?? ZERO).comparedTo(left.notional ?? ZERO));
  const sum = found.reduce<Decimal | undefined>(
    (total, { notional }) => total && notional && total.plus(notional),
    ZERO,
  );
  return {
    largest: found.map(({ accountId, notional }) => ({
      accountId,
      state: desk.accounts.standingOf(accountId).state,
      notionalUsd: moneyOrNull(notional),
      share: shareText(notional, whole),
    })),
    largestShare: shareText(sum, whole),
  };
}

/** By sampled figures: one that has just grown may be missing until it is read again. */
function largestIn({ book }: Desk): readonly AccountId[] {
  return firstOf(book.runs('notional', true, 0), LARGEST).map((slot) => book.idOf(slot));
}

function notionalOf({ state, accounts }: Desk, market: Market, id: AccountId): Decimal | undefined {
  let sum: Decimal = ZERO;
  for (const { instrumentId, lots } of accounts.legsOf(id)) {
    const instrument = state.instruments.get(instrumentId);
    const value = instrument && valueUsdOf(market, instrument, lots);
    if (value === undefined) return undefined;
    sum = sum.plus(value.abs());
  }
  return sum;
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
