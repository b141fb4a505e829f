'use client';
/** What was understood, as the texts say it: balances, debts, positions where they have no figures, and orders. */
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type Decimal } from '#lib/units/decimal.ts';
import { type Imported } from '#lib/wire/import/assemble.ts';

interface Line {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly amount: Decimal;
}

export function HoldingsPanel({ imported }: { readonly imported: Imported }) {
  const groups = groupsOf(imported);
  if (groups.length === 0) return null;
  return (
    <Panel bodyClassName="px-3 py-1" title="As given">
      {groups.map(({ head, lines }) => (
        <Group head={head} key={head} lines={lines} />
      ))}
    </Panel>
  );
}

function Group({ head, lines }: { readonly head: string; readonly lines: readonly Line[] }) {
  const format = useFormat();
  return (
    <section className="border-b border-line py-1 last:border-b-0">
      <h3 className="text-small text-ink-3">{head}</h3>
      <dl>
        {lines.slice(0, LINES_MAX).map(({ key, name, note, amount }) => (
          <div className="flex items-baseline justify-between gap-3 py-0.5" key={key}>
            <dt className="min-w-0 truncate">
              {name} <span className="text-small text-ink-3">{note}</span>
            </dt>
            <dd className="numeric shrink-0">
              <NumberText shown={format.exact(amount)} />
            </dd>
          </div>
        ))}
      </dl>
      {lines.length > LINES_MAX ? (
        <p className="text-small text-ink-3">and {lines.length - LINES_MAX} more</p>
      ) : null}
    </section>
  );
}

const LINES_MAX = 30;

function groupsOf({ file, withoutRules }: Imported) {
  const { balances, debts, positions, orders } = file.record;
  const all: readonly { readonly head: string; readonly lines: readonly Line[] }[] = [
    {
      head: 'Wallet balances',
      lines: balances.map(({ asset, wallet }) => ({
        key: asset,
        name: asset,
        note: '',
        amount: wallet,
      })),
    },
    {
      head: 'Debts',
      lines: debts.map(({ asset, amount }) => ({ key: asset, name: asset, note: '', amount })),
    },
    {
      head: 'Positions',
      lines:
        withoutRules === undefined
          ? []
          : positions.map((one) => ({
              key: `${one.symbol} ${one.positionSide}`,
              name: one.symbol,
              note: `${one.marginMode} ${one.leverage.toFixed()}x`,
              amount: one.size,
            })),
    },
    {
      head: 'Open orders',
      lines: orders.map((one, index) => ({
        key: one.id ?? String(index),
        name: one.symbol,
        note: one.reduceOnly ? 'reduce-only' : '',
        amount: one.size,
      })),
    },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}
