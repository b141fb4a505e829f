/** What the asked figures of a Binance case need beside its positions: a balance, totals, a rate. */
import { type CaseLeg } from '#lib/wire/case-account.ts';
import { hasOrders, isFlat } from './binance-legs.ts';
import { type CaseReader } from './case-reader.ts';
import { type Needs } from './needs.ts';

export const ORDER_KEYS = ['bidNotional', 'askNotional'];
export const WALLET_KEYS = ['walletBalance', 'balance', 'crossWalletBalance', 'totalWalletBalance'];
const USDT_KEYS = ['usdtUnrealizedProfit', 'usdtMaintMargin', 'bufferEachSide'];
export const PNL_KEYS = ['totalUnrealizedProfit', 'usdtUnrealizedProfit'];
export const WITH_PNL_KEYS = ['assetMarginBalance', 'marginBalance', 'totalMarginBalance'];

/** What the asked figures need beside the positions and the case does not give. */
export function missingInAccount(
  reader: CaseReader,
  needs: Needs,
  main: CaseLeg | undefined,
  bare: boolean,
): string | undefined {
  const alone = main !== undefined && main.collateral.kind !== 'cross';
  const ofLeg = reader.has('side') || reader.has('entryPrice');
  if (main === undefined && (ofLeg || needs.prices)) return 'needs a size';
  if (needs.orders && hasOrders(reader) && !reader.has('leverage')) return 'needs a leverage';
  if (USDT_KEYS.some((key) => reader.has(key)) && !isMulti(reader)) return 'needs a rate of USDT';
  const pooled = needs.cross || (!alone && (needs.equity || needs.wallets));
  const held = needs.value || needs.prices || needs.pnl || needs.maintenance;
  if (!alone && main !== undefined && needs.prices && !hasBalance(reader)) {
    return 'a cross liquidation price needs a balance';
  }
  if (pooled && !hasBalance(reader)) return 'needs a balance';
  if (main !== undefined && isFlat(reader) && held) return 'a position without size';
  return bare ? missingTotal(reader, needs) : undefined;
}

/** Totals that stand for positions where the case has none. */
function missingTotal(reader: CaseReader, needs: Needs): string | undefined {
  const lacks = (wanted: boolean, keys: readonly string[]): boolean =>
    wanted && !keys.some((key) => reader.has(key));
  const counts = needs.pnl || (needs.equity && lacks(true, WITH_PNL_KEYS));
  const initial = [...ORDER_KEYS, 'orderMargin', 'initialMargin', 'totalInitialMargin'];
  if (needs.value || needs.prices) return 'needs a position';
  if (lacks(counts, PNL_KEYS)) return 'needs an unrealized PnL';
  if (lacks(needs.maintenance, ['totalMaintenanceMargin', 'usdtMaintMargin'])) {
    return 'needs a maintenance margin';
  }
  return lacks(needs.initial || needs.cross, initial) ? 'needs an initial margin' : undefined;
}

export function isMulti(reader: CaseReader): boolean {
  return reader.has('usdtAskRate') || reader.has('usdtIndex');
}

export function hasBalance(reader: CaseReader): boolean {
  return [...WALLET_KEYS, ...WITH_PNL_KEYS].some((key) => reader.has(key));
}
