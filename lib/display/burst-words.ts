/** The head of a card that stands for many events: `14 accounts to Warning, BTCUSDT −3.1 % since 12:03:10`. */
import { type Rate } from '../units/money.ts';
import { type Format } from './format.ts';
import { clockText, type Zone } from './time.ts';
import { stateWord, type ShownState } from './words.ts';

export interface BurstText {
  readonly counts: readonly { readonly state: ShownState; readonly accounts: number }[];
  /** Undefined where no earlier price is at hand. */
  readonly move:
    | { readonly instrument: string; readonly share: Rate; readonly since: number }
    | undefined;
}

export function burstHeadline(
  { counts, move }: BurstText,
  { format, zone }: { readonly format: Format; readonly zone: Zone },
): string {
  const parts = counts.map(
    ({ state, accounts }, index) =>
      `${accounts}${index === 0 ? ` ${accounts === 1 ? 'account' : 'accounts'}` : ''} to ${stateWord(state)}`,
  );
  if (move === undefined) return parts.join(', ');
  const moved = `${move.instrument} ${format.changeShare(move.share).text} since ${clockText(move.since, zone)}`;
  return [...parts, moved].join(', ');
}
