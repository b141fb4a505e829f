/** What if in the address: `/what-if?account=A0001&position=BTCUSDT&do=deposit_500_USDT&price=-10_BTC`, so that a link shows the same. */
import { positionKeyOf } from '#components/position/open-position.ts';
import { type Change, type PositionRef } from '#lib/risk/change.ts';
import { decimalText, parseDecimal, type Decimal } from '#lib/units/decimal.ts';
import { assetId } from '#lib/units/ids.ts';
import { money, quantity, rate } from '#lib/units/money.ts';
import { refOfKey } from './change-row.ts';
import { WHAT_IF_PATH } from './what-if-path.ts';

/** A link is made of what a person may type: longer ones are not. */
const CHANGES_MAX = 40;

export interface WhatIfQuery {
  readonly account: string;
  /** As `positionKeyOf` names it. */
  readonly position?: string | undefined;
  readonly changes?: readonly Change[];
}

export function whatIfAddress({ account, position, changes = [] }: WhatIfQuery): string {
  const query = new URLSearchParams({ account });
  if (position !== undefined) query.set('position', position);
  for (const change of changes) {
    query.append(change.kind === 'price' ? 'price' : 'do', wordsOf(change).join('_'));
  }
  return `${WHAT_IF_PATH}?${query.toString()}`;
}

/** What acts first, then what stands for its name: a contract's symbol may hold the mark that parts them. */
function wordsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'deposit':
    case 'withdraw':
      return [change.kind, decimalText(change.amount), change.asset];
    case 'resize':
      return ['resize', decimalText(change.by), positionKeyOf(change)];
    case 'close':
      return ['close', positionKeyOf(change)];
    case 'open':
      return [
        'open',
        decimalText(change.size),
        decimalText(change.leverage),
        change.marginKind,
        positionKeyOf(change),
      ];
    case 'leverage':
      return ['leverage', decimalText(change.leverage), positionKeyOf(change)];
    case 'margin':
      return ['margin', decimalText(change.amount), positionKeyOf(change)];
    case 'price':
      return [decimalText(change.share.times(100)), change.coin];
  }
}

export interface ReadAddress {
  readonly changes: readonly Change[];
  /** Parts of the address that mean nothing here, as they stand in it. */
  readonly unread: readonly string[];
}

/** Changes in their order, then price moves. */
export function changesInAddress(query: {
  readonly getAll: (name: string) => readonly string[];
}): ReadAddress {
  const parts = [
    ...query.getAll('do').map((text) => ({ part: `do=${text}`, change: changeFrom(text) })),
    ...query.getAll('price').map((text) => ({ part: `price=${text}`, change: moveFrom(text) })),
  ];
  const changes = parts.flatMap(({ change }) => change ?? []).slice(0, CHANGES_MAX);
  const unread = parts.filter(({ change }) => change === undefined || !changes.includes(change));
  return { changes, unread: unread.map(({ part }) => part) };
}

function changeFrom(text: string): Change | undefined {
  const [kind, ...words] = text.split('_');
  if (kind === 'close') return words.length === 0 ? undefined : { kind, ...named(words, 0) };
  const amount = decimalIn(words[0]);
  if (amount === undefined || words.length < 2) return undefined;
  const ref = named(words, 1);
  if (kind === 'deposit' || kind === 'withdraw')
    return { kind, asset: assetId(words.slice(1).join('_')), amount: money(amount) };
  if (kind === 'resize') return { kind, by: quantity(amount), ...ref };
  if (kind === 'leverage') return { kind, leverage: rate(amount), ...ref };
  if (kind === 'margin') return { kind, amount: money(amount), ...ref };
  return kind === 'open' ? openingFrom(words, amount) : undefined;
}

function openingFrom(words: readonly string[], size: Decimal): Change | undefined {
  const leverage = decimalIn(words[1]);
  const marginKind = words[2];
  if (leverage === undefined || words.length < 4) return undefined;
  if (marginKind !== 'cross' && marginKind !== 'isolated') return undefined;
  return {
    kind: 'open',
    size: quantity(size),
    leverage: rate(leverage),
    marginKind,
    ...named(words, 3),
  };
}

function named(words: readonly string[], from: number): PositionRef {
  return refOfKey(words.slice(from).join('_'));
}

function moveFrom(text: string): Change | undefined {
  const [percent, ...coin] = text.split('_');
  const share = decimalIn(percent)?.div(100);
  if (share === undefined || coin.length === 0) return undefined;
  return { kind: 'price', coin: assetId(coin.join('_')), share: rate(share) };
}

function decimalIn(text: string | undefined): Decimal | undefined {
  const read = text === undefined ? undefined : parseDecimal(text);
  return read?.ok === true ? read.value : undefined;
}
