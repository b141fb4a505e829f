/** The ledger's integers as the facts that lib/margin reads: same values, other notation. */
import {
  type Account,
  type AssetPrice,
  type Market,
  type Order,
  type Position,
} from '../margin/account.ts';
import { poolIdOf, poolsOf, USD, type PoolFacts, type PoolScope } from '../margin/pool.ts';
import { COLLATERAL_WEIGHTS } from '../market/catalogue.ts';
import { entryPriceOf, type Instrument } from '../market/instrument.ts';
import {
  markStatusOf,
  ONE_SECOND_FEED,
  type MarkReading,
  type MarkStatus,
} from '../market/mark.ts';
import { type AccountId, type AssetId, type InstrumentId, type PoolId } from '../units/ids.ts';
import { price, rate, type Money } from '../units/money.ts';
import { moneyFromUnits, priceFromTicks, quantityFromLots } from '../units/scaled.ts';
import { instrumentOf } from './ledger.ts';
import {
  type ShownState,
  type LedgerAccount,
  type LedgerOrder,
  type LedgerPosition,
  type MarkState,
} from './state.ts';

/** Dollars' stand-ins: the house counts them at one (ARCHITECTURE, Decisions). */
const PAR_ASSETS: ReadonlySet<string> = new Set(['USDT', 'USDC']);
const PAR = price(1);

export function isParAsset(asset: AssetId): boolean {
  return PAR_ASSETS.has(asset);
}

export function accountOf(state: ShownState, id: AccountId): Account | undefined {
  const account = state.accounts.read(id);
  return account === undefined ? undefined : accountFacts(state, account);
}

export function accountFacts(state: ShownState, account: LedgerAccount): Account {
  return {
    id: account.accountId,
    positionMode: account.positionMode,
    assetMode: account.assetMode,
    wallets: new Map([...account.wallets].map(([asset, units]) => [asset, moneyFromUnits(units)])),
    positions: [...account.positions.values()].map((position) =>
      positionFacts(instrumentOf(state, position.instrumentId), position),
    ),
    orders: [...account.orders.values()].map((order) =>
      orderFacts(instrumentOf(state, order.instrumentId), order),
    ),
  };
}

/**
 * The facts of one pool of an account. What its other pools hold is left alone, but where there are orders: what those reserve depends on
 * every position that they may join.
 */
export function poolFactsOf(
  state: ShownState,
  account: LedgerAccount,
  p: { readonly id: PoolId; readonly market: Market },
): PoolFacts | undefined {
  const alone = account.orders.size > 0 ? undefined : heldAlone(state, account, p.id);
  return alone ?? poolsOf(accountFacts(state, account), p.market).find(({ id }) => id === p.id);
}

/** undefined where the pool has no positions. */
function heldAlone(state: ShownState, account: LedgerAccount, id: PoolId): PoolFacts | undefined {
  const own = [...account.positions.values()].filter(
    (position) => poolIdOf(account.accountId, scopeOf(state, account, position)) === id,
  );
  const [first] = own;
  if (first === undefined) return undefined;
  const scope = scopeOf(state, account, first);
  const { settle } = instrumentOf(state, first.instrumentId);
  const positions = own.map((position) =>
    positionFacts(instrumentOf(state, position.instrumentId), position),
  );
  return {
    id,
    scope,
    unit: scope.kind === 'multi-asset' ? USD : settle,
    positions,
    orders: [],
    orderPositions: positions,
    wallets:
      scope.kind === 'isolated'
        ? new Map([[settle, moneyFromUnits(first.isolatedWallet)]])
        : walletsIn(account, scope),
  };
}

function scopeOf(
  state: ShownState,
  { assetMode }: LedgerAccount,
  { instrumentId, positionSide, marginKind }: LedgerPosition,
): PoolScope {
  if (marginKind === 'isolated') return { kind: 'isolated', instrumentId, positionSide };
  if (assetMode === 'multi') return { kind: 'multi-asset' };
  return { kind: 'cross', asset: instrumentOf(state, instrumentId).settle };
}

function walletsIn({ wallets }: LedgerAccount, scope: PoolScope): PoolFacts['wallets'] {
  const own = new Map<AssetId, Money>();
  for (const [asset, units] of wallets) {
    if (scope.kind === 'cross' && scope.asset !== asset) continue;
    own.set(asset, moneyFromUnits(units));
  }
  return own;
}

function positionFacts(instrument: Instrument, position: LedgerPosition): Position {
  const signedSize = quantityFromLots(position.lots, instrument.lotSize);
  const openValue = moneyFromUnits(position.openValue);
  const { fundingReceived } = position;
  return {
    instrumentId: position.instrumentId,
    positionSide: position.positionSide,
    signedSize,
    // No level looks at these.
    get entryPrice() {
      return entryPriceOf(instrument, { signedSize, openValue });
    },
    openValue,
    marginMode:
      position.marginKind === 'cross'
        ? { kind: 'cross' }
        : { kind: 'isolated', wallet: moneyFromUnits(position.isolatedWallet) },
    leverage: rate(position.leverage),
    get fundingReceived() {
      return moneyFromUnits(fundingReceived);
    },
    openedAt: position.openedAt,
  };
}

function orderFacts(instrument: Instrument, order: LedgerOrder): Order {
  return {
    id: order.orderId,
    instrumentId: order.instrumentId,
    positionSide: order.positionSide,
    signedSize: quantityFromLots(order.lots, instrument.lotSize),
    price: priceFromTicks(order.priceTicks, instrument.tickSize),
    reduceOnly: order.reduceOnly,
  };
}

export function marketOf(state: ShownState): Market {
  return {
    instruments: state.instruments,
    marks: new Map([...state.marks].map(([id, mark]) => [id, readingOfMark(state, id, mark)])),
    assetPrices: assetPricesOf(state),
  };
}

/** A mark with its status at the state's time. */
export function readingOfMark(state: ShownState, id: InstrumentId, mark: MarkState): MarkReading {
  const { fact } = mark;
  return {
    price: priceFromTicks(fact.markTicks, instrumentOf(state, id).tickSize),
    time: fact.venueTime,
    status: markStatusNow(state, mark),
  };
}

export function markStatusNow({ time }: ShownState, { fact }: MarkState): MarkStatus {
  const { venueTime, sources } = fact;
  return markStatusOf({ ageMs: time - venueTime, sources, limits: ONE_SECOND_FEED });
}

/** Index price of each collateral asset: at par for dollars, else the index of the coin's own contract. */
function assetPricesOf(state: ShownState): ReadonlyMap<AssetId, AssetPrice> {
  const prices = new Map<AssetId, AssetPrice>();
  for (const { asset, collateralWeight } of COLLATERAL_WEIGHTS) {
    const priced = isParAsset(asset) ? { index: PAR } : coinPriceOf(state, asset);
    if (priced === undefined) continue;
    prices.set(asset, { ...priced, bid: priced.index, ask: priced.index, collateralWeight });
  }
  return prices;
}

function coinPriceOf(
  state: ShownState,
  asset: AssetId,
): Pick<AssetPrice, 'index' | 'staleMark'> | undefined {
  const id = indexContractOf(state, asset);
  const mark = id === undefined ? undefined : state.marks.get(id);
  if (id === undefined || mark === undefined) return undefined;
  const index = priceFromTicks(mark.fact.indexTicks, instrumentOf(state, id).tickSize);
  return markStatusNow(state, mark) === 'stale' ? { index, staleMark: id } : { index };
}

/** The contract whose index prices a coin: the first of the coin that is not stale, else the first. */
export function indexContractOf(state: ShownState, asset: AssetId): InstrumentId | undefined {
  let first: InstrumentId | undefined;
  for (const [id, mark] of state.marks) {
    if (instrumentOf(state, id).base !== asset) continue;
    if (markStatusNow(state, mark) !== 'stale') return id;
    first ??= id;
  }
  return first;
}
