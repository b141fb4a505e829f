/**
 * Opens the side panel of a position over whatever page stands: the address names it (`?position=BTCUSDT:long` beside the account),
 * so that a link or a reload shows the same. Plain functions: nothing paints again because it could open a panel.
 */
import { type PositionHealth } from '#lib/margin/figures.ts';

const POSITION = 'position';
const ACCOUNT = 'account';
/** The page whose own address names its account, as `id`. */
export const DESK_ACCOUNT = '/desk/account';
/** Marks the entry of the history that opening made: closing goes back over it. */
const OPENED_HERE = { positionPanel: true };

type Named = Pick<PositionHealth, 'poolId' | 'instrumentId' | 'positionSide'>;

/** `BTCUSDT`, `BTCUSDT:long`: one position of an account. */
export function positionKeyOf({
  instrumentId,
  positionSide,
}: Pick<Named, 'instrumentId' | 'positionSide'>): string {
  return positionSide === 'both' ? instrumentId : `${instrumentId}:${positionSide}`;
}

/** Where the panel of a position stands open, on the page that the reader is on. For links; `openPosition` for presses. */
export function addressWithPosition(position: Named): string {
  const address = new URL(location.href);
  const accountId = position.poolId.split('/')[0] ?? '';
  if (address.pathname !== DESK_ACCOUNT) address.searchParams.set(ACCOUNT, accountId);
  address.searchParams.set(POSITION, positionKeyOf(position));
  return `${address.pathname}${address.search}`;
}

let opener: Element | null = null;

/** Focus goes back to what has it now, once the panel is closed. */
export function openPosition(position: Named): void {
  opener = document.activeElement;
  const address = addressWithPosition(position);
  if (askedPosition(new URLSearchParams(location.search)) === undefined)
    history.pushState(OPENED_HERE, '', address);
  else history.replaceState(isOpenedHere() ? OPENED_HERE : null, '', address);
}

/** Gives focus back to what opened the panel, if that still stands. */
export function returnFocus(): void {
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  opener = null;
}

export function closePosition(): void {
  if (isOpenedHere()) {
    history.back();
    return;
  }
  const address = new URL(location.href);
  address.searchParams.delete(POSITION);
  history.replaceState(null, '', `${address.pathname}${address.search}`);
}

/** The position that an address asks for, as `positionKeyOf` names it. */
export function askedPosition(query: {
  readonly get: (name: string) => string | null;
}): string | undefined {
  return query.get(POSITION) ?? undefined;
}

function isOpenedHere(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'positionPanel' in state;
}
