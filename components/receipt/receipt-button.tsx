'use client';
/** Opens the receipt of a figure as it stands when it is pressed. */
import { ReceiptText } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useKeyAction } from '#components/shell/keyboard/use-key-action.ts';
import { askReceipt } from './asked-receipt.ts';
import { type ReceiptAsk } from './receipt-ask.ts';

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
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const open = (): void => askReceipt(() => latest.current());
  useKeyAction('receipt', hasKey ? open : undefined);
  return (
    <Button
      aria-haspopup="dialog"
      aria-label={`Receipt of ${of}`}
      onClick={open}
      size="small"
      title="Every input and step of this figure"
      tone={wordHidden ? 'bare' : 'plain'}
    >
      <ReceiptText aria-hidden size={13} />
      {wordHidden ? null : 'Receipt'}
    </Button>
  );
}
