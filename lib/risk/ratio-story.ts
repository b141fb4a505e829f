/** Why a pool's margin ratio is another one than it was: a chain of ratios, each with one more cause let in (SPEC RS). Pure. */
import { type Account, type Position } from '../margin/account.ts';
import { assessAccount, type AssessInput } from '../margin/health.ts';
import { type AssetId, type PoolId } from '../units/ids.ts';
import { minus, NO_MONEY, plus, rate, type Money, type Rate } from '../units/money.ts';

/** `trades`: fills and liquidations with their fees. `transfers`: what else came into the wallet or left it. */
export const RATIO_CAUSES = ['price', 'funding', 'trades', 'transfers'] as const;
export type RatioCause = (typeof RATIO_CAUSES)[number];
export type RatioChanges = Readonly<Record<RatioCause, Rate>>;

export interface RatioStory {
  readonly poolId: PoolId;
  /** Run time. */
  readonly since: number;
  readonly start: Rate;
  /** What each cause added to the ratio since then; they sum to `ratio` less `start`. */
  readonly changes: RatioChanges;
  /** The facts and the ratio that it has come to. */
  readonly account: Account;
  readonly ratio: Rate;
}

const NOTHING = rate('0');

/** Undefined while the pool has no ratio: unknown, equity gone, or no such pool. */
export function beginRatioStory(
  input: AssessInput,
  poolId: PoolId,
  since: number,
): RatioStory | undefined {
  const ratio = ratioIn(input, input.account, poolId);
  if (ratio === undefined) return undefined;
  const changes = { price: NOTHING, funding: NOTHING, trades: NOTHING, transfers: NOTHING };
  return { poolId, since, start: ratio, changes, account: input.account, ratio };
}

/**
 * [RS1] The story up to this moment: first the new prices on the old facts, then the funding, then everything else that changed.
 * While a link of the chain has no ratio the story stands still and goes on from where it was.
 */
export function continueRatioStory(story: RatioStory, input: AssessInput): RatioStory {
  const { account, poolId } = story;
  const priced = ratioIn(input, account, poolId);
  const funded = ratioIn(input, withFundingOf(input, account), poolId);
  const now = ratioIn(input, input.account, poolId);
  if (priced === undefined || funded === undefined || now === undefined) return story;
  const rest = hasTraded(account, input.account) ? 'trades' : 'transfers';
  const { changes } = story;
  return {
    ...story,
    account: input.account,
    ratio: now,
    changes: {
      ...changes,
      price: plus(changes.price, minus(priced, story.ratio)),
      funding: plus(changes.funding, minus(funded, priced)),
      [rest]: plus(changes[rest], minus(now, funded)),
    },
  };
}

/** What the causes have added by a moment at which only prices are others than at the last step. */
export function changesAt({ changes, ratio }: RatioStory, now: Rate): RatioChanges {
  return { ...changes, price: plus(changes.price, minus(now, ratio)) };
}

function ratioIn(
  { market, rules }: AssessInput,
  account: Account,
  poolId: PoolId,
): Rate | undefined {
  const pool = assessAccount({ account, market, rules }).pools.find(({ id }) => id === poolId);
  const ratio = pool?.marginRatio;
  return ratio?.known === true && ratio.value.kind === 'ratio' ? ratio.value.value : undefined;
}

/** [RS2] The old facts with the funding that the new ones say was received since. */
function withFundingOf({ account: now, market }: AssessInput, before: Account): Account {
  const wallets = new Map<AssetId, Money>(before.wallets);
  const positions = before.positions.map((position) => {
    const received = fundingBetween(position, successorOf(position, now));
    const { marginMode, instrumentId } = position;
    if (marginMode.kind === 'isolated')
      return {
        ...position,
        marginMode: { ...marginMode, wallet: plus(marginMode.wallet, received) },
      };
    const settle = market.instruments.get(instrumentId)?.settle;
    if (settle !== undefined) wallets.set(settle, plus(wallets.get(settle) ?? NO_MONEY, received));
    return position;
  });
  return { ...before, wallets, positions };
}

function fundingBetween(before: Position, now: Position | undefined): Money {
  const isSame = now !== undefined && now.openedAt === before.openedAt;
  return isSame
    ? minus(now.fundingReceived ?? NO_MONEY, before.fundingReceived ?? NO_MONEY)
    : NO_MONEY;
}

function successorOf(position: Position, { positions }: Account): Position | undefined {
  return positions.find(
    ({ instrumentId, positionSide, marginMode }) =>
      instrumentId === position.instrumentId &&
      positionSide === position.positionSide &&
      marginMode.kind === position.marginMode.kind,
  );
}

/** [RS3] A position came, went or has another size: the money that moved with it is its result and its fee. */
function hasTraded(before: Account, now: Account): boolean {
  return (
    before.positions.length !== now.positions.length ||
    before.positions.some((position) => {
      const next = successorOf(position, now);
      return (
        next === undefined ||
        !next.signedSize.eq(position.signedSize) ||
        next.openedAt !== position.openedAt
      );
    })
  );
}
