'use client';
/** What the engine closed in an account: what draws it is fetched for who has something closed. */
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { type AccountText } from '#lib/wire/protocol.ts';
import { type ClosedPanelProps } from './closed-panel-props.ts';

const ClosedPanel = dynamic<ClosedPanelProps>(
  () => import('./closed-panel.tsx').then((module) => module.ClosedPanel),
  { ssr: false },
);

export function LiquidationsOfAccount({ account }: { readonly account: AccountText }) {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const isClosed = account.pools.some(
    ({ phase }) => phase === 'liquidated' || phase === 'liquidating',
  );
  if (!isClosed) return null;
  return (
    <ClosedPanel
      account={account}
      onSeen={(planIds) => setSeen(new Set([...seen, ...planIds]))}
      seen={seen}
    />
  );
}
