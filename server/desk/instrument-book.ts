/** Lots of every contract over all accounts, long and short apart, exact: kept by what each account held when it was read last. */
import { type InstrumentId } from '#lib/units/ids.ts';
import { lots, type Lots } from '#lib/units/scaled.ts';
import { type DeskLeg } from './desk-accounts.ts';

export interface HeldLots {
  readonly long: Lots;
  /** Negative. */
  readonly short: Lots;
  readonly accounts: number;
}

export interface InstrumentBook {
  set(slot: number, legs: readonly DeskLeg[]): void;
  totals(): ReadonlyMap<InstrumentId, HeldLots>;
}

const NOTHING: HeldLots = { long: lots(0n), short: lots(0n), accounts: 0 };

export function createInstrumentBook(): InstrumentBook {
  const legsOf: (readonly DeskLeg[])[] = [];
  const held = new Map<InstrumentId, HeldLots>();

  function add(legs: readonly DeskLeg[], sign: 1n | -1n): void {
    const counted = new Set<InstrumentId>();
    for (const { instrumentId, lots: count } of legs) {
      const { long, short, accounts } = held.get(instrumentId) ?? NOTHING;
      const isNew = !counted.has(instrumentId);
      counted.add(instrumentId);
      held.set(instrumentId, {
        long: count > 0n ? lots(long + sign * count) : long,
        short: count < 0n ? lots(short + sign * count) : short,
        accounts: isNew ? accounts + Number(sign) : accounts,
      });
    }
  }

  return {
    set: (slot, legs) => {
      add(legsOf[slot] ?? [], -1n);
      // A copy: what the ledger holds goes on changing.
      legsOf[slot] = legs.map(({ instrumentId, lots: count }) => ({ instrumentId, lots: count }));
      add(legs, 1n);
    },
    totals: () => held,
  };
}
