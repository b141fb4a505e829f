'use client';
/** Opens the receipt of a figure as it stands when it is pressed. What draws it is fetched then. */
import dynamic from 'next/dynamic';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useKeyAction } from '#components/shell/keyboard/use-key-action.ts';
import { type ReceiptAsk, type ReceiptDialogProps } from './receipt-ask.ts';

const ReceiptDialog = dynamic<ReceiptDialogProps>(
  () => import('./receipt-dialog.tsx').then((module) => module.ReceiptDialog),
  { ssr: false },
);

interface ReceiptButtonProps {
  /** What the receipt is of, for assistive technology. */
  readonly of: string;
  readonly ask: () => ReceiptAsk;
  /** Answers the key too. */
  readonly hasKey?: boolean;
  /** The sign alone, for cells. */
  readonly wordHidden?: boolean;
}

export function ReceiptButton({ of, ask, hasKey = false, wordHidden = false }: ReceiptButtonProps) {
  const [asked, setAsked] = useState<ReceiptAsk>();
  const open = (): void => setAsked(ask());
  useKeyAction('receipt', hasKey ? open : undefined);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-label={`Receipt of ${of}`}
        onClick={open}
        size="small"
        tone={wordHidden ? 'bare' : 'plain'}
        title="Every input and step of this figure"
      >
        <ReceiptText aria-hidden size={13} />
        {wordHidden ? null : 'Receipt'}
      </Button>
      {asked === undefined ? null : (
        <ReceiptDialog ask={asked} onClose={() => setAsked(undefined)} onRenew={open} />
      )}
    </>
  );
}
