/** One account out of what was found: merged, checked row by row, as an account file. */
import { fail, ok, type Result } from '../../contract.ts';
import { utcText, type TimestampMs } from '../../units/time.ts';
import { type AccountFile } from '../account-file.ts';
import { VENUES } from '../account-schema.ts';
import { type Doubt, type DoubtfulRejected, type Found, type Rejected, type Row } from './found.ts';
import { merged, type Lists, type MergedRow } from './merge.ts';
import { OWN_SOURCE } from './own-file.ts';
import { defined, takenOf } from './taken-rows.ts';
import { withFamilyTiers } from './tier-readers.ts';
import { latestOf } from './venue-field.ts';

export interface Imported {
  readonly venue: string;
  /** Kinds of the texts, in their order. */
  readonly sources: readonly string[];
  /** The account file's own words, rejected rows left out: what is kept and exported. */
  readonly content: Row;
  readonly rejected: readonly Rejected[];
  /** What the rejected rows were about: pools that they might change are in doubt. */
  readonly doubts: readonly Doubt[];
  /** Settle assets of cross positions of which no text gives a balance: what backs them is not known. */
  readonly unbacked: readonly string[];
  /** What was supposed on the way into the file. */
  readonly notes: readonly string[];
  /** What was understood. Contracts are those of the rule set, or of our own where there is none yet. */
  readonly file: AccountFile;
  /** Why there are no figures: the venue's rule set is not known. */
  readonly withoutRules: string | undefined;
}

export function assembled(
  found: readonly Found[],
  readAt: TimestampMs,
): Result<Imported, readonly string[]> {
  const parts = withFamilyTiers(found);
  const [venue, ...others] = [...new Set(parts.map((part) => part.venue))];
  if (venue === undefined || others.length > 0) {
    return fail([
      `the texts are of several venues: ${[venue, ...others].join(', ')}; expected one account of one venue`,
    ]);
  }
  const isOwn = parts.every(({ source }) => source === OWN_SOURCE);
  if (isOwn && parts.length > 1) {
    return fail([
      `${parts.length} account files are given; expected one, each is an account of its own`,
    ]);
  }
  const { lists, notes } = merged(
    parts.map(({ rows }) => rows),
    !isOwn,
  );
  const held = withFiguresOnly(isOwn ? lists : withModes(onlyHeld(lists)));
  const head = isOwn ? ownHead(parts) : headOf(parts, venue, held, readAt);
  const taken = takenOf(head.row, held, isKnown(venue));
  if (!taken.ok) return taken;
  const { file, content, rejected } = taken.value;
  const told = [...notes, ...head.notes, ...taken.value.notes];
  const all = [...parts.flatMap((part) => part.rejected), ...rejected].filter(
    (one) => isOwn || isOfInterest(lists, one),
  );
  return ok({
    venue,
    sources: parts.map(({ source }) => source),
    content,
    rejected: all.map(({ place, reason }) => ({ place, reason })),
    doubts: all.map(({ about = {} }) => about),
    unbacked: isOwn ? [] : unbackedIn(file),
    notes: [...new Set([...parts.flatMap((part) => part.notes), ...told])],
    file,
    withoutRules: isKnown(venue)
      ? undefined
      : `rule set ${venue} is not known yet: what the account holds is shown, but no figures`,
  });
}

function unbackedIn({ record, instruments }: AccountFile): readonly string[] {
  const { balances, positions, assetMode } = record;
  const given = new Set(balances.map(({ asset }) => asset));
  const settles = positions.flatMap(({ symbol, marginMode }) => {
    const settle = instruments.get(symbol)?.settle;
    return settle === undefined || marginMode === 'isolated' ? [] : [settle];
  });
  const missing = settles.filter((asset) => !given.has(asset));
  // In multi-asset mode whatever there is backs everything.
  return assetMode === 'multi' && given.size > 0 ? [] : [...new Set(missing)];
}

/** Lists of the whole market: what the account has nothing of is left out without a word, good or bad. */
const OF_MARKET: readonly unknown[] = ['marks', 'instruments'];

function isOfInterest(lists: Lists, { about }: DoubtfulRejected): boolean {
  const { list, symbol } = about ?? {};
  if (!OF_MARKET.includes(list) || symbol === undefined) return true;
  return [...lists.positions, ...lists.orders].some(({ row }) => row['symbol'] === symbol);
}

function isKnown(venue: string): boolean {
  return VENUES.some((one) => one === venue);
}

/** Answers list every contract and coin of the venue: what the account has nothing of is left out. */
function onlyHeld(lists: Lists): Lists {
  const symbols = new Set([...lists.positions, ...lists.orders].map(({ row }) => row['symbol']));
  const assets = new Set([...lists.balances, ...lists.debts].map(({ row }) => row['asset']));
  const ofSymbol = (rows: readonly MergedRow[]) =>
    rows.filter(({ row }) => symbols.has(row['symbol']));
  const ofAsset = (rows: readonly MergedRow[]) =>
    rows.filter(({ row }) => assets.has(row['asset']));
  return {
    ...lists,
    marks: ofSymbol(lists.marks),
    indexPrices: ofSymbol(lists.indexPrices),
    lastPrices: ofSymbol(lists.lastPrices),
    funding: ofSymbol(lists.funding),
    instruments: ofSymbol(lists.instruments).filter(({ row }) => Object.keys(row).length > 1),
    positionFigures: ofSymbol(lists.positionFigures),
    assetPrices: ofAsset(lists.assetPrices),
    collateralWeights: ofAsset(lists.collateralWeights),
  };
}

function isHedged(lists: Lists): boolean {
  return [...lists.positions, ...lists.orders].some(({ row }) => isLeg(row['positionSide']));
}

function isLeg(side: unknown): boolean {
  return side === 'long' || side === 'short';
}

/** Some venues choose the mode by symbol, an account file has one: a one-way row in hedge mode is the leg of its sign. */
function withModes(lists: Lists): Lists {
  if (!isHedged(lists)) return lists;
  const side = ({ row }: MergedRow, opens: boolean): string =>
    String(row['size']).startsWith('-') === opens ? 'short' : 'long';
  const legOf = (one: MergedRow): MergedRow =>
    isLeg(one.row['positionSide'])
      ? one
      : { ...one, row: { ...one.row, positionSide: side(one, one.row['reduceOnly'] !== true) } };
  const sides = new Map(lists.positions.map((one) => [one.place, legOf(one).row['positionSide']]));
  return {
    ...lists,
    positions: lists.positions.map(legOf),
    orders: lists.orders.map(legOf),
    positionFigures: lists.positionFigures.map((one) =>
      isLeg(one.row['positionSide']) || !sides.has(one.place)
        ? one
        : { ...one, row: { ...one.row, positionSide: sides.get(one.place) } },
    ),
  };
}

interface Head {
  readonly row: Row;
  readonly notes: readonly string[];
}

/** Our own file says everything itself. */
function ownHead(parts: readonly Found[]): Head {
  return { row: defined(parts[0]?.head ?? {}), notes: [] };
}

function headOf(parts: readonly Found[], venue: string, lists: Lists, readAt: TimestampMs): Head {
  const given: Row = Object.assign(
    {},
    ...parts.map(({ head }) => defined(head ?? {})).toReversed(),
  );
  const asOf = latestOf(parts.map((part) => part.asOf));
  const assetMode = parts.map((part) => part.assetMode).find((mode) => mode !== undefined);
  const isTimed = asOf !== undefined || given['asOf'] !== undefined;
  return {
    row: {
      account: 'imported',
      asOf: utcText(asOf ?? readAt),
      ...(isHedged(lists) ? { positionMode: 'hedge' } : {}),
      ...(assetMode === undefined ? {} : { assetMode }),
      ...given,
      venue,
    },
    notes: timeNotes(venue, asOf, isTimed),
  };
}

/** Answers that carry no time of their own: only their rows say when each was changed last. */
const CHANGES_ONLY: ReadonlySet<string> = new Set([
  'binance-usdm',
  'binance-coinm',
  'okx',
  'gate',
  'bitmex',
]);

function timeNotes(
  venue: string,
  asOf: TimestampMs | undefined,
  isTimed: boolean,
): readonly string[] {
  if (!isTimed) return ['no text gives a time; the time of reading stands for it'];
  return asOf !== undefined && CHANGES_ONLY.has(venue)
    ? ['the answers carry no time of their own; the newest change in them stands for it']
    : [];
}

/** A venue that prints no figure of a position or pool has nothing to be compared with. */
function withFiguresOnly(lists: Lists): Lists {
  const isFigure = (key: string) => key !== 'asset' && key !== 'symbol' && key !== 'positionSide';
  const withFigures = (rows: readonly MergedRow[]) =>
    rows.filter(({ row }) => Object.keys(row).some(isFigure));
  return {
    ...lists,
    poolFigures: withFigures(lists.poolFigures),
    positionFigures: withFigures(lists.positionFigures),
  };
}
