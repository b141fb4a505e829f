'use client';
/** Who holds the most, as a part of everything that is held. */
import { useLive } from '#components/live/live-provider.tsx';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { money, rate } from '#lib/units/money.ts';
import { type LargeAccount } from '#lib/wire/protocol.ts';

export function LargestPanel({ className }: { readonly className?: string }) {
  const format = useFormat();
  const largest = useLive((state) => state.deskSummary?.largest);
  const together = useLive((state) => state.deskSummary?.largestShare);
  return (
    <Panel
      aside={
        together === undefined || together === null || largest === undefined ? null : (
          <span data-figure>
            {largest.length} hold <NumberText shown={format.share(rate(together))} /> of all
          </span>
        )
      }
      className={className}
      title="Largest accounts"
    >
      {largest === undefined ? (
        <p className="p-3">
          <Pending width="24ch" />
        </p>
      ) : largest.length === 0 ? (
        <Notice head="No account in this run yet">Accounts arrive as run time passes.</Notice>
      ) : (
        <table className="w-full">
          <caption className="sr-only">The largest accounts by notional</caption>
          <thead>
            <tr className="h-7 border-b border-line text-small text-ink-3">
              <th className="pl-3 text-left font-medium" scope="col">
                Account
              </th>
              <th className="numeric px-2 font-medium" scope="col">
                Notional, USD
              </th>
              <th className="numeric pr-3 pl-2 font-medium" scope="col">
                Of all
              </th>
            </tr>
          </thead>
          <tbody>
            {largest.map((account) => (
              <LargestRow account={account} key={account.accountId} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function LargestRow({ account }: { readonly account: LargeAccount }) {
  const format = useFormat();
  const { accountId, state, notionalUsd, share } = account;
  return (
    <tr className="h-7 border-b border-line last:border-b-0">
      <th className="pl-3 text-left font-normal" scope="row">
        <span className="flex items-center gap-2">
          <StateTag state={state} wordHidden />
          <AccountLink accountId={accountId} />
        </span>
      </th>
      <td className="numeric px-2">
        {notionalUsd === null ? (
          <Unknown />
        ) : (
          <NumberText shown={format.requirement(money(notionalUsd), 'USD')} />
        )}
      </td>
      <td className="numeric pr-3 pl-2">
        {share === null ? <Unknown /> : <NumberText shown={format.share(rate(share))} />}
      </td>
    </tr>
  );
}

function Unknown() {
  return <span className="hatch rounded-[3px] px-1 text-unknown">Unknown</span>;
}
