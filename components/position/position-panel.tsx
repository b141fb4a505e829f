'use client';
/** Everything about one position, beside the page that stays live; a sheet over it on a phone (ux.md 13). */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode } from 'react';
import { PriceChart } from '#components/charts/account-charts.tsx';
import { type Series } from '#components/live/series.ts';
import { useAccount, useLive, useTrust } from '#components/live/live-provider.tsx';
import { accountViewOf, trustOfPool } from '#components/health/pool-view.ts';
import { PositionName } from '#components/health/position-name.tsx';
import { StateSince } from '#components/health/state-since.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice } from '#components/primitives/panel.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { answer } from '#components/shell/keyboard/answer.ts';
import { chartLevelsOf } from './chart-levels.ts';
import { ExitSection } from './exit-section.tsx';
import { FundingSection } from './funding-section.tsx';
import { LiquidationSection } from './liquidation-section.tsx';
import { closePosition, positionKeyOf, returnFocus } from './open-position.ts';
import { type Subject } from './panel-data.ts';
import { type PositionPanelProps } from './position-panel-props.ts';
import { PriceSection } from './price-section.tsx';
import { StopSection } from './stop-section.tsx';
import { TierSection } from './tier-section.tsx';

export function PositionPanel({ accountId, positionKey }: PositionPanelProps) {
  const asked = useAskedPosition({ accountId, positionKey });
  return (
    <Sheet accountId={accountId} subject={asked.kind === 'found' ? asked.subject : undefined}>
      {asked.kind === 'found' ? (
        <Sections key={asked.subject.one.key} series={asked.series} subject={asked.subject} />
      ) : (
        <Notice head={asked.kind === 'none' ? `No position in ${positionKey}` : 'Opening'}>
          {asked.kind === 'none' ? `${accountId} holds nothing there now.` : undefined}
        </Notice>
      )}
    </Sheet>
  );
}

type Asked =
  | { readonly kind: 'opening' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'found';
      readonly subject: Subject;
      readonly series: Series | undefined;
    };

function useAskedPosition({ accountId, positionKey }: PositionPanelProps): Asked {
  const account = useAccount(accountId);
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  if (account?.kind === 'refused') return { kind: 'none' };
  if (account?.kind !== 'open' || account.health === undefined || market === undefined)
    return { kind: 'opening' };
  const { text, facts, health } = account;
  const view = accountViewOf({ text, facts, health, market, marks });
  const one = view.positions.find(({ position }) => positionKeyOf(position) === positionKey);
  if (one === undefined) return { kind: 'none' };
  const series = account.marks.get(one.position.instrumentId);
  return { kind: 'found', subject: { view, one }, series };
}

interface SectionsProps {
  readonly subject: Subject;
  readonly series: Series | undefined;
}

function Sections({ subject, series }: SectionsProps) {
  const format = useFormat();
  const rules = useLive((state) => state.alertRules);
  const levels = chartLevelsOf(subject, rules, format);
  return (
    <div className="flex flex-col gap-2 p-2">
      <LiquidationSection subject={subject} />
      <PriceSection subject={subject} />
      <PriceChart more={levels} series={series} view={subject.one} />
      <ExitSection subject={subject} />
      <FundingSection subject={subject} />
      <StopSection subject={subject} />
      <TierSection subject={subject} />
    </div>
  );
}

/** Inside a dialog the page's keys rest: the panel answers these itself. */
const OWN_KEYS: Readonly<Record<string, 'what-if' | 'receipt'>> = { w: 'what-if', r: 'receipt' };

function ownAction({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) {
  const isWriting = target instanceof Element && target.closest('input, textarea, select') !== null;
  return ctrlKey || metaKey || altKey || isWriting ? undefined : OWN_KEYS[key];
}

interface SheetProps {
  readonly accountId: string;
  readonly subject: Subject | undefined;
  readonly children: ReactNode;
}

/** Non-modal where there is room beside it: the page goes on, and its rows may be pressed. */
function Sheet({ accountId, subject, children }: SheetProps) {
  const beside = useMedia('(min-width: 48rem)');
  const singleKeys = useSetting((settings) => settings.singleKeys === 'on');
  const trust = useTrust();
  const isDoubtful = trust !== 'live' && trust !== 'never';
  return (
    <Dialog.Root modal={!beside} onOpenChange={(open) => (open ? undefined : closePosition())} open>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line-strong bg-ground shadow-(--shadow-pop) md:top-11 md:bottom-(--news-room) md:w-[30rem] wide:w-[31.25rem] md:border-t md:pointer-coarse:top-13"
          data-trust={isDoubtful ? 'lost' : subject && trustOfPool(subject.one.pool)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          onKeyDown={(event) => {
            const action = singleKeys ? ownAction(event) : undefined;
            if (action !== undefined && answer(action)) event.preventDefault();
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header className="flex min-h-11 items-center gap-3 border-b border-line bg-panel pr-1 pl-3 pointer-coarse:min-h-13">
            <Dialog.Title className="min-w-0 py-1 text-base font-normal">
              {subject === undefined ? 'Position' : <PositionName stacked view={subject.one} />}
            </Dialog.Title>
            <span className="ml-auto flex min-w-0 items-center gap-2 text-small text-ink-3">
              {subject === undefined ? null : <StateSince pool={subject.one.pool} />}
              <span className="font-mono max-sm:hidden">{accountId}</span>
            </span>
            <Dialog.Close
              aria-label="Close the position panel"
              className={buttonLook({ tone: 'bare' })}
            >
              <X aria-hidden size={16} />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
