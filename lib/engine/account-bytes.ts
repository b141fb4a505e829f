/** One account with everything it holds as bytes, and back: what the ledger keeps of an account that nobody is working on. */
import { assert } from '../contract.ts';
import { type PositionSide } from '../margin/account.ts';
import { accountId, assetId, instrumentId, poolId, type PoolId } from '../units/ids.ts';
import { lots, moneyUnits, NO_UNITS, ticks } from '../units/scaled.ts';
import { timestampMs, type TimestampMs } from '../units/time.ts';
import { ALERT_STATES, type AlertRow } from './alerts.ts';
import {
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
  type Bytes,
} from './bytes.ts';
import {
  positionKey,
  type LedgerAccount,
  type LedgerOrder,
  type LedgerPosition,
  type LiquidationPhase,
  type PoolRow,
} from './state.ts';

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

/** One of a few words by its number. */
function numberIn<Word extends string>(words: readonly Word[], word: Word): number {
  const number = words.indexOf(word);
  assert(number >= 0, `one of ${words.join(', ')}`);
  return number;
}

function wordAt<Word extends string>(words: readonly Word[], number: number): Word {
  const word = words[number];
  assert(word !== undefined, `one of ${words.join(', ')}`);
  return word;
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

/** All of an account, with names by their numbers. */
export function putAccount(to: Bytes, names: Names, account: LedgerAccount): void {
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
  putShort(to, account.rows.size);
  for (const row of account.rows.values()) putRow(to, names, row, account);
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
    const row = takeRow(from, names, account);
    account.rows.set(row.poolId, row);
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

/** What an alert row has beside its state, a bit each; most have nothing. */
const BIT = {
  unknownSince: 1,
  freshSince: 2,
  acknowledged: 4,
  asking: 8,
  worsensBelow: 16,
  leftState: 32,
  returns: 64,
  pinnedUntil: 128,
  worseSince: 256,
  betterSince: 512,
  bounded: 1_024,
} as const;
const PHASE_SHIFT = 11;
const STATE_SHIFT = 13;
const TWO_BITS = 3;
const PHASES: readonly LiquidationPhase['kind'][] = [
  'none',
  'confirming',
  'liquidating',
  'liquidated',
];

function putRow(to: Bytes, names: Names, row: PoolRow, owner: LedgerAccount): void {
  const { alert, phase } = row;
  assert(row.accountId === owner.accountId, 'a row lies in its own account');
  putShort(to, numberOf(names, kindOfPool(row.poolId, owner)));
  putShort(
    to,
    presence(alert) +
      (row.bounded ? BIT.bounded : 0) +
      (numberIn(PHASES, phase.kind) << PHASE_SHIFT) +
      (numberIn(ALERT_STATES, alert.state) << STATE_SHIFT),
  );
  putFloat(to, alert.since);
  putTimes(to, alert);
  if (alert.acknowledged !== undefined) {
    putText(to, alert.acknowledged.by);
    putText(to, alert.acknowledged.note);
    putFloat(to, alert.acknowledged.at);
  }
  if (alert.asking !== undefined) {
    putFloat(to, alert.asking.since);
    putByte(to, alert.asking.told);
  }
  if (alert.leftState !== undefined) putByte(to, numberIn(ALERT_STATES, alert.leftState));
  if (alert.returns.length > 0) {
    putShort(to, alert.returns.length);
    for (const at of alert.returns) putFloat(to, at);
  }
  putPhase(to, phase);
}

/** What comes after the account's name. */
function kindOfPool(id: PoolId, { accountId: owner }: LedgerAccount): string {
  assert(id.startsWith(owner), 'a pool is named after its account');
  return id.slice(owner.length);
}

type Optional = Exclude<keyof typeof BIT, 'bounded' | 'returns'>;
/** Those that are one number. */
const NUMBERS = [
  'unknownSince',
  'freshSince',
  'worsensBelow',
  'pinnedUntil',
  'worseSince',
  'betterSince',
] as const satisfies readonly Optional[];
const OPTIONALS: readonly Optional[] = [...NUMBERS, 'acknowledged', 'asking', 'leftState'];

function presence(alert: AlertRow): number {
  let bits = alert.returns.length > 0 ? BIT.returns : 0;
  for (const key of OPTIONALS) if (alert[key] !== undefined) bits += BIT[key];
  return bits;
}

function putTimes(to: Bytes, alert: AlertRow): void {
  for (const key of NUMBERS) {
    const value = alert[key];
    if (value !== undefined) putFloat(to, value);
  }
}

function putPhase(to: Bytes, phase: LiquidationPhase): void {
  if (phase.kind === 'none') return;
  putFloat(to, phase.kind === 'liquidated' ? phase.at : phase.since);
  if (phase.kind !== 'confirming') putText(to, phase.planId);
}

function takeRow(from: Bytes, names: Names, owner: LedgerAccount): PoolRow {
  const id = poolId(`${owner.accountId}${nameAt(names, takeShort(from))}`);
  const bits = takeShort(from);
  const has = (bit: number): boolean => (bits & bit) !== 0;
  const since = timestampMs(takeFloat(from));
  const numberIf = (bit: number): number | undefined => (has(bit) ? takeFloat(from) : undefined);
  const timeIf = (bit: number): TimestampMs | undefined =>
    has(bit) ? timestampMs(takeFloat(from)) : undefined;
  // In the order of `NUMBERS`.
  const unknownSince = timeIf(BIT.unknownSince);
  const freshSince = timeIf(BIT.freshSince);
  const worsensBelow = numberIf(BIT.worsensBelow);
  const pinnedUntil = timeIf(BIT.pinnedUntil);
  const worseSince = timeIf(BIT.worseSince);
  const betterSince = timeIf(BIT.betterSince);
  const alert: AlertRow = {
    state: wordAt(ALERT_STATES, (bits >> STATE_SHIFT) & TWO_BITS),
    since,
    unknownSince,
    freshSince,
    acknowledged: has(BIT.acknowledged)
      ? { by: takeText(from), note: takeText(from), at: timestampMs(takeFloat(from)) }
      : undefined,
    asking: has(BIT.asking)
      ? { since: timestampMs(takeFloat(from)), told: takeByte(from) }
      : undefined,
    worsensBelow,
    leftState: has(BIT.leftState) ? wordAt(ALERT_STATES, takeByte(from)) : undefined,
    returns: has(BIT.returns) ? takeTimes(from) : [],
    pinnedUntil,
    worseSince,
    betterSince,
  };
  const phase = takePhase(from, (bits >> PHASE_SHIFT) & TWO_BITS);
  return { poolId: id, accountId: owner.accountId, alert, phase, bounded: has(BIT.bounded) };
}

function takeTimes(from: Bytes): TimestampMs[] {
  const times: TimestampMs[] = [];
  for (let left = takeShort(from); left > 0; left -= 1) times.push(timestampMs(takeFloat(from)));
  return times;
}

function takePhase(from: Bytes, number: number): LiquidationPhase {
  const kind = wordAt(PHASES, number);
  if (kind === 'none') return { kind: 'none' };
  const time = timestampMs(takeFloat(from));
  if (kind === 'confirming') return { kind, since: time };
  const planId = takeText(from);
  return kind === 'liquidated' ? { kind, planId, at: time } : { kind, planId, since: time };
}
