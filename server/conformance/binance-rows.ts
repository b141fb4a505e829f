/** Rows of a Binance case that are positions or orders: its own first, then the others where they matter. */
import { type CaseContract, type CaseLeg, type CaseOrder } from '#lib/wire/case-account.ts';
import { hasOrders, isLeg, type LegPlace } from './binance-legs.ts';
import { hasBalance, PNL_KEYS, WITH_PNL_KEYS } from './binance-missing.ts';
import { type CaseReader } from './case-reader.ts';
import { type Needs } from './needs.ts';

export interface PlacedRow {
  readonly row: CaseReader;
  readonly place: LegPlace;
}

/** The case's own position first, then the others where the asked figures depend on them. */
export function placedRows(
  reader: CaseReader,
  needs: Needs,
  contract: CaseContract | undefined,
): readonly PlacedRow[] {
  const place = {
    balanceWithPnl: WITH_PNL_KEYS.some((key) => reader.has(key)),
    hasBalance: hasBalance(reader),
    pnlGiven: PNL_KEYS.some((key) => reader.has(key)),
    ...(contract === undefined ? {} : { contract }),
  };
  const first = { ...place, asked: true, moves: true, name: 'OWN' };
  const own = isLeg(reader) ? [{ row: reader, place: first }] : [];
  const alone = ['isolatedWallet', 'isolatedMargin', 'extraMargin'].some((key) => reader.has(key));
  if (own.length > 0 && (alone || !needs.pool)) return own;
  const symbol = reader.label('symbol') ?? first.name;
  const others = [...reader.list('positions'), ...reader.list('otherPositions')];
  return [
    ...own,
    ...others.map((row, index) => {
      const moves = own.length > 0 && row.label('symbol') === symbol;
      return { row, place: { ...place, asked: own.length === 0, moves, name: `OTHER${index}` } };
    }),
  ];
}

export function ordersOf(
  reader: CaseReader,
  placed: readonly PlacedRow[],
  legs: readonly CaseLeg[],
  settle: string | undefined,
): readonly CaseOrder[] {
  const ofAccount = isLeg(reader) ? [] : ordersIn(reader, undefined, settle);
  return [...ofAccount, ...placed.flatMap(({ row }, index) => ordersIn(row, legs[index], settle))];
}

function ordersIn(
  row: CaseReader,
  leg: CaseLeg | undefined,
  settle: string | undefined,
): readonly CaseOrder[] {
  const leverage = hasOrders(row) ? row.text('leverage') : undefined;
  const whose = {
    symbol: leg?.symbol ?? row.label('symbol') ?? 'ORDERED',
    side: leg?.side ?? 'long',
    ...(leverage === undefined ? {} : { leverage }),
    ...(settle === undefined ? {} : { settle }),
  };
  const bid = row.text('bidNotional');
  const ask = row.text('askNotional');
  return [
    ...(bid === undefined ? [] : [{ ...whose, direction: 'buy', notional: bid } as const]),
    ...(ask === undefined ? [] : [{ ...whose, direction: 'sell', notional: ask } as const]),
  ];
}
