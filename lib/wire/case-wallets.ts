/** Wallets of a recorded case, which may give them with PnL inside, or by the ratio that follows from them. */
import { type Position } from '../margin/account.ts';
import { requirementOf } from '../margin/requirement.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { valueOf, type Instrument } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { assetId, type AssetId } from '../units/ids.ts';
import { minus, money, NO_MONEY, plus, sumOf, type Money, type Price } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import { type CaseAccount, type CaseLeg, type CaseWallet } from './case-account.ts';

const NO_TIME = timestampMs(0);

/** A leg as a position, with its contract and mark. */
export interface Held {
  readonly leg: CaseLeg;
  readonly instrument: Instrument;
  readonly mark: Price;
  readonly position: Position;
}

export function pnlOf(position: Position, instrument: Instrument, mark: Price): Money {
  return minus(valueOf(instrument, position.signedSize, mark), position.openValue);
}

export function readingOf(at: Price): MarkReading {
  return { price: at, time: NO_TIME, status: 'fresh' };
}

/** Cross wallets: what is assigned to isolated positions, or already contains their PnL, is taken out. */
export function walletsOf(
  described: CaseAccount,
  held: readonly Held[],
  rules: VenueRules,
): ReadonlyMap<AssetId, Money> {
  const wallets = described.wallets.map((wallet): [AssetId, Money] => {
    const { asset, kind, amount } = wallet;
    const own = held.filter(({ instrument }) => instrument.settle === asset);
    if (kind === 'by-ratio') return [assetId(asset), walletByRatio(own, rules, amount)];
    const inside = kind === 'cross' ? [] : own.map((one) => insideOf(one, kind));
    return [assetId(asset), minus(wholeOf(wallet), sumOf(inside))];
  });
  return new Map(wallets);
}

function wholeOf({ amount, plus: added = [], less = [] }: CaseWallet): Money {
  const total = (texts: readonly string[]): Money => sumOf(texts.map((text) => money(text)));
  return minus(total([amount, ...added]), total(less));
}

/** The wallet with which margin balance / requirement is the ratio given. */
function walletByRatio(held: readonly Held[], rules: VenueRules, ratio: string): Money {
  const required = held.map(({ position, instrument, mark }) => {
    const asked = requirementOf({ position, instrument, mark: readingOf(mark) }, rules, mark);
    return asked.known ? plus(asked.value.maintenance, asked.value.fee) : NO_MONEY;
  });
  const pnl = held.map(({ position, instrument, mark }) => pnlOf(position, instrument, mark));
  return minus(money(sumOf(required).times(ratio)), sumOf(pnl));
}

function insideOf({ position, instrument, mark }: Held, kind: 'whole' | 'with-pnl'): Money {
  if (position.marginMode.kind === 'isolated') return position.marginMode.wallet;
  return kind === 'whole' ? NO_MONEY : pnlOf(position, instrument, mark);
}
