'use client';
/** The cheapest ways out of danger, beside the pool that is in it: the least to add, the least to close (ux.md 13). */
import Link from 'next/link';
import { useMemo, type ReactNode } from 'react';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { positionKeyOf } from '#components/position/open-position.ts';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type Format } from '#lib/display/format.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type Change } from '#lib/risk/change.ts';
import { type Goal } from '#lib/risk/solve.ts';
import { type Target } from '#lib/risk/target.ts';
import { rate } from '#lib/units/money.ts';
import { volatilityByCoin } from './plan.ts';
import { useAnswers } from './use-answers.ts';
import { useSettled } from '#components/live/use-settled.ts';
import { type WaysToTargetProps } from './ways-to-target-props.ts';
import { whatIfAddress } from './what-if-address.ts';

const SOLVE_EVERY_MS = 1_000;
const RATIO_AIM = rate('0.6');
/** Where Watch is entered. */
const MOVES_AIM = 2;

export function WaysToTarget({ pool, position }: WaysToTargetProps) {
  const format = useFormat();
  const goal = useSettled(useGoal(pool), SOLVE_EVERY_MS);
  const answered = useAnswers(goal);
  const answers = answered?.goal.poolId === pool.id ? answered.answers : undefined;
  const account = pool.id.split('/')[0] ?? '';
  const isLive = useTrust() === 'live';
  const link = (changes: readonly Change[], words: ReactNode) => (
    <Link
      className={buttonLook({ size: 'small' })}
      href={whatIfAddress({ account, position: positionKeyOf(position), changes })}
      prefetch={false}
    >
      {words}
    </Link>
  );
  /** An answer to figures that nobody hears of any more is not acted on. */
  const way = (changes: readonly Change[], words: ReactNode) =>
    isLive ? (
      link(changes, words)
    ) : (
      <Button disabled size="small" title="Not while the figures are not live">
        {words}
      </Button>
    );
  const close = answers?.closes.found[0];
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-1.5 text-small text-ink-3 pointer-coarse:min-h-11">
      {goal === undefined ? null : <span>{aimWords(goal.target, format)}:</span>}
      {answers?.deposit.kind === 'reached-already' ? <span>reached</span> : null}
      {answers?.deposit.kind === 'found'
        ? way(
            answers.deposit.changes,
            `Add ${format.requirement(answers.deposit.amount, answers.deposit.asset).text} ${answers.deposit.asset}`,
          )
        : null}
      {close === undefined
        ? null
        : way(
            close.changes,
            `${close.isWhole ? 'Close all' : 'Close'} ${format.exact(close.size).text} ${close.instrumentId}`,
          )}
      {link([], 'What-if')}
    </div>
  );
}

function aimWords(target: Target, { convention }: Format): string {
  return target.kind === 'ratio'
    ? `To ${convention.word} ${convention.level(RATIO_AIM)}`
    : `To ${MOVES_AIM} daily moves`;
}

/** A lower ratio where that is high; else more room: a single position ends long before its ratio says so (rulings B1). */
function useGoal(pool: PoolHealth): Goal | undefined {
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  const account = useLive((state) => state.accounts.get(pool.id.split('/')[0] ?? ''));
  const facts = account?.kind === 'open' ? account.facts : undefined;
  return useMemo(() => {
    if (facts === undefined || market === undefined) return undefined;
    const input = { account: facts, market, rules: houseRules };
    const target: Target = isAboveAim(pool)
      ? { kind: 'ratio', atMost: RATIO_AIM }
      : { kind: 'moves', atLeast: MOVES_AIM, dailyVolatility: volatilityByCoin(marks, input) };
    return { facts: input, poolId: pool.id, target };
  }, [facts, market, marks, pool]);
}

function isAboveAim({ marginRatio }: PoolHealth): boolean {
  if (!marginRatio.known) return false;
  return marginRatio.value.kind !== 'ratio' || marginRatio.value.value.gt(RATIO_AIM);
}
