/** One account out of what was found: merged, checked row by row, as an account file. */
import { fail, ok, type Result } from '../../contract.ts';
import { utcText, type TimestampMs } from '../../units/time.ts';
import { parseAccountFile, type AccountFile } from '../account-file.ts';
import { VENUES } from '../account-schema.ts';
import { LISTS, type Found, type ListName, type Rejected, type Row } from './found.ts';
import { merged, type MergedRow } from './merge.ts';
import { OWN_SOURCE } from './own-file.ts';
import { withFamilyTiers } from './tier-readers.ts';
import { latestOf } from './venue-field.ts';

export interface Imported {
  readonly venue: string;
  /** Kinds of the texts, in their order. */
  readonly sources: readonly string[];
  /** The account file's own words, rejected rows left out: what is kept and exported. */
  readonly content: Row;
  readonly rejected: readonly Rejected[];
  /** What was supposed on the way into the file. */
  readonly notes: readonly string[];
  /** What was understood. Contracts are those of the rule set, or of our own where there is none yet. */
  readonly file: AccountFile;
  /** Why there are no figures: the venue's rule set is not known. */
  readonly withoutRules: string | undefined;
}

type Lists = Record<ListName, readonly MergedRow[]>;

export function assembled(
  parts: readonly Found[],
  readAt: TimestampMs,
): Result<Imported, readonly string[]> {
  const [venue, ...others] = [...new Set(parts.map((part) => part.venue))];
  if (venue === undefined || others.length > 0) {
    return fail([
      `the texts are of several venues: ${[venue, ...others].join(', ')}; expected one account of one venue`,
    ]);
  }
  const { lists, notes } = merged(withFamilyTiers(parts).map(({ rows }) => rows));
  const isOwn = parts.every(({ source }) => source === OWN_SOURCE);
  const held = withFiguresOnly(isOwn ? lists : withModes(onlyHeld(lists)));
  const head = headOf(parts, venue, held, readAt);
  const taken = takenOf(head.row, held, isKnown(venue));
  if (!taken.ok) return taken;
  const { file, content, rejected } = taken.value;
  const told = [...notes, ...head.notes, ...taken.value.notes];
  return ok({
    venue,
    sources: parts.map(({ source }) => source),
    content,
    rejected: [...parts.flatMap((part) => part.rejected), ...rejected],
    notes: [...new Set([...parts.flatMap((part) => part.notes), ...told])],
    file,
    withoutRules: isKnown(venue)
      ? undefined
      : `rule set ${venue} is not known yet: what the account holds is shown, but no figures`,
  });
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

function defined(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

interface Taken {
  readonly file: AccountFile;
  readonly content: Row;
  readonly rejected: readonly Rejected[];
  readonly notes: readonly string[];
}

/** Isolated positions hold more of an asset than any text says there is. */
const UNBACKED = /^balances of (\S+) is "0"; expected at least "([\d.]+)"/;

const PLACE = /^(venueFigures\.pools|venueFigures\.positions|\w+)\[(\d+)\]\.?/;
const LIST_OF_PLACE: Readonly<Record<string, ListName>> = {
  'venueFigures.pools': 'poolFigures',
  'venueFigures.positions': 'positionFigures',
};

/** Takes the file; rows that it refuses are left out and named, until it is taken or refused for something that is no row. */
function takenOf(head: Row, all: Lists, isRuled: boolean): Result<Taken, readonly string[]> {
  let lists = all;
  const rejected: Rejected[] = [];
  const notes: string[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const content = contentOf(head, lists);
    const checked = isRuled ? content : { ...content, venue: 'house' };
    const file = parseAccountFile(JSON.stringify(checked));
    if (file.ok) return ok({ file: file.value, content, rejected, notes });
    const [, asset, wallet] = UNBACKED.exec(file.error[0] ?? '') ?? [];
    if (asset !== undefined) {
      const row: MergedRow = { place: 'supposed', row: { asset, wallet } };
      lists = { ...lists, balances: [...lists.balances, row] };
      notes.push(`${asset}: no balance is given; what isolated positions hold stands for it`);
      continue;
    }
    const refused = refusedRows(file.error, lists);
    if (refused === undefined) return file;
    rejected.push(...refused.map(({ at, reason }) => ({ place: at.place, reason })));
    lists = leftOf(lists, refused);
  }
  return fail([
    'the rows do not hold together, whichever of them is left out; expected one account',
  ]);
}

/** Each round takes rows out, and what hung on them comes up in the next one. */
const ROUNDS_MAX = 100;

interface RefusedRow {
  readonly list: ListName;
  readonly at: MergedRow;
  readonly reason: string;
  /** Its symbol itself is what is wrong: whatever else is said of it goes too. */
  readonly ofSymbol: boolean;
}

/** The rows that the sentences are about; undefined where one is about no row. */
function refusedRows(
  sentences: readonly string[],
  lists: Lists,
): readonly RefusedRow[] | undefined {
  const refused: RefusedRow[] = [];
  for (const sentence of sentences) {
    const [begin = '', place = '', index] = PLACE.exec(sentence) ?? [];
    const list = LIST_OF_PLACE[place] ?? LISTS.find((one) => one === place);
    const at = list === undefined ? undefined : lists[list][Number(index)];
    if (list === undefined || at === undefined) return undefined;
    const reason = sentence.slice(begin.length).trim();
    const ofSymbol = list === 'instruments' || reason.startsWith('symbol ');
    refused.push({ list, at, reason, ofSymbol });
  }
  return refused;
}

function leftOf(lists: Lists, refused: readonly RefusedRow[]): Lists {
  const rows = new Set(refused.map(({ at }) => at));
  const symbols = new Set(
    refused.flatMap(({ at, ofSymbol }) => (ofSymbol ? [at.row['symbol']] : [])),
  );
  const entries = LISTS.map((list): [ListName, readonly MergedRow[]] => [
    list,
    lists[list].filter((one) => !rows.has(one) && !symbols.has(one.row['symbol'])),
  ]);
  return Object.fromEntries(entries) as Lists;
}

function contentOf({ tolerance, ...head }: Row, lists: Lists): Row {
  const rowsOf = (list: ListName): readonly Row[] => lists[list].map(({ row }) => row);
  const plain = LISTS.filter((list) => list !== 'poolFigures' && list !== 'positionFigures');
  const pools = rowsOf('poolFigures');
  const positions = rowsOf('positionFigures');
  const hasAny = pools.length > 0 || positions.length > 0 || tolerance !== undefined;
  return {
    ...head,
    ...Object.fromEntries(
      plain.flatMap((list) => (lists[list].length === 0 ? [] : [[list, rowsOf(list)]])),
    ),
    ...(hasAny
      ? {
          venueFigures: {
            ...(tolerance === undefined ? {} : { tolerance }),
            ...(pools.length === 0 ? {} : { pools }),
            ...(positions.length === 0 ? {} : { positions }),
          },
        }
      : {}),
  };
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
