'use client';
/** Now beside after, figure by figure, of one margin pool. */
import { classNames } from '#components/primitives/class-names.ts';
import { Panel } from '#components/primitives/panel.tsx';
import { Told } from '#components/shell/told.tsx';
import { poolName } from '#lib/display/words.ts';
import { besideOf, trustOf, type ResultProps } from './beside.ts';
import { Balances, Costs, Decisive, Liquidations } from './result-lines.tsx';

export function ResultPanel({
  onPool,
  ...result
}: ResultProps & { readonly onPool: (poolId: string) => void }) {
  const { base, plan } = result;
  const beside = besideOf(result);
  const counted = plan.changes.length + plan.moves.length;
  const refused = [...plan.rows, ...plan.prices.values()].filter(({ kind }) => kind === 'refused');
  return (
    <Panel
      aside={
        <Told>
          {`${counted === 1 ? '1 change' : `${counted} changes`} counted${refused.length > 0 ? `, ${refused.length} refused` : ''}`}
        </Told>
      }
      title="Result"
    >
      <PoolChoice base={base} onPool={onPool} plan={plan} poolId={result.poolId} />
      <div className="overflow-x-auto" data-trust={trustOf(beside)}>
        <table aria-label="Now and after" className="w-full border-collapse">
          <thead>
            <tr className="h-8 border-b border-line bg-raised text-small text-ink-3">
              <th className="pl-3 text-left font-medium" scope="col">
                Figure
              </th>
              {['Now', 'After', 'Change'].map((heading) => (
                <th
                  className={classNames(
                    'pr-3 pl-1 text-right font-medium',
                    heading === 'Change' && 'max-sm:hidden',
                  )}
                  key={heading}
                  scope="col"
                >
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Decisive base={base} beside={beside} />
            <Liquidations base={base} beside={beside} />
            <Balances beside={beside} />
            <Costs plan={plan} unit={(beside.after ?? beside.now)?.unit ?? ''} />
          </tbody>
        </table>
      </div>
      <p className="border-t border-line px-3 py-2 text-small text-ink-3">
        State by figures, at the levels in force: alert states are timed, so the real one may follow
        later. Fees are taker fees at the mark; the book’s depth is not in them.
      </p>
    </Panel>
  );
}

function PoolChoice({
  base,
  plan,
  poolId,
  onPool,
}: ResultProps & { readonly onPool: (poolId: string) => void }) {
  const pools = new Map(
    [...base.health.pools, ...plan.after.pools].map((pool) => [pool.id, pool] as const),
  );
  if (pools.size < 2) return null;
  return (
    <fieldset
      aria-label="Margin pools"
      className="flex min-w-0 gap-1 overflow-x-auto border-b border-line px-2 py-1"
    >
      {[...pools.values()].map(({ id, scope }) => (
        <button
          aria-pressed={id === poolId}
          className={classNames(
            'flex h-6 shrink-0 items-center rounded-control px-2 text-small text-ink-2 hover:bg-hover pointer-coarse:h-11',
            id === poolId && 'bg-hover font-medium text-ink',
          )}
          key={id}
          onClick={() => onPool(id)}
          type="button"
        >
          {poolName(scope)}
        </button>
      ))}
    </fieldset>
  );
}
