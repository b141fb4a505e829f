/** Does a row of the table show the same as before? Then it is not painted again. Pure. */
import { type PositionView } from './pool-view.ts';

/** Figures are compared by identity: `keepPools` hands the same ones out until something under them changes. */
export function samePosition(a: PositionView, b: PositionView): boolean {
  return (
    a.key === b.key &&
    a.position === b.position &&
    a.pool.health === b.pool.health &&
    a.pool.state === b.pool.state &&
    a.decides === b.decides &&
    a.openedAt === b.openedAt &&
    a.instrument === b.instrument &&
    isSameAmount(a.fundingReceived, b.fundingReceived) &&
    isSameWire(a.wire, b.wire)
  );
}

function isSameAmount(
  a: PositionView['fundingReceived'],
  b: PositionView['fundingReceived'],
): boolean {
  return a === b || (a !== undefined && b !== undefined && a.eq(b));
}

/** The mark itself is in the figures. */
function isSameWire(a: PositionView['wire'], b: PositionView['wire']): boolean {
  return (
    a?.time === b?.time &&
    a?.status === b?.status &&
    a?.fundingRate === b?.fundingRate &&
    a?.modelled === b?.modelled
  );
}
