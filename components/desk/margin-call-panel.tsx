'use client';
/** What a desk has to ask of a trader, and what was said about it: of the account's worst pool (ux.md 13). */
import { useMemo, type ReactNode } from 'react';
import { AcknowledgeButton, UndoButton } from '#components/alerts/acknowledge-button.tsx';
import { accountViewOf, trustOfPool, type PoolView } from '#components/health/pool-view.ts';
import { StateSince } from '#components/health/state-since.tsx';
import { useAccount, useLive } from '#components/live/live-provider.tsx';
import { FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { useAnswers } from '#components/what-if/use-answers.ts';
import { useSettled } from '#components/live/use-settled.ts';
import { volatilityByCoin } from '#components/what-if/plan.ts';
import { poolName } from '#lib/display/words.ts';
import { mapFigure } from '#lib/margin/figures.ts';
import { type AssessInput } from '#lib/margin/health.ts';
import { type Target } from '#lib/risk/target.ts';
import { type Goal } from '#lib/risk/solve.ts';
import { larger, minus, NO_MONEY, rate } from '#lib/units/money.ts';

const SOLVE_EVERY_MS = 1_000;
const RATIO_AIM = rate('0.8');
/** Where Warning is left. */
const MOVES_AIM = 1.15;

export function MarginCallPanel({ accountId }: { readonly accountId: string }) {
  const account = useAccount(accountId);
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  if (account?.kind !== 'open' || account.health === undefined || market === undefined) return null;
  const { text, facts, health } = account;
  const view = accountViewOf({ text, facts, health, market, marks });
  const { worst } = view;
  if (worst === undefined || worst.health.positions.length === 0) return null;
  return <Call basis={view.basis} key={worst.health.id} pool={worst} />;
}

function Call({ pool, basis }: { readonly pool: PoolView; readonly basis: AssessInput }) {
  const { health } = pool;
  const format = useFormat();
  const { convention } = format;
  const short = mapFigure(health.initialMargin, (initial) =>
    health.marginBalance.known
      ? larger(minus(initial, health.marginBalance.value), NO_MONEY)
      : NO_MONEY,
  );
  return (
    <Panel
      aside={<StateSince pool={pool} />}
      bodyClassName="px-3 py-2"
      label="Margin call"
      title={
        <>
          Margin call <span className="font-normal text-ink-3">{poolName(health.scope)}</span>
        </>
      }
    >
      <dl
        className="grid grid-cols-2 gap-x-4 gap-y-2 md:grid-cols-[1fr_1fr_1fr_minmax(16rem,2fr)]"
        data-trust={trustOfPool(pool)}
      >
        <Term name={`Short of ${convention.word} ${convention.level(RATIO_AIM)}`}>
          <Shortfall basis={basis} pool={pool} target={RATIO} />
        </Term>
        <Term
          name={`Short of ${format.measure(MOVES_AIM, 2)} daily moves`}
          title="The smallest deposit with which Warning would be left"
        >
          <Shortfall basis={basis} pool={pool} target={MOVES} />
        </Term>
        <Term name="Short of initial margin">
          <FigureText
            figure={health.marginBalance.known ? short : health.marginBalance}
            show={(value) => format.requirement(value, health.unit)}
            unit={health.unit}
          />
        </Term>
        <Term className="max-md:col-span-2" name="Answer">
          <Answer pool={pool} />
        </Term>
      </dl>
    </Panel>
  );
}

const RATIO: Target = { kind: 'ratio', atMost: RATIO_AIM };
const MOVES = { kind: 'moves', atLeast: MOVES_AIM } as const;

function Shortfall({
  pool,
  basis,
  target,
}: {
  readonly pool: PoolView;
  readonly basis: AssessInput;
  readonly target: typeof RATIO | typeof MOVES;
}) {
  const format = useFormat();
  const marks = useLive((state) => state.marks);
  const wanted = useMemo((): Goal => {
    const dailyVolatility = volatilityByCoin(marks, basis);
    const full: Target = target.kind === 'moves' ? { ...MOVES, dailyVolatility } : target;
    return { facts: basis, poolId: pool.health.id, target: full };
  }, [basis, marks, pool.health.id, target]);
  const answered = useAnswers(useSettled(wanted, SOLVE_EVERY_MS));
  const deposit = answered?.answers.deposit;
  if (deposit === undefined) return <Small>searching</Small>;
  if (deposit.kind === 'reached-already') return <Small>nothing</Small>;
  if (deposit.kind !== 'found') return <Small>not reached by a deposit</Small>;
  return (
    <NumberText shown={format.requirement(deposit.amount, deposit.asset)} unit={deposit.asset} />
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return <span className="text-base font-normal text-ink-3">{children}</span>;
}

/** Its note is where contact and promise are kept: what the trader said, and until when. */
function Answer({ pool: { row, health, state } }: { readonly pool: PoolView }) {
  const format = useFormat();
  const runTime = useLive(({ frame }) => frame?.runTime) ?? 0;
  const [accountId = ''] = health.id.split('/');
  const given = row?.acknowledged ?? null;
  if (given !== null)
    return (
      <span className="flex items-center gap-2 text-base font-normal">
        <span className="min-w-0 truncate" title={given.note}>
          {given.by}, {format.age(Math.max(0, runTime - given.at))} ago
          {given.note === '' ? '' : `: ${given.note}`}
        </span>
        <UndoButton accountId={accountId} poolId={health.id} />
      </span>
    );
  if (state === 'healthy' || state === 'liquidated') return <Small>nothing to answer</Small>;
  return (
    <span className="flex flex-wrap items-center gap-2 text-base font-normal text-ink-2">
      nobody yet
      <AcknowledgeButton accountId={accountId} poolId={health.id} />
    </span>
  );
}
