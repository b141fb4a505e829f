/**
 * The ledger: integer wallets and positions, every change with two sides. What is conserved, asset by asset and after every
 * event, is the sum over all accounts of wallet + isolated wallet - open value (LQ 1.1 L2); lots sum to zero (L1).
 */
import { assert } from '../contract.ts';
import { type PositionSide } from '../margin/account.ts';
import { gridOf, gridValue } from '../market/grid.ts';
import { type Instrument } from '../market/instrument.ts';
import {
  accountId,
  type AccountId,
  type AssetId,
  type InstrumentId,
  type PoolId,
} from '../units/ids.ts';
import {
  lots,
  moneyUnits,
  negated,
  NO_UNITS,
  type Lots,
  type MoneyUnits,
  type Ticks,
} from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';
import { type MovementText } from './row.ts';
import {
  positionKey,
  SYSTEM_ACCOUNTS,
  type EngineState,
  type LedgerAccount,
  type LedgerPosition,
  type PoolRow,
  type ShownState,
} from './state.ts';

/** A movement of money, amount never negative: who gave is `from`. An isolated wallet is named by `isolatedPartyOf`. */
export interface Movement {
  readonly from: string;
  readonly to: string;
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
  readonly reason: MovementText['reason'];
}

type SystemName = keyof typeof SYSTEM_ACCOUNTS;

const SYSTEM_IDS: ReadonlySet<string> = new Set(Object.values(SYSTEM_ACCOUNTS));

/** House accounts have any sign, are never margined and take no orders. */
export function isSystemAccount(id: AccountId): boolean {
  return SYSTEM_IDS.has(id);
}

export function makeLedgerAccount(p: {
  readonly accountId: AccountId;
  readonly label: string;
  readonly openedAt: TimestampMs;
  readonly positionMode: 'one-way' | 'hedge';
  readonly assetMode: 'single' | 'multi';
}): LedgerAccount {
  return { ...p, wallets: new Map(), positions: new Map(), orders: new Map(), rows: new Map() };
}

/** Opens the house accounts of a new run, empty. */
export function openSystemAccounts(state: EngineState): void {
  for (const id of Object.values(SYSTEM_ACCOUNTS)) {
    const account = makeLedgerAccount({
      accountId: accountId(id),
      label: id,
      openedAt: state.time,
      positionMode: 'one-way',
      assetMode: 'multi',
    });
    state.accounts.set(account.accountId, account);
  }
}

export function systemAccount(state: EngineState, name: SystemName): LedgerAccount {
  const account = state.accounts.get(accountId(SYSTEM_ACCOUNTS[name]));
  assert(account !== undefined, `the run has its ${name} account`);
  return account;
}

/** A trader's account; undefined for a name that is unknown or the house's own. */
export function traderOf(state: EngineState, id: AccountId): LedgerAccount | undefined {
  return isSystemAccount(id) ? undefined : state.accounts.get(id);
}

/** What the engine remembers of a margin pool; undefined for one that holds nothing. */
export function poolRowOf(state: EngineState, id: PoolId): PoolRow | undefined {
  return state.accounts.read(ownerOf(id))?.rows.get(id);
}

/** Rows of every pool: a pass over all accounts. */
export function allPoolRows({ accounts }: EngineState): readonly PoolRow[] {
  return [...accounts.values()].flatMap(({ rows }) => [...rows.values()]);
}

function ownerOf(id: PoolId): AccountId {
  return accountId(id.slice(0, id.indexOf('/')));
}

/** Cross wallet of one asset. An asset that never moved holds nothing. */
export function walletOf(account: LedgerAccount, asset: AssetId): MoneyUnits {
  return account.wallets.get(asset) ?? NO_UNITS;
}

/** One side of a booking: only for callers that book the other side in the same breath. */
export function credit(account: LedgerAccount, asset: AssetId, amount: bigint): void {
  account.wallets.set(asset, moneyUnits(walletOf(account, asset) + amount));
}

/** Name of an isolated wallet in a movement: the account and its position. */
export function isolatedPartyOf(account: LedgerAccount, position: LedgerPosition): string {
  return `${account.accountId}|${positionKey(position.instrumentId, position.positionSide)}`;
}

/** States a movement with a positive amount, whichever sign it came with. */
export function movementOf(p: {
  readonly from: string;
  readonly to: string;
  readonly asset: AssetId;
  readonly amount: bigint;
  readonly reason: MovementText['reason'];
}): Movement {
  if (p.amount >= 0n) return { ...p, amount: moneyUnits(p.amount) };
  return { ...p, from: p.to, to: p.from, amount: moneyUnits(-p.amount) };
}

/** Moves money between two cross wallets. The amount is not negative. */
export function moveMoney(p: {
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
  readonly reason: MovementText['reason'];
}): Movement {
  assert(p.amount >= 0n, 'a movement is not negative');
  credit(p.from, p.asset, negated(p.amount));
  credit(p.to, p.asset, p.amount);
  return movementOf({ ...p, from: p.from.accountId, to: p.to.accountId });
}

/** Puts a stated seed into the insurance fund, out of the treasury. */
export function seedInsuranceFund(
  state: EngineState,
  asset: AssetId,
  amount: MoneyUnits,
): Movement {
  return moveMoney({
    from: systemAccount(state, 'treasury'),
    to: systemAccount(state, 'insuranceFund'),
    asset,
    amount,
    reason: 'DEPOSIT',
  });
}

/** How a trade falls on what is held: the part that closes, then the part that opens. Both signed as the trade. */
export interface TradeParts {
  readonly closing: Lots;
  readonly opening: Lots;
}

export function splitTrade(held: Lots, traded: Lots): TradeParts {
  const sameWay = held === 0n || held > 0n === traded > 0n;
  if (sameWay) return { closing: lots(0n), opening: traded };
  const crosses = held > 0n ? negated(traded) > held : traded > negated(held);
  const closing = crosses ? negated(held) : traded;
  return { closing, opening: lots(traded - closing) };
}

/** One side of a trade: `value` is the trade's value at its price, rounded once for both sides (rulings D2). */
export interface Trade {
  readonly instrument: Instrument;
  readonly lots: Lots;
  readonly priceTicks: Ticks;
  readonly value: MoneyUnits;
}

export function tradeOf(instrument: Instrument, count: Lots, priceTicks: Ticks): Trade {
  return {
    instrument,
    lots: count,
    priceTicks,
    value: gridValue(gridOf(instrument), count, priceTicks),
  };
}

function mirrorOf(trade: Trade): Trade {
  return { ...trade, lots: negated(trade.lots), value: negated(trade.value) };
}

/**
 * Changes lots and open value of a position by a trade and gives the PnL realized, which the caller books. What closes releases
 * its share of the open value, cut toward zero; realized = -(value of the closing part) - release. What opens takes the rest of
 * the trade's value, so that wallet - open value changes by exactly -value (LQ 1.1).
 */
export function bookIntoPosition(position: LedgerPosition, trade: Trade): MoneyUnits {
  const { closing, opening } = splitTrade(position.lots, trade.lots);
  const closingValue =
    opening === 0n ? trade.value : gridValue(gridOf(trade.instrument), closing, trade.priceTicks);
  const value = closing === 0n ? NO_UNITS : closingValue;
  const realized = closing === 0n ? NO_UNITS : releaseShare(position, closing, value);
  position.lots = lots(position.lots + opening);
  position.openValue = moneyUnits(position.openValue + (trade.value - value));
  return realized;
}

function releaseShare(
  position: LedgerPosition,
  closing: Lots,
  closingValue: MoneyUnits,
): MoneyUnits {
  const release = (position.openValue * closing) / negated(position.lots);
  position.openValue = moneyUnits(position.openValue - release);
  position.lots = lots(position.lots + closing);
  return moneyUnits(negated(closingValue) - release);
}

/** Books the other side of a trade at the outside market, which holds one net position an instrument. */
export function bookOutside(state: EngineState, trade: Trade): void {
  const outside = systemAccount(state, 'outside');
  const position = positionOf(state, outside, {
    instrument: trade.instrument,
    positionSide: 'both',
  });
  credit(outside, trade.instrument.settle, bookIntoPosition(position, mirrorOf(trade)));
  dropIfFlat(outside, position);
}

/** The position of an instrument and side; a flat one is put there when there is none. */
export function positionOf(
  state: EngineState,
  account: LedgerAccount,
  p: { readonly instrument: Instrument; readonly positionSide: PositionSide },
): LedgerPosition {
  const key = positionKey(p.instrument.id, p.positionSide);
  const held = account.positions.get(key);
  if (held !== undefined) return held;
  const flat = flatPosition(p.instrument.id, p.positionSide, state.time);
  account.positions.set(key, flat);
  return flat;
}

function flatPosition(
  instrumentId: InstrumentId,
  positionSide: PositionSide,
  time: TimestampMs,
): LedgerPosition {
  return {
    instrumentId,
    positionSide,
    lots: lots(0n),
    openValue: NO_UNITS,
    leverage: 1,
    marginKind: 'cross',
    isolatedWallet: NO_UNITS,
    fundingReceived: NO_UNITS,
    openedAt: time,
  };
}

/** Forgets a position without lots; it must hold no value and no collateral any more. */
export function dropIfFlat(account: LedgerAccount, position: LedgerPosition): void {
  if (position.lots !== 0n) return;
  assert(
    position.openValue === 0n && position.isolatedWallet === 0n,
    'a flat position holds nothing',
  );
  account.positions.delete(positionKey(position.instrumentId, position.positionSide));
}

/** Positions that the cross pool of one settle asset backs. */
export function hasCrossPosition(
  state: EngineState,
  account: LedgerAccount,
  settle: AssetId,
): boolean {
  for (const position of account.positions.values()) {
    if (position.marginKind !== 'cross') continue;
    if (account.assetMode === 'multi') return true;
    if (instrumentOf(state, position.instrumentId).settle === settle) return true;
  }
  return false;
}

/** The instrument of a held position: it cannot be unknown. */
export function instrumentOf(state: ShownState, id: InstrumentId): Instrument {
  const instrument = state.instruments.get(id);
  assert(instrument !== undefined, 'the instrument of a position is known');
  return instrument;
}
