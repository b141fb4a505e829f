'use client';
/** How one figure came about: result, rule set, every step with its rounding, every input with source and time. */
import { Check, Copy, Download, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { Dialog } from '#components/primitives/dialog.tsx';
import { AbsenceText } from '#components/primitives/figure-text.tsx';
import { Notice } from '#components/primitives/panel.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { say } from '#components/shell/say.ts';
import { saveFile } from '#components/table/save-file.ts';
import { SelectField } from '#components/what-if/select-field.tsx';
import { stampText } from '#lib/display/time.ts';
import { receiptName } from '#lib/wire/receipt-names.ts';
import { receiptText, type Receipt } from '#lib/wire/receipt.ts';
import { type ReceiptAsk, type ReceiptDialogProps } from './receipt-ask.ts';
import { InputList } from './input-list.tsx';
import { ResultHead } from './result-head.tsx';
import { StepList } from './step-list.tsx';
import { choicesOf, firstChoice, receiptFor } from './receipt-view.ts';

export function ReceiptDialog({ ask, onRenew, onClose }: ReceiptDialogProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Dialog
      className="top-[max(0.5rem,6dvh)] max-h-[min(88dvh,60rem)] w-[min(48rem,calc(100vw-1rem))]"
      onClose={onClose}
      onClosed={() => (opener instanceof HTMLElement ? opener.focus() : undefined)}
      title="Receipt"
    >
      <Opened ask={ask} onRenew={onRenew} />
    </Dialog>
  );
}

function Opened({ ask, onRenew }: Omit<ReceiptDialogProps, 'onClose'>) {
  const words = useServerWords();
  const choices = useMemo(() => choicesOf(ask), [ask]);
  const [name, setName] = useState(() => firstChoice(ask)?.name);
  const choice = choices.find((one) => one.name === name) ?? choices[0];
  const receipt = useMemo(
    () => (choice === undefined ? undefined : receiptFor(ask, choice.subject, words)),
    [ask, choice, words],
  );
  if (choice === undefined || receipt === undefined) {
    return <Notice head="The pool is gone">It holds nothing any more.</Notice>;
  }
  return (
    <>
      <div className="flex flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        <SelectField
          choices={choices.map((one) => one.name)}
          label="Figure"
          onChange={setName}
          value={choice.name}
          wide
          wordsOf={(word) => word}
        />
        {receipt.known ? <Moment ask={ask} onRenew={onRenew} receipt={receipt.value} /> : null}
      </div>
      {receipt.known ? (
        <Told receipt={receipt.value} />
      ) : (
        <Notice head="No receipt">
          <AbsenceText full why={receipt.why} />
        </Notice>
      )}
    </>
  );
}

/** Of the moment in which the receipt was opened: it does not change while it is read. */
function useServerWords() {
  const mode = useLive(({ run }) => run?.mode);
  const marks = useLive((state) => state.marks);
  const wallNow = useLive((state) => state.wallNow);
  const [words] = useState(() => ({
    mode,
    modelled: new Set([...marks.values()].flatMap(({ id, modelled }) => (modelled ? [id] : []))),
    wallNow,
  }));
  return words;
}

interface MomentProps {
  readonly ask: ReceiptAsk;
  readonly receipt: Receipt;
  readonly onRenew: () => void;
}

function Moment({ receipt, onRenew }: MomentProps) {
  const zone = useZone();
  return (
    <div className="ml-auto flex items-center gap-2 text-small text-ink-3">
      <span>
        as of{' '}
        <time className="text-ink-2 tabular-nums" dateTime={receipt.asOf}>
          {stampText(Date.parse(receipt.asOf), zone)}
        </time>
      </span>
      <Button onClick={onRenew} size="small">
        <RotateCw aria-hidden size={13} />
        Of now
      </Button>
    </div>
  );
}

function Told({ receipt }: { readonly receipt: Receipt }) {
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <ResultHead receipt={receipt} />
        <StepList receipt={receipt} />
        <InputList inputs={receipt.inputs} />
      </div>
      <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2">
        <SaveButton receipt={receipt} />
        <CopyButton key={receipt.digest} receipt={receipt} />
        <p className="min-w-0 flex-1 text-small text-ink-3 max-sm:hidden">
          <code className="font-mono">npm run evaluate -- --receipt</code> works the file out again
        </p>
      </footer>
    </>
  );
}

function SaveButton({ receipt }: { readonly receipt: Receipt }) {
  function save(): void {
    const stamp = receipt.asOf.replaceAll(/[-:]|\.\d+/g, '');
    const name = `plimsoll-receipt-${receiptName(receipt)}-${stamp}.json`;
    saveFile(name, receiptText(receipt), 'application/json');
    say('Receipt saved');
  }
  return (
    <Button onClick={save} tone="strong">
      <Download aria-hidden size={13} />
      Save as JSON
    </Button>
  );
}

function CopyButton({ receipt }: { readonly receipt: Receipt }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(receiptText(receipt));
      setCopied(true);
      say('Receipt copied');
    } catch {
      say('The browser did not allow copying.');
    }
  }
  return (
    <Button onClick={() => void copy()}>
      {copied ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
