/** What the words of several venues have in common. */
import { NOTHING } from '../account-answers.ts';
import { type CaseReader } from '../case-reader.ts';

export function isInverse(reader: CaseReader): boolean {
  return reader.label('contractType') === 'inverse';
}
export function settleOf(reader: CaseReader): string {
  return isInverse(reader) ? 'COIN' : 'USD';
}
export const noPrice = (): null => null;

/** A margin balance as the case gives it, or wallet and PnL. */
export const WHOLE_BALANCE = [
  ['walletBalance', 'totalMarginBalance'],
  ['unrealizedPnl', NOTHING],
] as const;
export const PARTED_BALANCE = [
  ['walletBalance', 'totalWalletBalance'],
  ['unrealizedPnl', 'totalPerpUPL'],
] as const;

/** A position as it is held; without a contract size, in coins. */
export const HELD = [
  ['size', 'size'],
  ['contractSize', { keys: ['contractSize'], or: '1' }],
  ['markPrice', 'markPrice'],
] as const;
