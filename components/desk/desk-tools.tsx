'use client';
/** What a reader may do with the whole grid: find, freeze, take the figures along. */
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { useKeyAction } from '#components/shell/keyboard/use-key-action.ts';
import { say } from '#components/shell/say.ts';
import { FindField } from '#components/table/find-field.tsx';
import { fileName, saveFile } from '#components/table/save-file.ts';
import { ViewButtons } from '#components/table/view-buttons.tsx';
import { resorted, type DeskView } from './desk-query.ts';
import { type DeskFreeze } from './desk-rows.ts';
import { OrderField } from './order-field.tsx';

interface DeskToolsProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
  readonly freeze: DeskFreeze;
}

export function DeskTools({ view, setView, freeze }: DeskToolsProps) {
  const exportAll = useDeskExport(view);
  useKeyAction('freeze', freeze.toggle);
  useKeyAction('export', exportAll);
  return (
    <>
      {freeze.isFrozen ? (
        <span className="font-medium text-ink max-sm:sr-only" data-figure>
          frozen, {freeze.waiting} updates waiting
        </span>
      ) : null}
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

/** Asks the server for every account that the filter lets through, up to a limit that the file names. */
function useDeskExport(view: DeskView): () => void {
  const session = useSession();
  const runId = useLive(({ run }) => run?.runId) ?? '';
  async function write(): Promise<void> {
    const { accountsCsv, readAccounts } = await import('./desk-export.ts');
    const accounts = session === undefined ? undefined : await readAccounts(view, session.readDesk);
    if (accounts === undefined) {
      say('The server did not answer: nothing was exported.');
      return;
    }
    const exportedAt = Date.now();
    saveFile(fileName('accounts', exportedAt), accountsCsv({ runId, exportedAt, view, accounts }));
    say(`${accounts.rows.length} accounts exported`);
  }
  return () => void write();
}
