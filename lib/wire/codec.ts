/**
 * Facts to text and back, both directions beside each other. Everything that leaves the server as a decimal leaves here, and
 * the browser reads it here: `accountFrom(accountText(x))` gives the account that the engine gives `lib/margin`.
 */
import { assert } from '../contract.ts';
import { type AlertRule, type RuleTarget } from '../engine/alert-rule.ts';
import { type AlertRow } from '../engine/alert-row.ts';
import { type MarkFact } from '../engine/event.ts';
import { type LevelReason } from '../engine/levels.ts';
import {
  type LedgerAccount,
  type LedgerOrder,
  type LedgerPosition,
  type LiquidationPhase,
  type PoolRow,
} from '../engine/state.ts';
import {
  type Account,
  type AssetPrice,
  type Market,
  type MarginMode,
  type Order,
  type Position,
} from '../margin/account.ts';
import { type MarginRatio } from '../margin/figures.ts';
import { entryPriceOf, type Instrument } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { decimalText } from '../units/decimal.ts';
import {
  accountId,
  assetId,
  instrumentId,
  type AssetId,
  type InstrumentId,
  type PoolId,
} from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import {
  moneyFromUnits,
  priceFromTicks,
  quantityFromLots,
  rateFromUnits,
} from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { instrumentFrom } from './instrument-codec.ts';
import {
  type AccountText,
  type AlertRuleText,
  type AssetPriceWire,
  type DeskRow,
  type MarketFrame,
  type MarkWire,
  type OrderText,
  type PoolReason,
  type PoolText,
  type PositionText,
  type RuleTargetText,
  type RunText,
  type ScreenState,
} from './protocol.ts';

/** Instruments of a run by id, as `accountFrom` and `marketFrom` need them. Build once per run. */
export function instrumentsFrom(
  run: Pick<RunText, 'instruments'>,
): ReadonlyMap<InstrumentId, Instrument> {
  return new Map(run.instruments.map((text) => [instrumentId(text.id), instrumentFrom(text)]));
}

/** One word for a pool on screen: its liquidation phase if any, else unknown, which never hides Critical, else its alert state. */
export function screenStateOf(alert: AlertRow, phase: LiquidationPhase): ScreenState {
  if (phase.kind === 'liquidating' || phase.kind === 'liquidated') return phase.kind;
  const isHidden = alert.unknownSince !== undefined && alert.state !== 'critical';
  return isHidden ? 'unknown' : alert.state;
}

function poolText(row: PoolRow, reason: LevelReason | undefined): PoolText {
  const { alert, phase } = row;
  return {
    poolId: row.poolId,
    alertState: alert.state,
    screenState: screenStateOf(alert, phase),
    since: alert.since,
    unknownSince: alert.unknownSince ?? null,
    acknowledged: alert.acknowledged ?? null,
    asking: alert.asking ?? null,
    pinnedUntil: alert.pinnedUntil ?? null,
    phase: phase.kind,
    bounded: row.bounded,
    reason: reason === undefined ? null : reasonText(reason),
  };
}

function reasonText({ value, ...reason }: LevelReason): PoolReason {
  return { ...reason, value: Number.isFinite(value) ? value : null };
}

export function marginRatioFrom(text: NonNullable<DeskRow['marginRatio']>): MarginRatio {
  return text === 'equity-gone' || text === 'deficit'
    ? { kind: text }
    : { kind: 'ratio', value: rate(text) };
}

export function ruleTargetFrom({ account, base, measure }: RuleTargetText): RuleTarget {
  return {
    account: account === null ? null : accountId(account),
    base: base === null ? null : assetId(base),
    measure,
  };
}

export function alertRuleFrom({ levels, ...target }: AlertRuleText): AlertRule {
  return { ...ruleTargetFrom(target), levels };
}

type Instruments = ReadonlyMap<InstrumentId, Instrument>;

function instrumentOf(instruments: Instruments, id: string): Instrument {
  const instrument = instruments.get(instrumentId(id));
  assert(instrument !== undefined, `instrument ${id} is part of the run`);
  return instrument;
}

function positionText(position: LedgerPosition, instruments: Instruments): PositionText {
  const { lotSize } = instrumentOf(instruments, position.instrumentId);
  return {
    instrument: position.instrumentId,
    positionSide: position.positionSide,
    signedSize: decimalText(quantityFromLots(position.lots, lotSize)),
    openValue: decimalText(moneyFromUnits(position.openValue)),
    leverage: String(position.leverage),
    isolatedWallet:
      position.marginKind === 'isolated'
        ? decimalText(moneyFromUnits(position.isolatedWallet))
        : null,
    fundingReceived: decimalText(moneyFromUnits(position.fundingReceived)),
    openedAt: position.openedAt,
  };
}

function orderText(order: LedgerOrder, instruments: Instruments): OrderText {
  const { lotSize, tickSize } = instrumentOf(instruments, order.instrumentId);
  return {
    orderId: order.orderId,
    instrument: order.instrumentId,
    positionSide: order.positionSide,
    signedSize: decimalText(quantityFromLots(order.lots, lotSize)),
    price: decimalText(priceFromTicks(order.priceTicks, tickSize)),
    reduceOnly: order.reduceOnly,
  };
}

/** All facts of one account as text. `pools`: the engine's rows of this account. `reasons`: why they are in their states. */
export function accountText(p: {
  readonly account: LedgerAccount;
  readonly pools: readonly PoolRow[];
  readonly reasons: ReadonlyMap<PoolId, LevelReason>;
  readonly instruments: Instruments;
}): AccountText {
  const { account, instruments } = p;
  return {
    accountId: account.accountId,
    label: account.label,
    openedAt: account.openedAt,
    positionMode: account.positionMode,
    assetMode: account.assetMode,
    wallets: [...account.wallets].map(([asset, units]) => ({
      asset,
      amount: decimalText(moneyFromUnits(units)),
    })),
    positions: [...account.positions.values()].map((position) =>
      positionText(position, instruments),
    ),
    orders: [...account.orders.values()].map((order) => orderText(order, instruments)),
    pools: p.pools.map((row) => poolText(row, p.reasons.get(row.poolId))),
  };
}

function marginModeFrom(text: PositionText): MarginMode {
  return text.isolatedWallet === null
    ? { kind: 'cross' }
    : { kind: 'isolated', wallet: money(text.isolatedWallet) };
}

function positionFrom(text: PositionText, instruments: Instruments): Position {
  const signedSize = quantity(text.signedSize);
  const openValue = money(text.openValue);
  return {
    instrumentId: instrumentId(text.instrument),
    positionSide: text.positionSide,
    signedSize,
    entryPrice: entryPriceOf(instrumentOf(instruments, text.instrument), { signedSize, openValue }),
    openValue,
    marginMode: marginModeFrom(text),
    leverage: rate(text.leverage),
    fundingReceived: money(text.fundingReceived),
    openedAt: timestampMs(text.openedAt),
  };
}

function orderFrom(text: OrderText): Order {
  return {
    id: text.orderId,
    instrumentId: instrumentId(text.instrument),
    positionSide: text.positionSide,
    signedSize: quantity(text.signedSize),
    price: price(text.price),
    reduceOnly: text.reduceOnly,
  };
}

/** The account as `assessAccount` reads it. */
export function accountFrom(text: AccountText, instruments: Instruments): Account {
  return {
    id: accountId(text.accountId),
    positionMode: text.positionMode,
    assetMode: text.assetMode,
    wallets: new Map(text.wallets.map(({ asset, amount }) => [assetId(asset), money(amount)])),
    positions: text.positions.map((position) => positionFrom(position, instruments)),
    orders: text.orders.map(orderFrom),
  };
}

/** One mark as it travels. `reading`: what the engine holds of it now, its status included. */
export function markWire(p: {
  readonly fact: MarkFact;
  readonly reading: MarkReading;
  readonly instrument: Instrument;
  readonly volatility: number;
}): MarkWire {
  const { fact, reading } = p;
  const { tickSize } = p.instrument;
  return {
    id: fact.instrumentId,
    mark: decimalText(reading.price),
    index: decimalText(priceFromTicks(fact.indexTicks, tickSize)),
    last: decimalText(priceFromTicks(fact.lastTicks, tickSize)),
    time: reading.time,
    status: reading.status,
    sources: fact.sources ?? null,
    rejected: fact.rejected,
    fundingRate:
      fact.fundingRate === undefined ? null : decimalText(rateFromUnits(fact.fundingRate)),
    nextFundingTime: fact.nextFundingTime ?? null,
    volatility: p.volatility,
    modelled: fact.modelled,
  };
}

export function assetPriceWires(market: Market): readonly AssetPriceWire[] {
  return [...market.assetPrices].map(([asset, { index, staleMark }]) => ({
    asset,
    index: decimalText(index),
    ...(staleMark === undefined ? {} : { staleMark }),
  }));
}

/** Weights of a run by asset: the part of `AssetPrice` that does not change with the market. */
function weightsOf(run: Pick<RunText, 'assets'>): ReadonlyMap<string, string> {
  return new Map(run.assets.map(({ asset, collateralWeight }) => [asset, collateralWeight]));
}

/** Assets without a stated weight back nothing: their debts still count, their balances do not. */
const NO_WEIGHT = '0';

/** The market as `assessAccount` reads it. House rules convert at the index, so bid and ask equal it. */
export function marketFrom(
  frame: Pick<MarketFrame, 'marks' | 'assetPrices'>,
  run: Pick<RunText, 'assets'>,
  instruments: Instruments,
): Market {
  const weights = weightsOf(run);
  const priceOf = (wire: AssetPriceWire): AssetPrice => {
    const index = price(wire.index);
    return {
      index,
      bid: index,
      ask: index,
      collateralWeight: rate(weights.get(wire.asset) ?? NO_WEIGHT),
      ...(wire.staleMark === undefined ? {} : { staleMark: instrumentId(wire.staleMark) }),
    };
  };
  return {
    instruments,
    marks: new Map(frame.marks.map((wire) => [instrumentId(wire.id), readingFrom(wire)])),
    assetPrices: new Map<AssetId, AssetPrice>(
      frame.assetPrices.map((wire) => [assetId(wire.asset), priceOf(wire)]),
    ),
  };
}

function readingFrom(wire: MarkWire): MarkReading {
  return { price: price(wire.mark), time: timestampMs(wire.time), status: wire.status };
}
