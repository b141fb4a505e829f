/** One sentence for an ear: the worst position, or the whole account. Nothing in it needs the page (ux.md 10). */
import { type AccountView, worstPositionOf } from '#components/health/pool-view.ts';
import { type Format } from '#lib/display/format.ts';
import { absenceWords, distanceSupposes, sideWord, stateWord } from '#lib/display/words.ts';
import { type Absence, type Figure } from '#lib/margin/figures.ts';
import { decimalText } from '#lib/units/decimal.ts';

/** Account A0007, Critical. Worst position BTCUSDT long 10x cross, 4.18 % from liquidation at 58,210.0, mark 60,750.0. */
export function worstPositionSentence(
  accountId: string,
  view: AccountView,
  format: Format,
): string {
  const { worst } = view;
  const position = worst === undefined ? undefined : worstPositionOf(view, worst);
  if (worst === undefined || position === undefined)
    return `Account ${accountId} holds no position. Nothing can be liquidated.`;
  const { instrumentId, signedSize, leverage, marginKind, mark } = position.position;
  const { distanceShare, nearest } = position.position.liquidation();
  const tick = position.instrument?.tickSize;
  const name = `${instrumentId} ${sideWord(signedSize)} ${decimalText(leverage)}x ${marginKind}`;
  const way = distanceShare.known
    ? `${format.distance(distanceShare.value).text} from liquidation`
    : `liquidation price ${reason(distanceShare.why)}`;
  const prices =
    tick === undefined
      ? []
      : [
          nearest.known && distanceShare.known
            ? ` at ${format.price(nearest.value, tick).text}`
            : '',
          mark.known ? `, mark ${format.price(mark.value.price, tick).text}` : '',
        ];
  return `Account ${accountId}, ${stateWord(worst.state)}. Worst position ${name}, ${way}${prices.join('')}.${position.wire?.status === 'stale' ? ' The mark is stale: these figures may be wrong.' : ''}`;
}

/** Account A0007, Critical. Margin ratio 72.4 %, margin balance 24,810.22 USDT, excess 6,847.62, 4 positions. */
export function accountSentence(accountId: string, view: AccountView, format: Format): string {
  const { worst, positions, pools } = view;
  if (worst === undefined) return `Account ${accountId} holds nothing.`;
  const { health, state } = worst;
  const money = (figure: Figure<Parameters<Format['balance']>[0]>): string =>
    figure.known ? `${format.balance(figure.value, health.unit).text} ${health.unit}` : 'unknown';
  const ratio = health.marginRatio.known
    ? format.marginRatio(health.marginRatio.value).text
    : 'unknown';
  const deciding = health.decidingDistance();
  const way = deciding.known
    ? `, ${format.distance(deciding.value.share).text} from liquidation ${distanceSupposes(deciding.value.by)}`
    : '';
  const held = positions.length === 1 ? '1 position' : `${positions.length} positions`;
  const among = pools.length === 1 ? '' : ` in ${pools.length} pools, the worst of them`;
  return `Account ${accountId}, ${stateWord(state)}. ${held}${among}: ${format.convention.word} ${ratio}${way}, margin balance ${money(health.marginBalance)}, excess ${money(health.marginExcess)}.`;
}

function reason(why: Absence): string {
  const { kind, reason: because } = absenceWords(why, () => undefined);
  return `${kind}, ${because}`;
}
