'use client';
/** Stands on every page: what draws a receipt is fetched when one is asked for. */
import dynamic from 'next/dynamic';
import { useStore } from 'zustand';
import { askedReceipt, askReceipt, closeReceipt } from './asked-receipt.ts';
import { type ReceiptDialogProps } from './receipt-ask.ts';

const ReceiptDialog = dynamic<ReceiptDialogProps>(
  () => import('./receipt-dialog.tsx').then((module) => module.ReceiptDialog),
  { ssr: false },
);

export function ReceiptHost() {
  const asked = useStore(askedReceipt, (state) => state.asked);
  if (asked === undefined) return null;
  return (
    <ReceiptDialog ask={asked.ask} onClose={closeReceipt} onRenew={() => askReceipt(asked.again)} />
  );
}
