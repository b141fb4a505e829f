/** What a receipt is called: as a title, and as a file. */
import { type Receipt } from './receipt.ts';

const FIGURES: Readonly<Record<Receipt['figure'], string>> = {
  'margin-ratio': 'Margin ratio',
  'liquidation-below': 'Liquidation price below',
  'liquidation-above': 'Liquidation price above',
  'safe-again': 'Safe again at',
  bankruptcy: 'Bankruptcy price',
};

export function figureName(figure: Receipt['figure']): string {
  return FIGURES[figure];
}

type Named = Pick<Receipt, 'pool' | 'figure' | 'symbol' | 'positionSide'>;

/** `A0007-cross-USDT-margin-ratio`, `A0007-cross-USDT-BTCUSDT-long-liquidation-below`. */
export function receiptName({ pool, figure, symbol, positionSide }: Named): string {
  const parts = [pool, symbol, positionSide === 'both' ? null : positionSide, figure];
  const name = parts.filter((part) => part !== null).join('-');
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}
