/** Why a supposed change cannot be made, in one sentence (ux.md 5). */
import { assertNever } from '../contract.ts';
import { type Refusal } from '../risk/change.ts';
import { type Format } from './format.ts';
import { absenceWords } from './words.ts';

export function refusalSentence(refusal: Refusal, format: Format): string {
  switch (refusal.kind) {
    case 'not-above-zero':
      return 'Must be more than nothing.';
    case 'not-in-the-ledger':
      return 'The ledger holds eight decimals and amounts up to a thousand million million.';
    case 'asset-unknown':
      return `${refusal.asset} backs nothing in this account.`;
    case 'coin-unknown':
      return `No contract and no collateral is in ${refusal.coin}.`;
    case 'instrument-unknown':
      return `No contract ${refusal.instrumentId} here.`;
    case 'no-position':
      return `No position in ${refusal.instrumentId} at this point.`;
    case 'mark-missing':
      return `No ${refusal.instrumentId} mark yet.`;
    case 'mark-stale':
      return `Blocked: the ${refusal.instrumentId} mark is stale.`;
    case 'pool-unknown':
      return `What is free is unknown: ${absenceWords(refusal.why, () => undefined).reason}.`;
    case 'above-withdrawable':
      return `At most ${format.balance(refusal.limit, refusal.asset).text} ${refusal.asset} may leave.`;
    case 'above-free-margin':
      return `Needs ${format.requirement(refusal.needed, refusal.asset).text}, free are ${format.balance(refusal.free, refusal.asset).text} ${refusal.asset}.`;
    case 'not-on-lot':
      return `The size must be a multiple of ${format.exact(refusal.lotSize).text}.`;
    case 'side-not-in-mode':
      return refusal.positionSide === 'both'
        ? 'In hedge mode a trade names its leg, long or short.'
        : `There is no ${refusal.positionSide} leg in one-way mode.`;
    case 'leg-holds-less':
      return `The ${refusal.positionSide} leg holds less than that.`;
    case 'held-otherwise':
      return `The position is held with ${refusal.held} margin.`;
    case 'isolated-needs-single':
      return 'Isolated margin needs single-asset mode.';
    case 'above-last-tier':
      return `Larger than the last tier of ${refusal.instrumentId}.`;
    case 'leverage-not-sound':
      return 'Leverage must be above zero with at most four decimals.';
    case 'leverage-above-tier':
      return `Tier ${refusal.tier} allows at most ${format.chosenLeverage(refusal.leverageMax).text}.`;
    case 'not-isolated':
      return `The position in ${refusal.instrumentId} is not isolated.`;
    case 'move-out-of-range':
      return 'A price can fall by less than 100 % and rise by at most 900 %.';
    default:
      return assertNever(refusal);
  }
}
