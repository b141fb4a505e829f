'use client';
/** One summary of a break: what is not well now, and what happened meanwhile (ux.md 4.12). */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { StateShape } from '#components/primitives/state-shape.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { poolNameOfId, stateWord } from '#lib/display/words.ts';
import { type Absence, type PoolMissed } from './catch-up.ts';

export function CatchUpText({ absence }: { readonly absence: Absence }) {
  const format = useFormat();
  const { accountId, wallMs, runMs, pools, book, liquidations } = absence;
  return (
    <>
      <p className="font-medium">Catch-up: {format.age(wallMs)} without news</p>
      <p className="text-small text-ink-3">The run went on by {format.age(runMs)}.</p>
      {pools.length === 0 ? (
        <p className="mt-1 text-small text-ink-2">{accountId} is Healthy, as before.</p>
      ) : (
        <ul className="mt-1.5 flex flex-col gap-1">
          {pools.map((pool) => (
            <Missed accountId={accountId} key={pool.poolId} pool={pool} />
          ))}
        </ul>
      )}
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2 text-small text-ink-2">
        <span>Book now:</span>
        {book.length === 0 ? <span>all Healthy</span> : null}
        {book.map(({ state, accounts }) => (
          <span className="inline-flex items-center gap-1" key={state}>
            <StateShape size={9} state={state} />
            {accounts} {stateWord(state)}
          </span>
        ))}
      </p>
      <p className="text-small text-ink-2">
        {liquidations === 0
          ? 'No liquidation meanwhile.'
          : `${liquidations === 1 ? '1 liquidation' : `${format.count(liquidations)} liquidations`} meanwhile.`}
      </p>
    </>
  );
}

function Missed({ accountId, pool }: { readonly accountId: string; readonly pool: PoolMissed }) {
  const { before, now, since, poolId } = pool;
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <StateTag className="self-center" past state={now} />
      <span>
        {accountId} {poolNameOfId(poolId)}
      </span>
      <span className="text-small text-ink-3">
        since <Moment time={since} />
        {before === undefined
          ? ', new'
          : before === now
            ? ', as before'
            : `, it was ${stateWord(before)}`}
      </span>
    </li>
  );
}
