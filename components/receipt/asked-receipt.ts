/** The receipt that stands open, of which there is one: buttons ask for it, one host on every page shows it. */
import { createStore } from 'zustand/vanilla';
import { type ReceiptAsk } from './receipt-ask.ts';

interface Asked {
  readonly ask: ReceiptAsk;
  /** Asks again, of the moment of the call. */
  readonly again: () => ReceiptAsk;
}

export const askedReceipt = createStore<{ readonly asked: Asked | undefined }>()(() => ({
  asked: undefined,
}));

export function askReceipt(again: () => ReceiptAsk): void {
  askedReceipt.setState({ asked: { ask: again(), again } });
}

export function closeReceipt(): void {
  askedReceipt.setState({ asked: undefined });
}
