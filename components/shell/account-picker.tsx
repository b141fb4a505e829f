'use client';
/** Chooses the account, worst first: the list is a live view of the book, so it never shows an old state. */
import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Pending } from '#components/primitives/panel.tsx';
import { PopButton } from '#components/primitives/pop-button.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { type Format } from '#lib/display/format.ts';
import { PAST_LIQUIDATION } from '#lib/display/words.ts';
import { rate } from '#lib/units/money.ts';
import {
  NO_DESK_FILTER,
  type DeskFrame,
  type DeskQuery,
  type DeskRow,
  type FoundAccount,
} from '#lib/wire/protocol.ts';
import { useChosenAccount } from './chosen-account.ts';
import { useWorstState } from './worst-state.ts';

const LISTED = 40;

export function AccountPicker() {
  const { accountId, choose } = useChosenAccount();
  const worst = useWorstState(accountId);
  return (
    <PopButton
      aria-label={`Account ${accountId ?? ''}, choose another`}
      title="The simulated account that these pages show"
      className={buttonLook()}
      panel={(close) => (
        <PickerList
          chosen={accountId}
          onChoose={(id) => {
            close();
            choose(id);
          }}
        />
      )}
      panelClassName="w-[min(24rem,calc(100vw-1rem))]"
      panelLabel="Choose an account"
    >
      {worst === undefined ? null : <StateTag state={worst} wordHidden />}
      <span
        className="max-w-[16ch] min-w-[6ch] truncate text-left font-mono text-ink"
        title={accountId}
      >
        {accountId ?? '…'}
      </span>
      <ChevronDown aria-hidden className="shrink-0 text-ink-3" size={14} />
    </PopButton>
  );
}

function PickerList({
  chosen,
  onChoose,
}: {
  readonly chosen: string | undefined;
  readonly onChoose: (accountId: string) => void;
}) {
  const [text, setText] = useState('');
  const book = useBookView(text);
  const rows = book?.found ?? book?.rows;
  return (
    <div>
      <input
        aria-label="Find an account by id or label"
        className="h-9 w-full rounded-t-panel border-b border-line bg-transparent px-3 placeholder:text-ink-3 focus-visible:-outline-offset-2"
        onChange={(event) => setText(event.target.value)}
        placeholder="Find by id or label"
        value={text}
      />
      <p className="border-b border-line bg-raised px-3 py-1.5 text-small text-ink-2">
        These accounts are simulated and none is yours. Choose one to see the pages with its
        trader&rsquo;s eyes; the address keeps it.
      </p>
      <ul
        aria-label="Accounts, worst first"
        className="max-h-[min(24rem,60vh)] overflow-y-auto p-1"
      >
        {rows === undefined ? (
          <li className="px-2 py-3 text-small text-ink-3">Loading the book</li>
        ) : null}
        {rows?.length === 0 ? (
          <li className="px-2 py-3 text-small text-ink-3">No account matches “{text}”</li>
        ) : null}
        {rows?.map((row) => (
          <li key={row.accountId}>
            <PickerRow chosen={row.accountId === chosen} onChoose={onChoose} row={row} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PickerRow({
  row,
  chosen,
  onChoose,
}: {
  /** Without figures while they are on the way. */
  readonly row: DeskRow | FoundAccount;
  readonly chosen: boolean;
  readonly onChoose: (accountId: string) => void;
}) {
  const format = useFormat();
  const figures = 'state' in row ? row : undefined;
  return (
    <button
      aria-current={chosen}
      className="grid h-8 w-full grid-cols-[6.5rem_4.5rem_1fr_5rem] items-center gap-2 rounded-control px-2 text-left hover:bg-hover aria-[current=true]:bg-hover pointer-coarse:h-11"
      data-trust={figures?.doubtful === true ? 'lost' : undefined}
      onClick={() => onChoose(row.accountId)}
      type="button"
    >
      {figures === undefined ? <Pending /> : <StateTag state={figures.state} />}
      <span className="font-mono">{row.accountId}</span>
      <span className="truncate text-small text-ink-3">{row.label}</span>
      <span className="numeric text-small text-ink-2" data-figure>
        {figures === undefined ? null : distanceWords(figures, format)}
      </span>
    </button>
  );
}

function distanceWords({ distanceShare }: DeskRow, format: Format): string {
  if (distanceShare === 'past') return PAST_LIQUIDATION;
  return distanceShare === null ? '' : format.distance(rate(distanceShare)).text;
}

/** The worst accounts that match, for as long as the list is open. */
function useBookView(text: string): DeskFrame | undefined {
  const session = useSession();
  useEffect(() => {
    const query: DeskQuery = {
      sort: 'state',
      descending: true,
      ...NO_DESK_FILTER,
      text,
      offset: 0,
      limit: LISTED,
    };
    return session?.watchDesk(query);
  }, [session, text]);
  return useLive((state) => state.desk);
}
