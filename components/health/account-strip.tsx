'use client';
/** The account at a glance: which pool is worst, how full it is, and what it has left. */
import { FigureText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type ImportedOrigin } from '#components/receipt/receipt-ask.ts';
import { isDoubted } from '#lib/margin/figures.ts';
import { ReceiptButton } from '#components/receipt/receipt-button.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { Term } from '#components/primitives/term.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { poolName } from '#lib/display/words.ts';
import { type AccountHealth } from '#lib/margin/figures.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { trustOfPool, trustOfSum, type AccountView, type PoolView } from './pool-view.ts';
import { RatioMeter } from './ratio-meter.tsx';

interface AccountStripProps {
  readonly text: AccountText;
  readonly health: AccountHealth;
  readonly view: AccountView;
  readonly pool: PoolView;
  readonly onPool: (poolId: string) => void;
  /** Where the facts come from, when not from this server. */
  readonly imported?: ImportedOrigin;
}

export function AccountStrip({ text, health, view, pool, onPool, imported }: AccountStripProps) {
  return (
    <Panel
      aside={
        <>
          <span className="text-right max-sm:leading-4">
            {text.positionMode === 'hedge' ? 'hedge mode' : 'one-way mode'}
            {text.assetMode === 'multi' ? ', multi-asset' : ''}
          </span>
          {isDoubted(pool.health) ? null : (
            <ReceiptButton
              ask={() => ({
                basis: view.basis,
                poolId: pool.health.id,
                figure: 'margin-ratio',
                ...(imported === undefined ? {} : { imported }),
              })}
              hasKey
              of="the margin ratio"
            />
          )}
        </>
      }
      bodyClassName="flex flex-col"
      label={`Account ${text.accountId}`}
      title={
        <>
          <span className="font-mono text-ink">{text.accountId}</span>
          <span className="truncate font-normal text-ink-3" title={text.label}>
            {text.label}
          </span>
        </>
      }
    >
      {view.pools.length > 1 ? <PoolPicker onPool={onPool} pool={pool} pools={view.pools} /> : null}
      <div
        className="flex flex-1 flex-col justify-between gap-3 px-3 py-2"
        data-trust={trustOfPool(pool)}
      >
        <RatioMeter pool={pool} />
        <PoolFigures pool={pool} />
      </div>
      {view.pools.length > 1 ? <SumsInUsd health={health} view={view} /> : null}
    </Panel>
  );
}

function PoolPicker({
  pools,
  pool,
  onPool,
}: { readonly pools: readonly PoolView[] } & Pick<AccountStripProps, 'pool' | 'onPool'>) {
  const format = useFormat();
  return (
    <fieldset
      aria-label="Margin pools"
      className="flex min-w-0 gap-1 overflow-x-auto border-b max-sm:flex-wrap border-line px-2 py-1"
    >
      {pools.map((one) => (
        <button
          aria-pressed={one.health.id === pool.health.id}
          className={classNames(
            'flex h-6 shrink-0 items-center gap-1.5 rounded-control px-2 text-small text-ink-2 hover:bg-hover pointer-coarse:h-11',
            one.health.id === pool.health.id && 'bg-hover font-medium text-ink',
          )}
          data-trust={trustOfPool(one)}
          key={one.health.id}
          onClick={() => onPool(one.health.id)}
          type="button"
        >
          <StateTag state={one.state} wordHidden />
          {poolName(one.health.scope)}
          <span className="min-w-[6ch] text-right text-ink-3">
            <FigureText figure={one.health.marginRatio} show={format.marginRatio} />
          </span>
        </button>
      ))}
    </fieldset>
  );
}

function PoolFigures({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const { health } = pool;
  const balance = (value: Parameters<typeof format.balance>[0]) =>
    format.balance(value, health.unit);
  const requirement = (value: Parameters<typeof format.balance>[0]) =>
    format.requirement(value, health.unit);
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-4">
      <Term name="Margin balance">
        <FigureText figure={health.marginBalance} show={balance} unit={health.unit} />
      </Term>
      <Term name="Maintenance margin">
        <FigureText figure={health.maintenanceMargin} show={requirement} />
      </Term>
      <Term name="Excess" title="Margin balance less maintenance margin">
        <FigureText figure={health.marginExcess} show={balance} />
      </Term>
      <Term name="Initial margin">
        <FigureText figure={health.initialMargin} show={requirement} />
      </Term>
      <Term name="Available" title="Margin balance less initial and order margin">
        <FigureText figure={health.availableMargin} show={balance} />
      </Term>
      <Term name="Withdrawable">
        <FigureText figure={health.withdrawable} show={balance} />
      </Term>
      <Term name="Unrealized PnL">
        <FigureText
          figure={health.unrealizedPnl}
          result
          show={(value) => format.change(value, health.unit)}
        />
      </Term>
      <Term name="Effective leverage" title="Sum of notionals over margin balance">
        <FigureText figure={health.effectiveLeverage} show={format.leverage} />
      </Term>
    </dl>
  );
}

function SumsInUsd({ health, view }: Pick<AccountStripProps, 'health' | 'view'>) {
  const format = useFormat();
  return (
    <dl
      className="flex flex-wrap gap-x-5 gap-y-1 border-t border-line px-3 py-1.5 text-small text-ink-3"
      data-trust={trustOfSum(view.pools)}
    >
      <div className="flex gap-1.5">
        <dt>All pools, USD: balance</dt>
        <dd className="text-ink-2">
          <FigureText
            figure={health.marginBalanceUsd}
            show={(value) => format.balance(value, 'USD')}
          />
        </dd>
      </div>
      <div className="flex gap-1.5">
        <dt>maintenance</dt>
        <dd className="text-ink-2">
          <FigureText
            figure={health.maintenanceMarginUsd}
            show={(value) => format.requirement(value, 'USD')}
          />
        </dd>
      </div>
      <div className="flex gap-1.5">
        <dt>unrealized PnL</dt>
        <dd>
          <FigureText
            figure={health.unrealizedPnlUsd}
            result
            show={(value) => format.change(value, 'USD')}
          />
        </dd>
      </div>
    </dl>
  );
}
