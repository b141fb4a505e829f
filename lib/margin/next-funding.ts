/** Funding as a change of facts, so that the same `assessAccount` says what it will do (SPEC EX4). */
import { type AssetId } from '../units/ids.ts';
import { absolute, money, negate, plus, NO_MONEY, type Money, type Rate } from '../units/money.ts';
import { type InstrumentId } from '../units/ids.ts';
import { type Account, type Market, type Position } from './account.ts';
import { allOf, mapFigure, type Figure } from './figures.ts';
import { legOf, type Leg } from './pool.ts';
import { roundMoney, valuationOf } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

/** [EX4] notional x rate at the mark, rounded half-even: received > 0, paid < 0. With a rate above zero longs pay. */
export function fundingReceivedOf(leg: Leg, rules: VenueRules, fundingRate: Rate): Money {
  const { notional } = valuationOf(leg, rules);
  const amount = roundMoney(money(notional.times(absolute(fundingRate))), 'half-even');
  return leg.position.signedSize.gt(0) === fundingRate.gt(0) ? negate(amount) : amount;
}

/** [EX4] The account after one stamp of a contract at its present mark: every position of it has paid or received. */
export function accountAfterFunding(p: {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
  readonly instrumentId: InstrumentId;
  readonly fundingRate: Rate;
}): Figure<Account> {
  const { account, market, rules, fundingRate } = p;
  const own = account.positions.filter(({ instrumentId }) => instrumentId === p.instrumentId);
  return mapFigure(allOf(own.map((position) => legOf(position, market))), (legs) => {
    const wallets = new Map(account.wallets);
    const paid = new Map<Position, Position>();
    for (const leg of legs) {
      const received = fundingReceivedOf(leg, rules, fundingRate);
      paid.set(leg.position, withFunding(wallets, leg, received));
    }
    const positions = account.positions.map((position) => paid.get(position) ?? position);
    return { ...account, wallets, positions };
  });
}

/** An isolated position pays from its own wallet, which may go below zero; a cross one from the account's. */
function withFunding(wallets: Map<AssetId, Money>, leg: Leg, received: Money): Position {
  const { position, instrument } = leg;
  const { marginMode } = position;
  if (marginMode.kind === 'isolated')
    return {
      ...position,
      marginMode: { ...marginMode, wallet: plus(marginMode.wallet, received) },
    };
  const { settle } = instrument;
  wallets.set(settle, plus(wallets.get(settle) ?? NO_MONEY, received));
  return position;
}
