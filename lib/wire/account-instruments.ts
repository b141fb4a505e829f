/** Contracts of an account file: the built-in table, with what the file overrides. Nothing is supposed without being said. */
import { fail, ok, type Result } from '../contract.ts';
import { binanceContract, BINANCE_SYMBOLS } from '../market/binance-contracts.ts';
import { BINANCE_TIERS_DATE } from '../market/binance-tiers-date.ts';
import {
  checkInstrument,
  deductionAfter,
  type Instrument,
  type MarginGrowth,
  type RiskTier,
  type TierTable,
} from '../market/instrument.ts';
import { ONE } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { money, NO_MONEY, quantity, rate } from '../units/money.ts';
import { type AccountRecord, type InstrumentRecord } from './account-schema.ts';
import { tierTableOf } from './tier-answers.ts';

export interface Contracts {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly assumptions: readonly string[];
  readonly problems: readonly string[];
}

interface Contract {
  readonly instrument: Instrument;
  readonly assumptions: readonly string[];
}

/** Every contract that the file speaks of, or a sentence for each that is unknown or does not hold together. */
export function contractsOf(file: AccountRecord): Contracts {
  const instruments = new Map<string, Instrument>();
  const assumptions: string[] = [];
  const problems: string[] = [];
  for (const [symbol, place] of symbolsOf(file)) {
    const index = file.instruments.findIndex((record) => record.symbol === symbol);
    const contract = contractOf({ symbol, place, record: file.instruments[index], index, file });
    if (!contract.ok) {
      problems.push(contract.error);
      continue;
    }
    instruments.set(symbol, withFeeTier(contract.value.instrument, file, index));
    assumptions.push(...contract.value.assumptions);
  }
  return { instruments, assumptions, problems };
}

/** Each symbol with the place where it stands first. */
function symbolsOf(file: AccountRecord): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const lists = [
    'positions',
    'orders',
    'marks',
    'indexPrices',
    'lastPrices',
    'funding',
    'instruments',
  ] as const;
  for (const list of lists) {
    for (const [index, { symbol }] of file[list].entries()) {
      if (!places.has(symbol)) places.set(symbol, `${list}[${index}].symbol`);
    }
  }
  return places;
}

function contractOf(p: {
  readonly symbol: string;
  /** Where it stands first. */
  readonly place: string;
  readonly record: InstrumentRecord | undefined;
  readonly index: number;
  readonly file: AccountRecord;
}): Result<Contract> {
  const { symbol, place, record, index, file } = p;
  const builtIn = binanceContract(symbol);
  if (record === undefined && builtIn === undefined) {
    return fail(
      `${place} is "${symbol}"; expected one of the ${BINANCE_SYMBOLS.length} built-in symbols, or a description of it under instruments`,
    );
  }
  const isTold = record?.tiers !== undefined || record?.marginGrowth !== undefined;
  const tiersSupposed = isTold ? [] : [tiersSentence(symbol)];
  if (record === undefined && builtIn !== undefined) {
    const grid = builtIn.gridKnown ? [] : [gridSentence(symbol, builtIn.instrument)];
    return ok({ instrument: builtIn.instrument, assumptions: [...tiersSupposed, ...grid] });
  }
  const table = tableProblem(record, file.venue);
  if (table !== undefined) return fail(`instruments[${index}].${table}`);
  const tierTable = record?.tierTable ?? tierTableOf(file.venue);
  const described = describedBy(symbol, record, builtIn?.instrument, index, tierTable);
  if (!described.ok) return described;
  const checked = checkInstrument(
    described.value,
    record?.tiers === undefined ? 'progressive' : tierTable,
  );
  if (!checked.ok) return fail(`instruments[${index}] does not hold together: ${checked.error}`);
  return ok({ instrument: checked.value, assumptions: tiersSupposed });
}

/** Venues whose own tables make maintenance continuous, and whose rules hold for no other. */
const PROGRESSIVE: readonly string[] = ['house', 'binance-usdm', 'binance-coinm'];

/** What the record says of its table that the venue's rules cannot read. */
function tableProblem(record: InstrumentRecord | undefined, venue: string): string | undefined {
  const { tierTable, tiers, marginGrowth } = record ?? {};
  if (tierTable !== undefined && tiers === undefined) {
    return `tierTable is "${tierTable}" without tiers; expected them beside it`;
  }
  if (tierTable === 'flat' && PROGRESSIVE.includes(venue)) {
    return `tierTable is "flat"; expected "progressive" at ${venue}`;
  }
  return marginGrowth === undefined || venue === 'deribit'
    ? undefined
    : `marginGrowth is given; expected tiers at ${venue}`;
}

function tiersSentence(symbol: string): string {
  return `${symbol}: risk tiers of Binance, ${BINANCE_TIERS_DATE}`;
}

function gridSentence(symbol: string, { tickSize, lotSize }: Instrument): string {
  return `${symbol}: tick ${tickSize.toFixed()}, lot ${lotSize.toFixed()} and liquidation fee are supposed; give them under instruments`;
}

const NEEDED = ['kind', 'base', 'quote', 'tickSize', 'lotSize', 'tiers'] as const;

/** The built-in contract under the file's own words; a symbol without one must say everything that margin depends on. */
function describedBy(
  symbol: string,
  record: InstrumentRecord | undefined,
  builtIn: Instrument | undefined,
  index: number,
  tierTable: TierTable,
): Result<Instrument> {
  const kind = record?.kind ?? builtIn?.kind;
  const base = record?.base ?? builtIn?.base;
  const quoted = record?.quote ?? builtIn?.quote;
  const tickSize = record?.tickSize ?? builtIn?.tickSize;
  const lotSize = record?.lotSize ?? builtIn?.lotSize;
  const tiers = givenTiers(record, tierTable) ?? builtIn?.tiers;
  if (
    kind === undefined ||
    base === undefined ||
    quoted === undefined ||
    tickSize === undefined ||
    lotSize === undefined ||
    tiers === undefined
  ) {
    const missing = NEEDED.filter((key) => record?.[key] === undefined);
    return fail(
      `instruments[${index}] describes "${symbol}" without ${missing.join(', ')}; expected them, since the built-in table has no such symbol`,
    );
  }
  const contractSize = record?.contractSize ?? builtIn?.contractSize;
  if (kind === 'inverse' && contractSize === undefined) {
    return fail(
      `instruments[${index}] describes "${symbol}", an inverse contract, without contractSize; expected its face value`,
    );
  }
  return ok({
    id: instrumentId(symbol),
    kind,
    expiry: expiryOf(record, builtIn),
    base: assetId(base),
    quote: assetId(quoted),
    settle: assetId(record?.settle ?? builtIn?.settle ?? (kind === 'linear' ? quoted : base)),
    contractSize: contractSize ?? ONE,
    tickSize,
    lotSize: quantity(lotSize),
    tiers,
    takerFeeRate: record?.takerFeeRate ?? builtIn?.takerFeeRate ?? NO_FEE,
    makerFeeRate: record?.makerFeeRate ?? builtIn?.makerFeeRate ?? NO_FEE,
    liquidationFeeRate: record?.liquidationFeeRate ?? builtIn?.liquidationFeeRate ?? NO_FEE,
    ...(record?.marginGrowth === undefined ? {} : { marginGrowth: record.marginGrowth }),
    funding: builtIn?.funding,
    dailyVolatility: builtIn?.dailyVolatility ?? UNMEASURED_VOLATILITY,
  });
}

/** A contract that the file describes without fees has none. */
const NO_FEE = rate(0);
/** No figure of an account file reads it. */
const UNMEASURED_VOLATILITY = 0.05;

function expiryOf(
  record: InstrumentRecord | undefined,
  builtIn: Instrument | undefined,
): Instrument['expiry'] {
  if (record?.deliveryTime !== undefined)
    return { kind: 'dated', deliveryTime: record.deliveryTime };
  return builtIn?.expiry ?? { kind: 'perpetual' };
}

function givenTiers(
  record: InstrumentRecord | undefined,
  table: TierTable,
): readonly RiskTier[] | undefined {
  const { tiers, marginGrowth } = record ?? {};
  if (tiers === undefined) return marginGrowth === undefined ? undefined : [baseTier(marginGrowth)];
  return tiersOf(tiers, table);
}

/** Where rates grow there is no table: its one row has no end, and nothing reads its rate. */
function baseTier({ maintenanceBase }: MarginGrowth): RiskTier {
  return {
    tier: 1,
    notionalFloor: NO_MONEY,
    notionalCap: money(NO_LIMIT),
    leverageMax: rate(NO_LIMIT),
    maintenanceMarginRate: maintenanceBase,
    maintenanceDeduction: NO_MONEY,
  };
}
const NO_LIMIT = '1000000000000000000';

function tiersOf(
  rows: NonNullable<InstrumentRecord['tiers']>,
  table: TierTable,
): readonly RiskTier[] {
  const tiers: RiskTier[] = [];
  for (const { maintenanceDeduction, ...row } of rows) {
    const previous = tiers.at(-1);
    const implied =
      previous === undefined || table === 'flat'
        ? NO_MONEY
        : deductionAfter(previous, row.notionalFloor, row.maintenanceMarginRate);
    tiers.push({
      ...row,
      tier: tiers.length + 1,
      maintenanceDeduction: maintenanceDeduction ?? implied,
    });
  }
  return tiers;
}

/** The account's own fee tier counts for every contract whose fees the file does not give. */
function withFeeTier(instrument: Instrument, file: AccountRecord, index: number): Instrument {
  if (file.feeTier === undefined) return instrument;
  const own = file.instruments[index];
  return {
    ...instrument,
    takerFeeRate: own?.takerFeeRate ?? file.feeTier.takerFeeRate,
    makerFeeRate: own?.makerFeeRate ?? file.feeTier.makerFeeRate,
  };
}
