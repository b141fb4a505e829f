/** One account with everything it holds as bytes, and back: what the ledger keeps of an account that nobody is working on. */
import { assert } from '../contract.ts';
import { type PositionSide } from '../margin/account.ts';
import { accountId, assetId, instrumentId, poolId, type PoolId } from '../units/ids.ts';
import { lots, moneyUnits, NO_UNITS, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import {
  numberIn,
  putByte,
  putFloat,
  putInteger,
  putShort,
  putText,
  skipText,
  takeByte,
  takeFloat,
  takeInteger,
  takeShort,
  takeText,
  wordAt,
  type Bytes,
} from './bytes.ts';
import { putStanding, takeStanding } from './row-bytes.ts';
import { positionKey, type LedgerAccount, type LedgerOrder, type LedgerPosition } from './state.ts';

/** Names that many accounts share, by a number each: assets, contracts, kinds of pool. Only ever added to. */
export interface Names {
  readonly list: string[];
  readonly numbers: Map<string, number>;
}

/** Each under its place in the list. */
export function namesOf(list: readonly string[]): Names {
  return { list: [...list], numbers: new Map(list.map((name, number) => [name, number])) };
}

/** Its number, a new one for a name that was never there. */
export function numberOf({ list, numbers }: Names, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  list.push(name);
  numbers.set(name, list.length - 1);
  return list.length - 1;
}

/** The name of a number that `numberOf` gave. */
export function nameAt({ list }: Names, number: number): string {
  const name = list[number];
  assert(name !== undefined, 'a name of this number');
  return name;
}

const POSITION_MODES: readonly LedgerAccount['positionMode'][] = ['one-way', 'hedge'];
const ASSET_MODES: readonly LedgerAccount['assetMode'][] = ['single', 'multi'];
const MARGIN_KINDS: readonly LedgerPosition['marginKind'][] = ['cross', 'isolated'];
const SIDES: readonly PositionSide[] = ['both', 'long', 'short'];

/** What accounts hold together, by the number of an asset or contract. */
export interface Sums {
  readonly wallets: bigint[];
  readonly lots: bigint[];
  /** Of positions: isolated wallet - open value. */
  readonly positions: bigint[];
}

/** Adds what an account's bytes hold, once or minus once, without unpacking it. */
export function addRecord(sums: Sums, from: Bytes, sign: 1n | -1n): void {
  const add = (to: bigint[], number: number, amount: bigint): void => {
    to[number] = (to[number] ?? 0n) + sign * amount;
  };
  skipText(from);
  skipText(from);
  takeFloat(from);
  takeShort(from);
  for (let left = takeShort(from); left > 0; left -= 1)
    add(sums.wallets, takeShort(from), takeInteger(from));
  for (let left = takeShort(from); left > 0; left -= 1) {
    const instrument = takeShort(from);
    takeByte(from);
    const isolated = wordAt(MARGIN_KINDS, takeByte(from)) === 'isolated';
    add(sums.lots, instrument, takeInteger(from));
    const openValue = takeInteger(from);
    takeFloat(from);
    add(sums.positions, instrument, (isolated ? takeInteger(from) : 0n) - openValue);
    takeInteger(from);
    takeFloat(from);
  }
}

/** All of an account, with names by their numbers. Gives where its rows begin: what it holds lies before. */
export function putAccount(to: Bytes, names: Names, account: LedgerAccount): number {
  putText(to, account.accountId);
  putText(to, account.label);
  putFloat(to, account.openedAt);
  putByte(to, numberIn(POSITION_MODES, account.positionMode));
  putByte(to, numberIn(ASSET_MODES, account.assetMode));
  putShort(to, account.wallets.size);
  for (const [asset, amount] of account.wallets) {
    putShort(to, numberOf(names, asset));
    putInteger(to, amount);
  }
  putShort(to, account.positions.size);
  for (const position of account.positions.values()) putPosition(to, names, position);
  putShort(to, account.orders.size);
  for (const order of account.orders.values()) putOrder(to, names, order);
  const rowsAt = to.at;
  putShort(to, account.rows.size);
  for (const row of account.rows.values()) {
    assert(row.accountId === account.accountId, 'a row lies in its own account');
    putShort(to, numberOf(names, kindOfPool(row.poolId, account)));
    putStanding(to, row);
  }
  return rowsAt;
}

/** An account as it was put. */
export function takeAccount(from: Bytes, names: Names): LedgerAccount {
  const id = accountId(takeText(from));
  const label = takeText(from);
  const openedAt = timestampMs(takeFloat(from));
  const account: LedgerAccount = {
    accountId: id,
    label,
    openedAt,
    positionMode: wordAt(POSITION_MODES, takeByte(from)),
    assetMode: wordAt(ASSET_MODES, takeByte(from)),
    wallets: new Map(),
    positions: new Map(),
    orders: new Map(),
    rows: new Map(),
  };
  for (let left = takeShort(from); left > 0; left -= 1) {
    const asset = assetId(nameAt(names, takeShort(from)));
    account.wallets.set(asset, moneyUnits(takeInteger(from)));
  }
  for (let left = takeShort(from); left > 0; left -= 1) {
    const position = takePosition(from, names);
    account.positions.set(positionKey(position.instrumentId, position.positionSide), position);
  }
  for (let left = takeShort(from); left > 0; left -= 1) {
    const order = takeOrder(from, names);
    account.orders.set(order.orderId, order);
  }
  for (let left = takeShort(from); left > 0; left -= 1) {
    const pool = poolId(`${id}${nameAt(names, takeShort(from))}`);
    account.rows.set(pool, { poolId: pool, accountId: id, ...takeStanding(from) });
  }
  return account;
}

function putPosition(to: Bytes, names: Names, position: LedgerPosition): void {
  const isolated = position.marginKind === 'isolated';
  assert(isolated || position.isolatedWallet === 0n, 'a cross position has no wallet of its own');
  putShort(to, numberOf(names, position.instrumentId));
  putByte(to, numberIn(SIDES, position.positionSide));
  putByte(to, numberIn(MARGIN_KINDS, position.marginKind));
  putInteger(to, position.lots);
  putInteger(to, position.openValue);
  putFloat(to, position.leverage);
  if (isolated) putInteger(to, position.isolatedWallet);
  putInteger(to, position.fundingReceived);
  putFloat(to, position.openedAt);
}

function takePosition(from: Bytes, names: Names): LedgerPosition {
  const instrument = instrumentId(nameAt(names, takeShort(from)));
  const positionSide = wordAt(SIDES, takeByte(from));
  const marginKind = wordAt(MARGIN_KINDS, takeByte(from));
  const isolated = marginKind === 'isolated';
  return {
    instrumentId: instrument,
    positionSide,
    lots: lots(takeInteger(from)),
    openValue: moneyUnits(takeInteger(from)),
    leverage: takeFloat(from),
    marginKind,
    isolatedWallet: isolated ? moneyUnits(takeInteger(from)) : NO_UNITS,
    fundingReceived: moneyUnits(takeInteger(from)),
    openedAt: timestampMs(takeFloat(from)),
  };
}

function putOrder(to: Bytes, names: Names, order: LedgerOrder): void {
  putText(to, order.orderId);
  putShort(to, numberOf(names, order.instrumentId));
  putByte(to, numberIn(SIDES, order.positionSide));
  putByte(to, order.reduceOnly ? 1 : 0);
  putInteger(to, order.lots);
  putInteger(to, order.priceTicks);
}

function takeOrder(from: Bytes, names: Names): LedgerOrder {
  return {
    orderId: takeText(from),
    instrumentId: instrumentId(nameAt(names, takeShort(from))),
    positionSide: wordAt(SIDES, takeByte(from)),
    reduceOnly: takeByte(from) === 1,
    lots: lots(takeInteger(from)),
    priceTicks: ticks(takeInteger(from)),
  };
}

/** What comes after the account's name. */
function kindOfPool(id: PoolId, { accountId: owner }: LedgerAccount): string {
  assert(id.startsWith(owner), 'a pool is named after its account');
  return id.slice(owner.length);
}
