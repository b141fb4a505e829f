/** What must hold between the parts of an account file. Each rule gives a sentence with place, value and expectation. */
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { decimalText, ZERO, type Decimal } from '../units/decimal.ts';
import { utcText } from '../units/time.ts';
import { type AccountRecord, type PositionRecord } from './account-schema.ts';
import { isolatedByAsset } from './account-wallets.ts';

/** All problems at once; empty when the file holds together. */
export function inconsistenciesOf(
  file: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): readonly string[] {
  return [
    ...repetitionsOf(file),
    ...file.positions.flatMap((position, index) => positionProblems(file, position, index)),
    ...file.orders.flatMap((order, index) => sideProblems(file, order, `orders[${index}]`)),
    ...file.orders.flatMap((order, index) =>
      order.price === undefined && order.triggerPrice === undefined
        ? [`orders[${index}].price is missing; expected a price, or a triggerPrice`]
        : [],
    ),
    ...file.positions.flatMap((position, index) => costProblems(instruments, position, index)),
    ...futureTimes(file),
    ...assetPriceProblems(file),
    ...walletProblems(file, instruments),
  ];
}

function repetitionsOf(file: AccountRecord): readonly string[] {
  const byAsset = ['balances', 'debts', 'assetPrices', 'collateralWeights'] as const;
  const bySymbol = ['instruments', 'marks', 'indexPrices', 'lastPrices'] as const;
  const bySide = ['positions', 'funding'] as const;
  return [
    ...byAsset.flatMap((list) =>
      repeats(
        list,
        file[list].map(({ asset }) => asset),
      ),
    ),
    ...bySymbol.flatMap((list) =>
      repeats(
        list,
        file[list].map(({ symbol }) => symbol),
      ),
    ),
    ...bySide.flatMap((list) =>
      repeats(
        list,
        file[list].map((row) => `${row.symbol} ${row.positionSide}`),
      ),
    ),
    ...repeats(
      'orders',
      file.orders.map((order, index) => order.id ?? `#${index + 1}`),
    ),
  ];
}

function repeats(list: string, names: readonly string[]): readonly string[] {
  const firstAt = new Map<string, number>();
  return names.flatMap((name, index) => {
    const first = firstAt.get(name);
    if (first === undefined) {
      firstAt.set(name, index);
      return [];
    }
    return [
      `${list}[${index}] is "${name}" again; expected it once, it stands at ${list}[${first}]`,
    ];
  });
}

function positionProblems(
  file: AccountRecord,
  position: PositionRecord,
  index: number,
): readonly string[] {
  const place = `positions[${index}]`;
  const problems = [...sideProblems(file, position, place)];
  const { positionSide, size, marginMode, isolatedMargin } = position;
  if (positionSide === 'long' && size.isNegative()) {
    problems.push(`${place}.size is "${decimalText(size)}"; expected above zero on the long side`);
  }
  if (positionSide === 'short' && !size.isNegative()) {
    problems.push(`${place}.size is "${decimalText(size)}"; expected below zero on the short side`);
  }
  if (marginMode === 'cross' && isolatedMargin !== null) {
    const given = decimalText(isolatedMargin);
    problems.push(`${place}.isolatedMargin is "${given}"; expected null on a cross position`);
  }
  if (marginMode === 'isolated' && file.assetMode === 'multi' && file.venue === 'binance-usdm') {
    problems.push(`${place}.marginMode is "isolated"; expected "cross" in multi asset mode`);
  }
  return problems;
}

function sideProblems(
  file: AccountRecord,
  row: { readonly positionSide: 'both' | 'long' | 'short' },
  place: string,
): readonly string[] {
  const single = row.positionSide === 'both';
  if (single === (file.positionMode === 'one-way')) return [];
  return [
    single
      ? `${place}.positionSide is "both"; expected "long" or "short" in hedge mode`
      : `${place}.positionSide is "${row.positionSide}"; expected "both" in one-way mode, or a positionMode of "hedge"`,
  ];
}

/** A printed entry is cut; its exact cost lies this close to it. */
const COST_SLACK = '0.001';

function costProblems(
  instruments: ReadonlyMap<string, Instrument>,
  { symbol, cost, size, entryPrice }: PositionRecord,
  index: number,
): readonly string[] {
  const instrument = instruments.get(symbol);
  if (cost === undefined || instrument === undefined) return [];
  const implied = notionalOf(instrument, size, entryPrice);
  if (cost.minus(implied).abs().lte(implied.times(COST_SLACK))) return [];
  return [
    `positions[${index}].cost is "${decimalText(cost)}"; expected within 0.1 % of size at entryPrice, "${decimalText(implied)}"`,
  ];
}

function futureTimes(file: AccountRecord): readonly string[] {
  const asOf = utcText(file.asOf);
  const late = (place: string, time: number | undefined, text: () => string) =>
    time !== undefined && time > file.asOf
      ? [`${place} is "${text()}"; expected no later than asOf, "${asOf}"`]
      : [];
  const quotes = (['marks', 'indexPrices', 'lastPrices'] as const).flatMap((list) =>
    file[list].flatMap(({ time }, index) =>
      late(`${list}[${index}].time`, time, () => utcText(time ?? file.asOf)),
    ),
  );
  const openings = file.positions.flatMap(({ openedAt }, index) =>
    late(`positions[${index}].openedAt`, openedAt, () => utcText(openedAt ?? file.asOf)),
  );
  return [...quotes, ...openings];
}

function assetPriceProblems(file: AccountRecord): readonly string[] {
  return file.assetPrices.flatMap(({ price, bid, ask }, index) => {
    const low = bid ?? price;
    const high = ask ?? price;
    if (low.lte(price) && price.lte(high)) return [];
    return [
      `assetPrices[${index}].price is "${decimalText(price)}"; expected from its bid "${decimalText(low)}" to its ask "${decimalText(high)}"`,
    ];
  });
}

/** A wallet holds what it has assigned to isolated positions; a wallet below zero is a debt and assigns nothing. */
function walletProblems(
  file: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): readonly string[] {
  return [...isolatedByAsset(file, instruments)].flatMap(([asset, assigned]) => {
    const index = file.balances.findIndex((balance) => balance.asset === asset);
    const wallet: Decimal = file.balances[index]?.wallet ?? ZERO;
    if (assigned.lte(wallet) || assigned.isZero()) return [];
    const place = index < 0 ? `balances of ${asset}` : `balances[${index}].wallet`;
    return [
      `${place} is "${decimalText(wallet)}"; expected at least "${decimalText(assigned)}", which isolated positions hold of it`,
    ];
  });
}
