/**
 * The account file: import, export, `npm run evaluate` and tests read it. A file is taken whole or not at all; whatever it
 * leaves to us is said under `assumptions`, and the venue's own figures in it are compared, never used.
 */
import { fail, ok, type Result } from '../contract.ts';
import {
  type Account,
  type AssetPrice,
  type Market,
  type Order,
  type Position,
} from '../margin/account.ts';
import { contractValue } from '../margin/requirement.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { type Instrument } from '../market/instrument.ts';
import { markStatusOf, ONE_SECOND_FEED, type MarkReading } from '../market/mark.ts';
import { decimalText, ONE, roundTo } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, type AssetId, type InstrumentId } from '../units/ids.ts';
import { money, negate, price, rate, type Money, type Price, type Rate } from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { inconsistenciesOf } from './account-checks.ts';
import { contractsOf } from './account-instruments.ts';
import {
  accountSchema,
  type AccountRecord,
  type OrderRecord,
  type PositionRecord,
} from './account-schema.ts';
import { crossWalletsOf, isolatedMarginOf } from './account-wallets.ts';
import { readBy } from './field.ts';
import { parseJson } from './json-text.ts';
import { ruleSetOf, rulesAssumption } from './rule-sets.ts';

export const ACCOUNT_FILE_BYTES_MAX = 5_000_000;
const WHOLE = 'the account file';

/** A file that was taken: its own words, the contracts they speak of, and what had to be supposed. */
export interface AccountFile {
  readonly record: AccountRecord;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly assumptions: readonly string[];
}

export interface AccountFacts {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
  readonly assumptions: readonly string[];
}

/** Reads an account file, or says everything that is wrong with it: first with its form, then with how its parts fit. */
export function parseAccountFile(text: string): Result<AccountFile, readonly string[]> {
  if (text.length > ACCOUNT_FILE_BYTES_MAX) {
    return fail([
      `${WHOLE} has ${text.length} characters; expected at most ${ACCOUNT_FILE_BYTES_MAX}`,
    ]);
  }
  const json = parseJson(text, WHOLE);
  if (!json.ok) return json;
  const record = readBy(accountSchema, json.value, WHOLE);
  if (!record.ok) return record;
  const { instruments, assumptions, problems } = contractsOf(record.value);
  const all = [...problems, ...inconsistenciesOf(record.value, instruments)];
  return all.length > 0 ? fail(all) : ok({ record: record.value, instruments, assumptions });
}

/** The facts that `assessAccount` reads. */
export function toFacts({ record, instruments, assumptions }: AccountFile): AccountFacts {
  const held = record.positions.flatMap((position) => {
    const instrument = instruments.get(position.symbol);
    return instrument === undefined ? [] : [{ position, instrument }];
  });
  const prices = assetPricesOf(record);
  const rules = ruleSetOf(record, instruments);
  return {
    account: {
      id: accountId(record.account),
      positionMode: record.positionMode,
      assetMode: record.assetMode,
      wallets: crossWalletsOf(record, instruments),
      positions: held.map(({ position, instrument }) =>
        positionOf(record, rules, position, instrument),
      ),
      orders: record.orders.flatMap(orderOf),
    },
    market: {
      instruments: new Map([...instruments.values()].map((one) => [one.id, one])),
      marks: marksOf(record),
      indexPrices: indexPricesOf(record, instruments),
      assetPrices: prices,
    },
    rules,
    assumptions: [
      ...assumptions,
      ...rulesAssumption(record, rules),
      ...held.flatMap(({ position, instrument }) => marginAssumption(position, instrument)),
      ...walletAssumptions(record, instruments),
      ...orderAssumptions(record),
      ...markAssumptions(record),
      ...priceAssumptions(record),
    ],
  };
}

function positionOf(
  record: AccountRecord,
  rules: VenueRules,
  position: PositionRecord,
  instrument: Instrument,
): Position {
  const { size, entryPrice, positionSide, leverage, openedAt } = position;
  const paid = record.funding.find(
    (row) => row.symbol === position.symbol && row.positionSide === positionSide,
  )?.paid;
  const held = { instrument, position: { signedSize: size } };
  const atEntry = contractValue(rules, held, entryPrice);
  const exact = position.cost ?? bookedValue(record, money(atEntry.abs()));
  return {
    instrumentId: instrument.id,
    positionSide,
    signedSize: size,
    entryPrice,
    openValue: atEntry.isNegative() ? negate(exact) : exact,
    marginMode:
      position.marginMode === 'cross'
        ? { kind: 'cross' }
        : { kind: 'isolated', wallet: isolatedMarginOf(instrument, position) },
    leverage,
    ...(paid === undefined ? {} : { fundingReceived: negate(paid) }),
    ...(openedAt === undefined ? {} : { openedAt }),
  };
}

/** Our own book holds value at entry on the ledger's grid; a watched venue keeps it exact. */
function bookedValue(record: AccountRecord, value: Money): Money {
  return record.venue === 'house'
    ? money(roundTo(value, MONEY_DECIMALS, houseRules.rounding.notional))
    : value;
}

/** An order that waits for a trigger reserves nothing until it is pulled: it is no fact of margin yet. */
function orderOf(order: OrderRecord, index: number): readonly Order[] {
  if (order.triggerPrice !== undefined || order.price === undefined) return [];
  return [
    {
      id: order.id ?? `#${index + 1}`,
      instrumentId: instrumentId(order.symbol),
      positionSide: order.positionSide,
      signedSize: order.size,
      price: order.price,
      reduceOnly: order.reduceOnly,
      ...(order.leverage === undefined ? {} : { leverage: order.leverage }),
    },
  ];
}

function marksOf(record: AccountRecord): ReadonlyMap<InstrumentId, MarkReading> {
  return new Map(
    record.marks.map(({ symbol, price: at, time = record.asOf }) => [
      instrumentId(symbol),
      {
        price: at,
        time,
        status: markStatusOf({
          ageMs: record.asOf - time,
          sources: undefined,
          limits: ONE_SECOND_FEED,
        }),
      },
    ]),
  );
}

/** Inverse contracts are valued at the mark everywhere, so an index of theirs must not come between. */
function indexPricesOf(
  record: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): ReadonlyMap<InstrumentId, Price> {
  return new Map(
    record.indexPrices.flatMap(({ symbol, price: at }) =>
      instruments.get(symbol)?.kind === 'linear' ? [[instrumentId(symbol), at] as const] : [],
    ),
  );
}

const DOLLAR = assetId('USD');

/** Bid and ask are the price itself where the file gives none; a dollar is a dollar. */
function assetPricesOf(record: AccountRecord): ReadonlyMap<AssetId, AssetPrice> {
  const one = price(ONE);
  const given = record.assetPrices.map((row): [AssetId, AssetPrice] => [
    assetId(row.asset),
    assetPriceOf(row.price, weightOf(record, row.asset), row.bid, row.ask),
  ]);
  return new Map([[DOLLAR, assetPriceOf(one, weightOf(record, DOLLAR))], ...given]);
}

function assetPriceOf(index: Price, collateralWeight: Rate, bid = index, ask = index): AssetPrice {
  return { index, bid, ask, collateralWeight };
}

function weightOf(record: AccountRecord, asset: string): Rate {
  return record.collateralWeights.find((row) => row.asset === asset)?.weight ?? rate(ONE);
}

function marginAssumption(position: PositionRecord, instrument: Instrument): readonly string[] {
  if (position.marginMode === 'cross' || position.isolatedMargin !== null) return [];
  const margin = decimalText(isolatedMarginOf(instrument, position));
  return [
    `${position.symbol} ${position.positionSide}: isolated margin is not given; value at entry / leverage, ${margin} ${instrument.settle}, is supposed`,
  ];
}

function walletAssumptions(
  record: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): readonly string[] {
  const known = new Set(record.balances.map((row) => row.asset));
  const settles = new Set(
    record.positions.flatMap((row) => instruments.get(row.symbol)?.settle ?? []),
  );
  const missing = [...settles].filter((asset) => !known.has(asset));
  const owed = record.balances.filter((row) => row.wallet.isNegative());
  return [
    ...missing.map((asset) => `${asset}: no balance is given; the wallet counts as 0`),
    ...owed.map(({ asset, wallet }) => `${asset}: the wallet of ${decimalText(wallet)} is a debt`),
  ];
}

function orderAssumptions(record: AccountRecord): readonly string[] {
  return record.orders.flatMap(({ symbol, triggerPrice, triggerPriceType }, index) =>
    triggerPrice === undefined
      ? []
      : [
          `orders[${index}] of ${symbol} waits for the ${triggerPriceType ?? 'venue’s trigger'} price ${decimalText(triggerPrice)}; it reserves nothing until then`,
        ],
  );
}

function markAssumptions(record: AccountRecord): readonly string[] {
  return record.marks.flatMap(({ symbol, time }) =>
    time === undefined ? [`${symbol}: the mark has no time; it is taken as of the file's`] : [],
  );
}

function priceAssumptions(record: AccountRecord): readonly string[] {
  if (record.assetMode === 'single') return [];
  return record.assetPrices.flatMap(({ asset, bid, ask }) =>
    bid === undefined || ask === undefined
      ? [`${asset}: bid or ask is not given; the price stands for it`]
      : [],
  );
}
