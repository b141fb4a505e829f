'use client';
/** The planner: what is changed on the left, now beside after on the right, on the engine that decides (ux.md 13). */
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { AccountSkeleton } from '#components/health/account-skeleton.tsx';
import { useAccount, useLive } from '#components/live/live-provider.tsx';
import { askedPosition } from '#components/position/open-position.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { useChosenAccount } from '#components/shell/chosen-account.ts';
import { alertRulesFrom } from '#components/levels/rules-in-force.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { coinsOf, phasesOf, planOf, volatilityByCoin, type Base } from './plan.ts';
import { PricesPanel } from './prices-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { ResultStrip } from './result-strip.tsx';
import { BaseBar } from './base-bar.tsx';
import { SolvePanel } from './solve-panel.tsx';
import { useSettled } from '#components/live/use-settled.ts';
import { useTyped } from './use-typed.ts';
import { changesInAddress, whatIfAddress } from './what-if-address.ts';

/** Figures of the base go on this often. */
const BASE_EVERY_MS = 250;

export function WhatIfPage() {
  const { accountId } = useChosenAccount();
  const [held, setHeld] = useState(false);
  const account = useAccount(accountId);
  const latest = useBase(account);
  const base = useSettled(latest, BASE_EVERY_MS, held) ?? latest;
  if (account?.kind === 'refused') {
    return (
      <Panel
        className="wrap-anywhere"
        title={
          <span className="truncate" title={accountId}>
            Account {accountId}
          </span>
        }
      >
        <Notice head="This account cannot be shown">{account.message}</Notice>
      </Panel>
    );
  }
  if (base === undefined || accountId === undefined || base.health.accountId !== accountId)
    return <AccountSkeleton />;
  return (
    <Planner accountId={accountId} base={base} held={held} key={accountId} setHeld={setHeld} />
  );
}

/** Facts and market of this moment; the same object for as long as neither changed. */
function useBase(account: ReturnType<typeof useAccount>): Base | undefined {
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  const at = useLive((state) => state.frame?.runTime);
  const rules = useLive((state) => state.alertRules);
  const facts = account?.kind === 'open' ? account.facts : undefined;
  const health = account?.kind === 'open' ? account.health : undefined;
  const pools = account?.kind === 'open' ? account.text.pools : undefined;
  return useMemo(() => {
    if (facts === undefined || health === undefined || market === undefined) return undefined;
    const input = { account: facts, market, rules: houseRules };
    const volatility = volatilityByCoin(marks, input);
    const phases = phasesOf(pools ?? []);
    return { facts: input, health, at: at ?? 0, volatility, rules: alertRulesFrom(rules), phases };
  }, [facts, health, pools, market, marks, at, rules]);
}

interface PlannerProps {
  readonly accountId: string;
  readonly base: Base;
  readonly held: boolean;
  readonly setHeld: (held: boolean) => void;
}

function Planner({ accountId, base, held, setHeld }: PlannerProps) {
  const query = useSearchParams();
  const format = useFormat();
  const position = askedPosition(query);
  const [linked] = useState(() => changesInAddress(query));
  const typed = useTyped(linked.changes, format.style);
  const { rows, prices } = typed;
  const plan = useMemo(() => planOf(base, { rows, prices }, format), [base, rows, prices, format]);
  const [chosenPool, choosePool] = useState<string>();
  const address = whatIfAddress({
    account: accountId,
    position,
    changes: [...plan.changes, ...plan.moves],
  });
  useEffect(() => history.replaceState(history.state, '', address), [address]);
  // By what is, not by what would be: an answer must not take the pool that it was asked for out of sight.
  const worst = base.health.worstPool ?? plan.after.worstPool;
  const poolId = chosenPool ?? poolOfPosition(base, position) ?? worst?.id;
  return (
    <div className="grid gap-3 pb-16 md:pb-0 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-3">
        <ChangesPanel base={base} plan={plan} position={position} typed={typed} />
        <PricesPanel base={base} coins={coinsOf(base, plan, typed)} plan={plan} typed={typed} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <BaseBar
          address={address}
          at={base.at}
          held={held}
          reset={typed.reset}
          setHeld={setHeld}
          unread={linked.unread}
        />
        <ResultPanel base={base} onPool={choosePool} plan={plan} poolId={poolId} />
        <SolvePanel
          base={base}
          onApply={(changes) => {
            choosePool(poolId);
            typed.append(changes);
          }}
          plan={plan}
          poolId={poolId}
        />
      </div>
      <ResultStrip base={base} plan={plan} poolId={poolId} />
    </div>
  );
}

function poolOfPosition({ health }: Base, position: string | undefined): string | undefined {
  const [id, side = 'both'] = position?.split(':') ?? [];
  return health.pools
    .flatMap((pool) => pool.positions)
    .find((one) => one.instrumentId === id && one.positionSide === side)?.poolId;
}
