'use client';
/** Stands on every page and reads the address: the panel itself is fetched when a position is asked for. */
import dynamic from 'next/dynamic';
import { usePathname, useSearchParams } from 'next/navigation';
import { useChosenAccount } from '#components/shell/chosen-account.ts';
import { WHAT_IF_PATH } from '#components/what-if/what-if-path.ts';
import { askedPosition, DESK_ACCOUNT } from './open-position.ts';
import { type PositionPanelProps } from './position-panel-props.ts';

const PositionPanel = dynamic<PositionPanelProps>(
  () => import('./position-panel.tsx').then((module) => module.PositionPanel),
  { ssr: false },
);

export function PositionPanelHost() {
  const query = useSearchParams();
  const path = usePathname();
  const { accountId: chosen } = useChosenAccount();
  const asked = askedPosition(query);
  const accountId = path === DESK_ACCOUNT ? (query.get('id') ?? undefined) : chosen;
  // There the address names what is planned for, and the plan shows its figures itself.
  if (path === WHAT_IF_PATH || asked === undefined || accountId === undefined) return null;
  return <PositionPanel accountId={accountId} positionKey={asked} />;
}
