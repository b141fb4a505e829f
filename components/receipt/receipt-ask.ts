/** What a receipt is asked of: the facts and marks of the moment in which it was asked. */
import { type Position } from '#lib/margin/account.ts';
import { type PositionHealth } from '#lib/margin/figures.ts';
import { type AssessInput } from '#lib/margin/health.ts';
import { type ReceiptSubject } from '#lib/margin/receipt.ts';
import { type InstrumentId, type PoolId } from '#lib/units/ids.ts';
import { type TimestampMs } from '#lib/units/time.ts';
import { type ProvenanceOf } from '#lib/wire/receipt-inputs.ts';

export interface ReceiptAsk {
  readonly basis: AssessInput;
  readonly poolId: PoolId;
  /** The figure that is shown first. */
  readonly figure: ReceiptSubject['figure'];
  /** Of a price. */
  readonly position?: Pick<Position, 'instrumentId' | 'positionSide'>;
  /** Where the account's facts come from; absent: from this server. */
  readonly imported?: ImportedOrigin;
}

/** The price that decides for a position. */
export function nearestFigureOf({ liquidation }: PositionHealth): ReceiptSubject['figure'] {
  const { nearest, above } = liquidation();
  if (nearest.known) {
    return above.known && above.value.eq(nearest.value) ? 'liquidation-above' : 'liquidation-below';
  }
  return nearest.why.kind === 'already-liquidatable' ? 'safe-again' : 'liquidation-below';
}

export interface ImportedOrigin {
  /** Where its own words come from, and when they held. */
  readonly sources: ProvenanceOf;
  readonly asOf: TimestampMs;
  /** Contracts that run on this server's marks. */
  readonly liveBy: ReadonlyMap<InstrumentId, InstrumentId>;
}

export interface ReceiptDialogProps {
  readonly ask: ReceiptAsk;
  /** Asks again, of this moment. */
  readonly onRenew: () => void;
  readonly onClose: () => void;
}
