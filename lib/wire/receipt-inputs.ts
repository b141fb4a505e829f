/** Everything that a receipt's figure was made of, as text: each group of values with its source and its time. */
import { type AssetPrice, type Position } from '../margin/account.ts';
import { type ReceiptFacts, type ReceiptSubject } from '../margin/receipt.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { type Decimal, decimalText } from '../units/decimal.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { utcText } from '../units/time.ts';

export type InputKind =
  | 'pool'
  | 'wallet'
  | 'position'
  /** Outside the pool; an order of the pool would join it. */
  | 'joined position'
  | 'order'
  | 'contract'
  | 'risk tier'
  | 'mark'
  | 'index'
  | 'asset price';

export interface InputValue {
  readonly name: string;
  readonly value: string;
  /** Empty where it has none. */
  readonly unit: string;
}

export interface ReceiptInput {
  readonly input: InputKind;
  /** Which one: a symbol with its side, an asset. */
  readonly of: string;
  readonly source: string;
  /** ISO time at which the values held; a day for tables; null where nobody told. */
  readonly time: string | null;
  readonly values: readonly InputValue[];
}

/** Where values come from, and when they held. */
export interface Provenance {
  readonly source: string;
  readonly time: string | null;
}
export type ProvenanceOf = (input: InputKind, of: string) => Provenance;

/** The inputs of one figure: nothing that it does not read. */
export function inputsOf(
  facts: ReceiptFacts,
  subject: ReceiptSubject,
  account: string,
  told: ProvenanceOf,
): readonly ReceiptInput[] {
  const { pool } = facts;
  const parts = [
    { input: 'pool', of: pool.id, values: poolValues(pool, account) } as const,
    ...[...pool.wallets].map(([asset, amount]) =>
      group('wallet', asset, [num('amount', amount, asset)]),
    ),
    ...pool.positions.map((position) => positionGroup('position', position, facts)),
    ...orderGroups(facts, subject),
    ...instrumentsIn(facts, subject).flatMap((id) => contractGroups(id, facts)),
    ...assetsIn(facts).flatMap((asset) => assetGroups(asset, facts)),
  ];
  return parts.map(({ input, of, values }) => ({ input, of, ...told(input, of), values }));
}

interface Group {
  readonly input: InputKind;
  readonly of: string;
  readonly values: readonly InputValue[];
}

function group(input: InputKind, of: string, values: readonly InputValue[]): Group {
  return { input, of, values };
}
function num(name: string, value: Decimal, unit = ''): InputValue {
  return { name, value: decimalText(value), unit };
}
function word(name: string, value: string): InputValue {
  return { name, value, unit: '' };
}

function poolValues({ scope }: PoolFacts, account: string): readonly InputValue[] {
  const own = word('account', account);
  switch (scope.kind) {
    case 'cross':
      return [own, word('scope', scope.kind), word('asset', scope.asset)];
    case 'multi-asset':
      return [own, word('scope', scope.kind)];
    case 'isolated':
      return [
        own,
        word('scope', scope.kind),
        word('symbol', scope.instrumentId),
        word('side', scope.positionSide),
      ];
  }
}

/** `BTCUSDT`, `BTCUSDT long`. */
export function positionName({
  instrumentId,
  positionSide,
}: Pick<Position, 'instrumentId' | 'positionSide'>): string {
  return positionSide === 'both' ? instrumentId : `${instrumentId} ${positionSide}`;
}

function positionGroup(
  input: 'position' | 'joined position',
  position: Position,
  { market }: ReceiptFacts,
): Group {
  const { instrumentId, positionSide, marginMode, openedAt } = position;
  const instrument = market.instruments.get(instrumentId);
  const settle = instrument?.settle ?? '';
  return group(input, positionName(position), [
    word('symbol', instrumentId),
    word('side', positionSide),
    num('size', position.signedSize, sizeUnit(instrument)),
    num('entry price', position.entryPrice, instrument?.quote),
    num('value at entry', position.openValue, settle),
    num('leverage', position.leverage),
    word('margin', marginMode.kind),
    ...(marginMode.kind === 'isolated' ? [num('isolated wallet', marginMode.wallet, settle)] : []),
    ...(openedAt === undefined ? [] : [word('opened at', utcText(openedAt))]),
  ]);
}

/** Linear sizes of one coin each are in the coin. */
function sizeUnit(instrument: Instrument | undefined): string {
  const isCoins = instrument?.kind === 'linear' && instrument.contractSize.eq(1);
  return isCoins ? instrument.base : 'contracts';
}

/** Orders count where the venue's search keeps back what they reserve. */
function ordersCount({ rules }: ReceiptFacts, subject: ReceiptSubject): boolean {
  return subject.figure !== 'margin-ratio' && rules.terms?.cross.searchKeepsOrders === true;
}

function orderGroups(facts: ReceiptFacts, subject: ReceiptSubject): readonly Group[] {
  if (!ordersCount(facts, subject)) return [];
  const { orders, orderPositions, positions } = facts.pool;
  const joined = orderPositions.filter(
    (position) =>
      !positions.includes(position) &&
      orders.some((order) => order.instrumentId === position.instrumentId),
  );
  return [
    ...joined.map((position) => positionGroup('joined position', position, facts)),
    ...orders.map((order, index) => {
      const instrument = facts.market.instruments.get(order.instrumentId);
      return group('order', `${index + 1}`, [
        word('id', order.id),
        word('symbol', order.instrumentId),
        word('side', order.positionSide),
        num('size', order.signedSize, sizeUnit(instrument)),
        num('price', order.price, instrument?.quote),
        word('reduce only', order.reduceOnly ? 'yes' : 'no'),
        ...(order.leverage === undefined ? [] : [num('leverage', order.leverage)]),
      ]);
    }),
  ];
}

function instrumentsIn(facts: ReceiptFacts, subject: ReceiptSubject): readonly InstrumentId[] {
  const { positions, orders } = facts.pool;
  const held = positions.map(({ instrumentId }) => instrumentId);
  const ordered = ordersCount(facts, subject) ? orders.map((order) => order.instrumentId) : [];
  return [...new Set([...held, ...ordered])];
}

function contractGroups(id: InstrumentId, { market }: ReceiptFacts): readonly Group[] {
  const instrument = market.instruments.get(id);
  const mark = market.marks.get(id);
  const index = market.indexPrices?.get(id);
  if (instrument === undefined) return [];
  return [
    contractGroup(instrument),
    ...instrument.tiers.map((tier) => tierGroup(instrument, tier)),
    ...(mark === undefined
      ? []
      : [
          group('mark', id, [
            num('price', mark.price, instrument.quote),
            word('state', mark.status),
          ]),
        ]),
    ...(index === undefined ? [] : [group('index', id, [num('price', index, instrument.quote)])]),
  ];
}

function contractGroup(instrument: Instrument): Group {
  const { id, kind, base, quote, settle, marginGrowth } = instrument;
  return group('contract', id, [
    word('kind', kind),
    word('base', base),
    word('quote', quote),
    word('settle', settle),
    num('contract size', instrument.contractSize, kind === 'linear' ? base : quote),
    num('tick', instrument.tickSize, quote),
    num('taker fee rate', instrument.takerFeeRate),
    ...(marginGrowth === undefined
      ? []
      : [
          num('initial base rate', marginGrowth.initialBase),
          num('maintenance base rate', marginGrowth.maintenanceBase),
          num('growth per coin', marginGrowth.perCoin),
        ]),
  ]);
}

function tierGroup({ id, settle }: Instrument, tier: RiskTier): Group {
  return group('risk tier', `${id} ${tier.tier}`, [
    word('symbol', id),
    word('tier', String(tier.tier)),
    num('floor', tier.notionalFloor, settle),
    num('cap', tier.notionalCap, settle),
    num('largest leverage', tier.leverageMax),
    num('maintenance rate', tier.maintenanceMarginRate),
    num('deduction', tier.maintenanceDeduction, settle),
  ]);
}

/** Prices of assets count in pools that are counted in USD. */
function assetsIn({ pool, market }: ReceiptFacts): readonly AssetId[] {
  if (pool.scope.kind !== 'multi-asset') return [];
  const settles = pool.positions.flatMap(
    ({ instrumentId }) => market.instruments.get(instrumentId)?.settle ?? [],
  );
  return [...new Set([...pool.wallets.keys(), ...settles])];
}

function assetGroups(asset: AssetId, { market }: ReceiptFacts): readonly Group[] {
  const given: AssetPrice | undefined = market.assetPrices.get(asset);
  if (given === undefined) return [];
  return [
    group('asset price', asset, [
      num('index', given.index, 'USD'),
      num('bid', given.bid, 'USD'),
      num('ask', given.ask, 'USD'),
      num('collateral weight', given.collateralWeight),
    ]),
  ];
}
