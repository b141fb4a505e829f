'use client';
/** What stands behind an account's positions: each asset, what it counts for, and what orders hold of it. */
import { classNames } from '#components/primitives/class-names.ts';
import { FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { collateralOf, isolatedWalletsOf, type CollateralLine } from '#lib/margin/collateral.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { poolsOf } from '#lib/margin/pool.ts';
import { negate, NO_MONEY, type Money } from '#lib/units/money.ts';
import { type AccountView } from './pool-view.ts';
import { Under } from './position-cells.tsx';

export function CollateralPanel({ view }: { readonly view: AccountView }) {
  const pools = view.pools
    .map(({ health }) => health)
    .filter(({ scope }) => scope.kind !== 'isolated');
  const multi = pools.find(({ scope }) => scope.kind === 'multi-asset');
  if (pools.length === 0) return null;
  return (
    <Panel
      aside={
        multi === undefined ? 'each asset backs its own positions' : 'all assets back all positions'
      }
      bodyClassName="px-3 py-1"
      title="Collateral"
    >
      {multi === undefined ? (
        <OwnAssets pools={pools} view={view} />
      ) : (
        <SharedAssets pool={multi} view={view} />
      )}
    </Panel>
  );
}

const HEAD = 'numeric py-1 pl-2 font-medium';
const CELL = 'numeric py-1 pl-2 align-top';
/** Columns that stand under their neighbours on a phone. */
const WIDE = 'max-sm:hidden';

function OwnAssets({
  pools,
  view,
}: {
  readonly pools: readonly PoolHealth[];
  readonly view: AccountView;
}) {
  const isolated = isolatedWalletsOf(view.basis.account, view.basis.market);
  return (
    <table className="w-full">
      <caption className="sr-only">Wallets, what orders hold, and what is free</caption>
      <thead>
        <tr className="text-small text-ink-3">
          <th className="py-1 text-left font-medium" scope="col">
            Asset
          </th>
          <th className={HEAD} scope="col">
            Wallet
          </th>
          <th
            className={classNames(HEAD, WIDE)}
            scope="col"
            title="Initial margin that open orders reserve"
          >
            Orders hold
          </th>
          <th className={HEAD} scope="col">
            Available
          </th>
          <th className={classNames(HEAD, WIDE)} scope="col">
            Withdrawable
          </th>
        </tr>
      </thead>
      <tbody>
        {pools.map((pool) => (
          <OwnAsset isolated={isolated.get(pool.unit) ?? NO_MONEY} key={pool.id} pool={pool} />
        ))}
      </tbody>
    </table>
  );
}

function OwnAsset({ pool, isolated }: { readonly pool: PoolHealth; readonly isolated: Money }) {
  const format = useFormat();
  const balance = (value: Money) => format.balance(value, pool.unit);
  const orders = (
    <FigureText figure={pool.orderMargin} show={(value) => format.requirement(value, pool.unit)} />
  );
  const withdrawable = <FigureText figure={pool.withdrawable} show={balance} />;
  return (
    <tr
      className="border-t border-line"
      data-trust={pool.status === 'unknown' ? 'lost' : undefined}
    >
      <th className="py-1 text-left align-top font-medium" scope="row">
        {pool.unit}
      </th>
      <td className={CELL}>
        <FigureText figure={pool.walletBalance} show={balance} />
        {isolated.isZero() ? null : (
          <Under className="max-sm:whitespace-normal">
            + <NumberText shown={balance(isolated)} /> in isolated
          </Under>
        )}
        <Under className="whitespace-normal sm:hidden">orders hold {orders}</Under>
      </td>
      <td className={classNames(CELL, WIDE)}>{orders}</td>
      <td className={CELL}>
        <FigureText figure={pool.availableMargin} show={balance} />
        <Under className="whitespace-normal sm:hidden">withdrawable {withdrawable}</Under>
      </td>
      <td className={classNames(CELL, WIDE)}>{withdrawable}</td>
    </tr>
  );
}

interface SharedProps {
  readonly pool: PoolHealth;
  readonly view: AccountView;
}

function SharedAssets({ pool, view }: SharedProps) {
  const { account, ...rest } = view.basis;
  const facts = poolsOf(account, rest.market).find(({ id }) => id === pool.id);
  const lines = facts === undefined ? undefined : collateralOf({ pool: facts, ...rest });
  return (
    <div data-trust={pool.status === 'unknown' ? 'lost' : undefined}>
      <table className="w-full">
        <caption className="sr-only">Assets with price, weight and what they count for</caption>
        <thead>
          <tr className="text-small text-ink-3">
            <th className="py-1 text-left font-medium" scope="col">
              Asset
            </th>
            <th className={HEAD} scope="col">
              Wallet, at price
            </th>
            <th className={HEAD} scope="col" title="Share of it that counts; debts count in full">
              Weight
            </th>
            <th
              className={HEAD}
              scope="col"
              title="Wallet and unrealized PnL at the index price, with its weight"
            >
              Counts for, USD
            </th>
          </tr>
        </thead>
        <tbody>
          {lines?.known === true
            ? lines.value.map((line) => <SharedAsset key={line.asset} line={line} />)
            : null}
        </tbody>
      </table>
      <Free pool={pool} />
    </div>
  );
}

function SharedAsset({ line }: { readonly line: CollateralLine }) {
  const format = useFormat();
  const isDebt = line.contribution.lt(0);
  return (
    <tr className="border-t border-line">
      <th className="py-1 text-left align-top font-medium" scope="row">
        {line.asset}
      </th>
      <td className={CELL}>
        <NumberText shown={format.balance(line.wallet, line.asset)} />
        <Under>
          at <NumberText shown={format.exact(line.index)} />
        </Under>
      </td>
      <td className={CELL}>
        {isDebt ? (
          <span className="text-ink-3">in full</span>
        ) : (
          <NumberText shown={format.share(line.weight)} />
        )}
      </td>
      <td className={CELL}>
        {isDebt ? (
          <>
            <span className="text-small text-ink-3">debt </span>
            <NumberText shown={format.requirement(negate(line.contribution), 'USD')} />
          </>
        ) : (
          <NumberText shown={format.balance(line.contribution, 'USD')} />
        )}
        <Under>
          <NumberText shown={format.change(line.unrealizedPnl, line.asset)} /> PnL
        </Under>
      </td>
    </tr>
  );
}

/** What the pool has left of all that. */
function Free({ pool }: { readonly pool: PoolHealth }) {
  const format = useFormat();
  const balance = (value: Money) => format.balance(value, pool.unit);
  const entries = [
    ['Margin balance', pool.marginBalance, balance],
    ['Orders hold', pool.orderMargin, (value: Money) => format.requirement(value, pool.unit)],
    ['Available', pool.availableMargin, balance],
    ['Withdrawable', pool.withdrawable, balance],
  ] as const;
  return (
    <dl className="flex flex-wrap justify-between gap-x-5 gap-y-1 border-t border-line py-1.5 text-small">
      {entries.map(([name, figure, show]) => (
        <div className="flex gap-1.5" key={name}>
          <dt className="text-ink-3">{name}</dt>
          <dd>
            <FigureText figure={figure} show={show} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
