'use client';
/** Everything about one position, beside the page that stays live; a sheet over it on a phone (ux.md 13). */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode } from 'react';
import { useAccount, useLive } from '#components/live/live-provider.tsx';
import { accountViewOf, type PositionView } from '#components/health/pool-view.ts';
import { PositionName } from '#components/health/position-name.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { Notice } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { closePosition, positionKeyOf, returnFocus } from './open-position.ts';
import { type PositionPanelProps } from './position-panel-props.ts';

export function PositionPanel({ accountId, positionKey }: PositionPanelProps) {
  const view = useAskedPosition({ accountId, positionKey });
  return (
    <Sheet accountId={accountId} view={view.kind === 'found' ? view.position : undefined}>
      {view.kind === 'found' ? null : (
        <Notice head={view.kind === 'none' ? `No position in ${positionKey}` : 'Opening'}>
          {view.kind === 'none' ? 'This account does not hold it any more.' : undefined}
        </Notice>
      )}
    </Sheet>
  );
}

type Asked =
  | { readonly kind: 'opening' }
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly position: PositionView };

function useAskedPosition({ accountId, positionKey }: PositionPanelProps): Asked {
  const account = useAccount(accountId);
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  if (account?.kind === 'refused') return { kind: 'none' };
  if (account?.kind !== 'open' || account.health === undefined || market === undefined)
    return { kind: 'opening' };
  const { text, facts, health } = account;
  const position = accountViewOf({ text, facts, health, market, marks }).positions.find(
    (one) => positionKeyOf(one.position) === positionKey,
  );
  return position === undefined ? { kind: 'none' } : { kind: 'found', position };
}

interface SheetProps {
  readonly accountId: string;
  readonly view: PositionView | undefined;
  readonly children: ReactNode;
}

/** Non-modal where there is room beside it: the page goes on, and its rows may be pressed. */
function Sheet({ accountId, view, children }: SheetProps) {
  const beside = useMedia('(min-width: 48rem)');
  return (
    <Dialog.Root modal={!beside} onOpenChange={(open) => (open ? undefined : closePosition())} open>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line-strong bg-panel shadow-(--shadow-pop) md:w-[30rem]"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header className="flex min-h-11 items-center gap-3 border-b border-line px-3 pointer-coarse:min-h-13">
            <Dialog.Title className="min-w-0 text-base font-normal">
              {view === undefined ? 'Position' : <PositionName view={view} />}
            </Dialog.Title>
            <span className="ml-auto flex items-center gap-2 text-small text-ink-3">
              {view === undefined ? null : <StateTag state={view.pool.state} />}
              <span className="font-mono max-sm:hidden">{accountId}</span>
            </span>
            <Dialog.Close
              aria-label="Close the position panel"
              className={buttonLook({ tone: 'bare' })}
            >
              <X aria-hidden size={16} />
            </Dialog.Close>
          </header>
          <div className="flex-1 overflow-y-auto overscroll-contain">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
