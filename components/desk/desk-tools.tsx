'use client';
/** What a reader may do with the whole grid: find, freeze, take the figures along. */
import { useRef, useState } from 'react';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { type LiveSession } from '#components/live/live-session.ts';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useKeyAction } from '#components/shell/keyboard/use-key-action.ts';
import { say } from '#components/shell/say.ts';
import { FindField } from '#components/table/find-field.tsx';
import { fileName, saveFile } from '#components/table/save-file.ts';
import { ViewButtons } from '#components/table/view-buttons.tsx';
import { type Progress } from './desk-export.ts';
import { resorted, type DeskView } from './desk-query.ts';
import { type DeskFreeze } from './desk-rows.ts';
import { OrderField } from './order-field.tsx';

interface DeskToolsProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
  readonly freeze: DeskFreeze;
}

export function DeskTools({ view, setView, freeze }: DeskToolsProps) {
  const accountsExport = useDeskExport(view);
  const exportAll = accountsExport.start;
  useKeyAction('freeze', freeze.toggle);
  useKeyAction('export', exportAll);
  return (
    <>
      {freeze.isFrozen ? (
        <span className="font-medium text-ink max-sm:sr-only" data-figure>
          frozen, {freeze.waiting} updates waiting
        </span>
      ) : null}
      <ExportNote {...accountsExport} />
      <FindField
        className="min-w-0 max-sm:grow sm:w-44"
        label="Find an account by id or label"
        onText={(text) => setView({ ...view, text })}
        placeholder="Find by id or label"
        text={view.text}
      />
      <OrderField onSort={(sort) => setView(resorted(view, sort))} view={view} />
      <ViewButtons exported="the accounts that match" freeze={freeze} onExport={exportAll} />
    </>
  );
}

interface DeskExport {
  readonly start: () => void;
  readonly stop: () => void;
  /** Undefined: none is under way. */
  readonly progress: Progress | undefined;
  /** What became of the last one, where it is short. */
  readonly sentence: string | undefined;
  readonly dismiss: () => void;
}

function useDeskExport(view: DeskView): DeskExport {
  const session = useSession();
  const runId = useLive(({ run }) => run?.runId) ?? '';
  const [progress, setProgress] = useState<Progress>();
  const [sentence, setSentence] = useState<string>();
  const isStopped = useRef(false);
  async function write({ exportAccounts }: LiveSession): Promise<void> {
    isStopped.current = false;
    setSentence(undefined);
    setProgress({ done: 0, total: 0 });
    const { accountsCsv, exportSentence, readAccounts } = await import('./desk-export.ts');
    const accounts = await readAccounts({
      view,
      ask: exportAccounts,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      tell: setProgress,
      isStopped: () => isStopped.current,
    });
    const exportedAt = Date.now();
    if (accounts.done > 0)
      saveFile(
        fileName('accounts', exportedAt),
        accountsCsv({ runId, exportedAt, view, accounts }),
      );
    setProgress(undefined);
    const told = exportSentence(accounts);
    if (accounts.endedBecause !== undefined) setSentence(told);
    say(told);
  }
  return {
    start: () => {
      if (session !== undefined && progress === undefined) void write(session);
    },
    stop: () => {
      isStopped.current = true;
    },
    progress,
    sentence,
    dismiss: () => setSentence(undefined),
  };
}

/** How far the export is, and what became of it where it ended short. */
function ExportNote({ progress, sentence, stop, dismiss }: DeskExport) {
  const format = useFormat();
  if (progress === undefined && sentence === undefined) return null;
  return (
    <span className="flex items-center gap-1.5 text-small text-ink-2" data-figure>
      {progress === undefined
        ? sentence
        : progress.total === 0
          ? 'Selecting accounts'
          : `${format.count(progress.done)} of ${format.count(progress.total)} exported`}
      <Button onClick={progress === undefined ? dismiss : stop} size="small" tone="bare">
        {progress === undefined ? 'Close' : 'Stop'}
      </Button>
    </span>
  );
}
