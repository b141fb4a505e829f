'use client';
/** What is shown, of when, on whose marks; and what can be done with it. */
import { Download, Trash2 } from 'lucide-react';
import { useLive } from '#components/live/live-provider.tsx';
import { type PoolView } from '#components/health/pool-view.ts';
import { Button } from '#components/primitives/button.tsx';
import { useAbsence } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { say } from '#components/shell/say.ts';
import { fileName, saveFile } from '#components/table/save-file.ts';
import { stampText } from '#lib/display/time.ts';
import { poolName } from '#lib/display/words.ts';
import { accountText } from '#lib/wire/import/account-text.ts';
import { type AccountFile } from '#lib/wire/account-file.ts';
import { removeImport, watchLive, type ImportState } from './import-store.ts';
import { canBeLive, type Watched } from './watched-account.ts';

interface ImportBarProps {
  readonly state: Extract<ImportState, { kind: 'read' }>;
  readonly watched: Watched | undefined;
}

export function ImportBar({ state, watched }: ImportBarProps) {
  const { imported, isForgotten } = state;
  const zone = useZone();
  return (
    <Panel
      aside={<Actions state={state} />}
      asideBelow
      bodyClassName="flex flex-col gap-1 px-3 py-2 text-small text-ink-3"
      label="Imported account"
      title="Imported"
    >
      <p className="wrap-anywhere">
        <span className="font-medium text-ink-2">{countsOf(state)}</span> of {imported.venue}, as of{' '}
        {stampText(imported.file.record.asOf, zone)}. From {sourcesOf(state)}.
      </p>
      {watched === undefined ? null : (
        <MarksLine file={imported.file} isLive={state.isLive} watched={watched} />
      )}
      {watched === undefined ? null : <DoubtLines pools={watched.view.pools} />}
      <p>
        Read in this browser; nothing of it was sent anywhere.{' '}
        {isForgotten
          ? 'It is too large to be kept: a reload forgets it.'
          : 'Kept in this tab until you remove it or close the tab.'}
      </p>
    </Panel>
  );
}

function Actions({ state }: Pick<ImportBarProps, 'state'>) {
  const { imported } = state;
  const isPartial = imported.doubts.length + imported.unbacked.length > 0;
  function download(): void {
    const name = fileName(`account-${imported.file.record.account}`, Date.now(), 'json');
    saveFile(name.replaceAll(/[^\w.-]+/g, '-'), accountText(imported.content), 'application/json');
    say('Account file saved');
  }
  return (
    <>
      <Button
        disabled={isPartial}
        onClick={download}
        size="small"
        title={isPartial ? 'A file of what is left would look whole' : undefined}
      >
        <Download aria-hidden size={13} />
        Account file
      </Button>
      <Button onClick={removeImport} size="small">
        <Trash2 aria-hidden size={13} />
        Remove
      </Button>
    </>
  );
}

/** "3 positions, 2 balances, 1 order". */
function countsOf({ imported }: ImportBarProps['state']): string {
  const { positions, balances, orders } = imported.file.record;
  return [
    counted(positions.length, 'position'),
    counted(balances.length, 'balance'),
    ...(orders.length === 0 ? [] : [counted(orders.length, 'order')]),
  ].join(', ');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function sourcesOf({ imported, texts }: ImportBarProps['state']): string {
  const names = texts.map(({ name }) => name).join(', ');
  return `${names} (${[...new Set(imported.sources)].join('; ')})`;
}

const PRESSED = 'aria-pressed:border-ink aria-pressed:bg-hover aria-pressed:text-ink';

/** Whose marks these are, and the choice of them: those of a simulated run are not the venue's. */
function MarksLine({
  watched,
  isLive,
  file,
}: {
  readonly watched: Watched;
  readonly isLive: boolean;
  readonly file: AccountFile;
}) {
  const canLive = useLive(({ market }) => canBeLive(file, market));
  if (watched.view.positions.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <fieldset aria-label="Marks" className="flex gap-1">
        <Button
          aria-pressed={!isLive}
          className={PRESSED}
          onClick={() => watchLive(false)}
          size="small"
        >
          File’s marks
        </Button>
        <Button
          aria-pressed={isLive}
          className={PRESSED}
          disabled={!canLive}
          onClick={() => watchLive(true)}
          size="small"
        >
          Live marks
        </Button>
      </fieldset>
      <p className="min-w-0 flex-1 basis-64" data-figure>
        {isLive ? (
          <LiveWords watched={watched} />
        ) : canLive ? (
          'Every figure stands on the marks of the file. Choose Live marks to watch it move.'
        ) : (
          'Every figure stands on the marks of the file: the server has no mark of these contracts.'
        )}
      </p>
    </div>
  );
}

/** Pools that something missing could change, each with what is missing. */
function DoubtLines({ pools }: { readonly pools: readonly PoolView[] }) {
  const wordsOf = useAbsence();
  const lines = pools.flatMap(({ health }) =>
    health.missing
      .filter(({ kind }) => kind === 'rows-left-out' || kind === 'balance-missing')
      .map((why) => `${poolName(health.scope)} is Unknown: ${wordsOf(why).reason}.`),
  );
  return lines.length === 0 ? null : (
    <p className="font-medium wrap-anywhere text-ink-2">{lines.join(' ')}</p>
  );
}

function LiveWords({ watched }: { readonly watched: Watched }) {
  const mode = useLive(({ run }) => run?.mode);
  const positions = watched.view.positions;
  const live = positions.filter(({ position }) => watched.liveBy.has(position.instrumentId)).length;
  const own = positions.length - live;
  const run = mode === 'demo' ? 'simulated by this server’s demo' : 'of this server’s replay';
  return (
    <>
      {own === 0 ? 'All positions move' : `${live} of ${positions.length} positions move`} with
      marks {mode === undefined ? 'of this server' : run}, not of the venue.
      {own === 0 ? '' : ` ${own === 1 ? 'One stands' : `${own} stand`} on the file’s own.`}
    </>
  );
}
