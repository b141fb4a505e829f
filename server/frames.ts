/** The market as one frame: marks with their age and sources, the fund, totals, and how fast run time really passes. */
import { type Engine, type RunIdentity } from '#lib/engine/engine.ts';
import { SYSTEM_ACCOUNTS, type ShownState } from '#lib/engine/state.ts';
import { dailyVolatilityOf } from '#lib/market/volatility.ts';
import { type Market } from '#lib/margin/account.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { accountId, type AssetId } from '#lib/units/ids.ts';
import { moneyFromUnits, moneyUnits, NO_UNITS, type MoneyUnits } from '#lib/units/scaled.ts';
import { assetPriceWires, markWire } from '#lib/wire/codec.ts';
import {
  type DeskTotals,
  type DrillReport,
  type LongStep,
  type MarketFrame,
  type MarkWire,
  type ScreenState,
} from '#lib/wire/protocol.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { type Pace } from './pace.ts';

function markWires(state: ShownState, market: Market): readonly MarkWire[] {
  const wires: MarkWire[] = [];
  for (const [id, instrument] of state.instruments) {
    const fact = state.marks.get(id)?.fact;
    const reading = market.marks.get(id);
    if (fact === undefined || reading === undefined) continue;
    const measured = state.volatility.get(instrument.base);
    wires.push(
      markWire({
        fact,
        reading,
        instrument,
        volatility: dailyVolatilityOf(measured, instrument.dailyVolatility),
      }),
    );
  }
  return wires;
}

function walletOf(state: ShownState, system: string, asset: AssetId): MoneyUnits {
  return state.accounts.read(accountId(system))?.wallets.get(asset) ?? NO_UNITS;
}

function fundTexts(
  state: ShownState,
  identity: Pick<RunIdentity, 'fundSeeds'>,
): MarketFrame['fund'] {
  const seeds = new Map(identity.fundSeeds.map(({ asset, amount }) => [asset, amount]));
  const { insuranceFund, badDebt } = SYSTEM_ACCOUNTS;
  const assets = new Set([
    ...seeds.keys(),
    ...(state.accounts.read(accountId(insuranceFund))?.wallets.keys() ?? []),
    ...(state.accounts.read(accountId(badDebt))?.wallets.keys() ?? []),
  ]);
  return [...assets].map((asset) => ({
    asset,
    balance: decimalText(moneyFromUnits(walletOf(state, insuranceFund, asset))),
    seed: decimalText(moneyFromUnits(seeds.get(asset) ?? NO_UNITS)),
    badDebt: decimalText(moneyFromUnits(moneyUnits(-walletOf(state, badDebt, asset)))),
  }));
}

function deskTotals(book: DeskBook, time: number, liquidations: number): DeskTotals {
  const byState: Record<ScreenState, number> = {
    healthy: 0,
    watch: 0,
    warning: 0,
    critical: 0,
    liquidating: 0,
    liquidated: 0,
    unknown: 0,
  };
  for (const { state, accounts } of book.cells()) byState[state] += accounts;
  return { accounts: book.size, byState, alerts: book.alerts(time), liquidations };
}

export interface FrameParts {
  readonly engine: Engine;
  readonly state: ShownState;
  readonly book: DeskBook;
  readonly identity: Pick<RunIdentity, 'fundSeeds'>;
  readonly pace: Pace;
  readonly seq: number;
  readonly acceptedAt: number;
  readonly ended: boolean;
  readonly liquidations: number;
  readonly drills: readonly DrillReport[];
  readonly longStep: LongStep | undefined;
}

export function marketFrame(p: FrameParts): MarketFrame {
  const { state, pace } = p;
  const market = p.engine.marketOf(state);
  return {
    seq: p.seq,
    step: state.step,
    runTime: state.time,
    acceptedAt: p.acceptedAt,
    paused: pace.paused,
    ended: p.ended,
    speedAsked: pace.speed,
    speedReached: pace.reached,
    seekTarget: pace.seekTarget ?? null,
    marks: markWires(state, market),
    assetPrices: assetPriceWires(market),
    fund: fundTexts(state, p.identity),
    totals: deskTotals(p.book, state.time, p.liquidations),
    faults: Object.fromEntries(state.faults),
    drills: p.drills,
    ...(p.longStep && { longStep: p.longStep }),
  };
}
