/** A change as it is typed, what it means, and the way back from a change to its row. Pure. */
import { numberInputText, parseNumberInput } from '#lib/display/number-input.ts';
import { type Format, type NumberStyle } from '#lib/display/format.ts';
import { type PositionSide } from '#lib/margin/account.ts';
import { positionKeyOf } from '#components/position/open-position.ts';
import { type RiskTier } from '#lib/market/instrument.ts';
import { type Change, type PositionRef } from '#lib/risk/change.ts';
import { type Decimal } from '#lib/units/decimal.ts';
import { assetId, instrumentId } from '#lib/units/ids.ts';
import { money, quantity, rate, type Rate } from '#lib/units/money.ts';
import { assertNever, fail, ok, type Result } from '#lib/contract.ts';

export const ROW_KINDS = [
  'deposit',
  'withdraw',
  'resize',
  'close',
  'open',
  'leverage',
  'margin',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** What stands in the fields; a field that the kind does not have is empty. */
export interface ChangeRow {
  readonly kind: RowKind;
  /** Asset of a deposit or withdrawal, else the position as `positionKeyOf` names it. */
  readonly of: string;
  /** Amount, size or leverage, as typed. */
  readonly amount: string;
  /** Of what opens, as typed. */
  readonly leverage: string;
  readonly marginKind: 'cross' | 'isolated';
}

export function emptyRow(kind: RowKind, of: string): ChangeRow {
  return { kind, of, amount: '', leverage: kind === 'open' ? '10' : '', marginKind: 'cross' };
}

/** `BTCUSDT`, `BTCUSDT:long`. */
export function refOfKey(key: string): PositionRef {
  const [id = '', side] = key.split(':');
  return { instrumentId: instrumentId(id), positionSide: sideOf(side) };
}

function sideOf(text: string | undefined): PositionSide {
  return text === 'long' || text === 'short' ? text : 'both';
}

/** Why no size can be opened with this leverage; undefined while one may, or nothing is typed. */
export function leverageProblem(
  leverage: Decimal | undefined,
  tiers: readonly RiskTier[],
  format: Format,
): string | undefined {
  if (leverage === undefined || tiers.length === 0) return undefined;
  if (leverage.lte(0)) return 'Must be above zero.';
  const most = tiers.reduce<Rate>(
    (max, tier) => (tier.leverageMax.gt(max) ? tier.leverageMax : max),
    rate('0'),
  );
  return leverage.gt(most) ? `At most ${format.chosenLeverage(most).text}.` : undefined;
}

/** The change that a row means, or what keeps it from meaning one. `empty`: nothing was typed yet. */
export function changeOfRow(
  row: ChangeRow,
  style: NumberStyle,
): Result<Change, 'empty' | 'unread'> {
  if (row.kind === 'close') return ok({ kind: 'close', ...refOfKey(row.of) });
  const amount = numberIn(row.amount, style);
  if (!amount.ok) return amount;
  const leverage = row.kind === 'open' ? numberIn(row.leverage, style) : amount;
  return leverage.ok ? ok(changeWith(row, amount.value, leverage.value)) : leverage;
}

function numberIn(text: string, style: NumberStyle): Result<Decimal, 'empty' | 'unread'> {
  if (text.trim() === '') return fail('empty');
  const read = parseNumberInput(text, style);
  return read.ok ? ok(read.value.value) : fail('unread');
}

function changeWith(row: ChangeRow, amount: Decimal, leverage: Decimal): Change {
  const ref = refOfKey(row.of);
  switch (row.kind) {
    case 'deposit':
    case 'withdraw':
      return { kind: row.kind, asset: assetId(row.of), amount: money(amount) };
    case 'resize':
      return { kind: 'resize', ...ref, by: quantity(amount) };
    case 'close':
      return { kind: 'close', ...ref };
    case 'open':
      return {
        kind: 'open',
        ...ref,
        size: quantity(amount),
        leverage: rate(leverage),
        marginKind: row.marginKind,
      };
    case 'leverage':
      return { kind: 'leverage', ...ref, leverage: rate(leverage) };
    case 'margin':
      return { kind: 'margin', ...ref, amount: money(amount) };
    default:
      return assertNever(row.kind);
  }
}

/** The row that means a change; a price move has none. */
export function rowOfChange(change: Change, style: NumberStyle): ChangeRow | undefined {
  const text = (value: Decimal): string => numberInputText(value, style);
  switch (change.kind) {
    case 'deposit':
    case 'withdraw':
      return { ...emptyRow(change.kind, change.asset), amount: text(change.amount) };
    case 'resize':
      return { ...emptyRow('resize', positionKeyOf(change)), amount: text(change.by) };
    case 'close':
      return emptyRow('close', positionKeyOf(change));
    case 'open':
      return {
        kind: 'open',
        of: positionKeyOf(change),
        amount: text(change.size),
        leverage: text(change.leverage),
        marginKind: change.marginKind,
      };
    case 'leverage':
      return { ...emptyRow('leverage', positionKeyOf(change)), amount: text(change.leverage) };
    case 'margin':
      return { ...emptyRow('margin', positionKeyOf(change)), amount: text(change.amount) };
    case 'price':
      return undefined;
    default:
      return assertNever(change);
  }
}
