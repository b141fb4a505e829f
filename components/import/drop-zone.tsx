'use client';
/** Where files are dropped or chosen, and text is pasted. Everything is read in the browser. */
import { FileUp, ShieldCheck } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { Panel } from '#components/primitives/panel.tsx';
import { importFiles, importTexts } from './import-store.ts';

const EXAMPLE = '/examples/desk-account.json';

export function DropZone() {
  const [isOver, setOver] = useState(false);
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files], event.dataTransfer.getData('text/plain'));
  }
  return (
    <Panel
      aside={
        <span className="inline-flex items-center gap-1.5">
          <ShieldCheck aria-hidden size={14} />
          read in this browser
        </span>
      }
      bodyClassName="flex flex-col gap-3 p-3"
      title="Import an account"
    >
      <div
        className={classNames(
          'flex flex-col items-center gap-2 rounded-panel border border-dashed border-line-strong px-4 py-8 text-center transition-colors duration-(--quick)',
          isOver && 'bg-hover',
        )}
        data-drop
        onDragLeave={() => setOver(false)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDrop={drop}
      >
        <FileUp aria-hidden className="text-ink-3" size={24} />
        <p className="font-medium text-ink-2">Drop files of one account here</p>
        <FileChoice />
        <p className="max-w-md text-small text-ink-3">
          JSON or CSV, at most 5 MB each. Balances and positions may be in files of their own.
          Nothing of it leaves this browser: no key is asked for, and the server never sees it.
        </p>
      </div>
      <PasteField />
      <p className="text-small text-ink-3">
        No file at hand?{' '}
        <button
          className="min-h-6 font-medium text-ink-2 underline underline-offset-2 hover:text-ink"
          onClick={() => void takeExample()}
          type="button"
        >
          Take an example
        </button>
      </p>
    </Panel>
  );
}

function take(files: readonly File[], text: string): void {
  if (files.length > 0) void importFiles(files, Date.now());
  else if (text.trim() !== '') importTexts([{ name: 'dropped text', text }], Date.now());
}

async function takeExample(): Promise<void> {
  const answer = await fetch(EXAMPLE);
  importTexts([{ name: 'example.json', text: await answer.text() }], Date.now());
}

function FileChoice() {
  return (
    <label
      className={classNames(
        buttonLook({ tone: 'strong' }),
        'cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ink',
      )}
    >
      Choose files
      <input
        accept=".json,.csv,.txt,application/json,text/csv,text/plain"
        className="sr-only"
        multiple
        onChange={(event) => {
          take([...(event.target.files ?? [])], '');
          event.target.value = '';
        }}
        type="file"
      />
    </label>
  );
}

function PasteField() {
  const [text, setText] = useState('');
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        importTexts([{ name: 'pasted text', text }], Date.now());
      }}
    >
      <label className="text-small text-ink-3">
        Or paste: one answer after the other
        <textarea
          autoComplete="off"
          className="mt-1 block h-28 w-full resize-y rounded-control border border-line bg-panel px-2 py-1.5 font-mono text-small text-ink placeholder:text-ink-3"
          onChange={(event) => setText(event.target.value)}
          placeholder='{"retCode":0,"result":{"list":[…]}}'
          spellCheck={false}
          value={text}
        />
      </label>
      <Button className="self-start" disabled={text.trim() === ''} type="submit">
        Read the text
      </Button>
    </form>
  );
}
