/** A position of a case under its venue's words: which key is which fact, and which figure of ours answers. */
import { fail, ok, type Result } from '#lib/contract.ts';
import { type RequirementTerms, type VenueRules } from '#lib/margin/venues/rules.ts';
import { type CaseAccount, type CaseLeg, type CaseWallet } from '#lib/wire/case-account.ts';
import { type FigureText } from '#lib/wire/figure-text.ts';
import { poolFigureOf, positionFigureOf, type CaseFigure } from '#lib/wire/venue-figures.ts';
import { type CaseReader } from './case-reader.ts';
import { tellsSide } from './side.ts';
import { kindOf, legOf, type Context } from './venue-leg.ts';
import { wantsOf, type Backing, type VenueWords, type Wants } from './venue-words.ts';

/** Of a venue without terms of its own: a table at the mark and no fee. */
const PLAIN_TERMS: RequirementTerms = {
  tierKey: 'notional',
  initialAt: 'mark',
  maintenanceAt: 'mark',
  searchedAt: 'price',
  closingFee: 'none',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};
/** What a position's margin decides. */
const OF_EQUITY: readonly CaseFigure[] = [
  'equity',
  'ratio',
  'price',
  'bankruptcy',
  'effective-leverage',
];

/** Leverage alone tells the margin: by the venue's rule, or because the case says what was added to it. */
function opens(words: VenueWords, { reader, mode }: AskedCase): boolean {
  return words.opensByLeverage?.test(mode) === true || reader.has('extraMargin');
}

/** A case under the rules that it means. */
export interface AskedCase {
  readonly rules: VenueRules;
  readonly reader: CaseReader;
  /** Prose. */
  readonly mode: string;
}

/** One figure of the case's own position. */
export function answerOfPosition(
  figure: CaseFigure,
  words: VenueWords,
  asked: AskedCase,
): Result<FigureText> {
  const { rules, reader } = asked;
  const ofPool = !isPosition(words, reader);
  const backing = ofPool ? poolBackingOf(words, reader) : backingOf(words, reader);
  const alone = backing.startsWith('isolated') || backing === 'by-leverage';
  const terms = rules.terms?.[alone ? 'isolated' : 'cross'] ?? PLAIN_TERMS;
  const plain = wantsOf(figure, terms, backing);
  const byTier = words.initialByTier === true && plain.leverage && reader.has('tiers');
  const rows = ofPool ? rowsOf(reader) : [];
  const nets = rules.terms?.netsUnderlying === true && sharesUnderlying(words, rows);
  const wants = {
    ...plain,
    requirement: plain.requirement || byTier,
    side: plain.side || nets,
    tick: plain.tick && (alone || rules.liquidationPriceGrid.kind !== 'tick-added'),
  };
  const missing = ofPool
    ? problemOfRows(rows, wants, words, words.settleOf(reader))
    : missingOf(wants, words, reader);
  if (missing !== undefined) return fail(`"${figure}" needs ${missing}`);
  if (backing === 'by-leverage' && !opens(words, asked) && OF_EQUITY.includes(figure)) {
    return fail(`"${figure}" needs a balance`);
  }
  const context = { words, backing, settle: words.settleOf(reader) };
  const others = wants.others ? othersOf(reader, terms, context, figure) : ok([]);
  if (!others.ok) return fail(`"${figure}" needs ${others.error}`);
  const legs = ofPool
    ? rows.map((row, index) => legOf(row, poolWants(wants), context, `LEG${index}`))
    : [legOf(reader, wants, context, 'OWN'), ...others.value];
  const account: CaseAccount = {
    assetMode: 'single',
    legs,
    given: givenOf(words, reader, wants),
    orders: [],
    wallets: wants.collateral ? walletsOf(words, reader, backing) : [],
    rates: [],
  };
  return ok((ofPool ? poolFigureOf : positionFigureOf)(figure, account, rules, words));
}

function sharesUnderlying(words: VenueWords, rows: readonly CaseReader[]): boolean {
  const names = rows.map((row) => words.underlyingOf?.(row.label('symbol') ?? '') ?? '');
  return new Set(names).size < names.length;
}

/** Positions of a list share what the case gives. */
function poolBackingOf(words: VenueWords, reader: CaseReader): Backing['kind'] {
  const found = backingOf(words, reader);
  return found === 'by-leverage' ? 'cross' : found;
}

/** Without a position of its own a case is about the pool of its positions. */
export function isPosition(words: VenueWords, reader: CaseReader): boolean {
  return reader.has('size') || words.value.some((one) => reader.has(one));
}

function rowsOf(reader: CaseReader): readonly CaseReader[] {
  return [...reader.list('positions'), ...reader.list('otherPositions')];
}

function problemOfRows(
  rows: readonly CaseReader[],
  wants: Wants,
  words: VenueWords,
  settle: string,
): string | undefined {
  if (rows.length === 0) return 'a position';
  return rows
    .map((row) => missingOf(poolWants(wants), words, row, settle))
    .find((one) => one !== undefined);
}

/** Sides matter where they offset each other. */
function poolWants(wants: Wants): Wants {
  return { ...wants, side: wants.side, collateral: false, tick: false };
}

function backingOf(words: VenueWords, reader: CaseReader): Backing['kind'] {
  const any = (keys: readonly string[]): boolean => keys.some((key) => reader.has(key));
  if (any(words.isolated)) return 'isolated';
  if (any(words.cross)) return 'cross';
  if (any(words.crossWithPnl)) return 'with-pnl';
  if (words.crossInParts?.every((key) => reader.has(key)) === true) return 'with-pnl';
  if (any(words.isolatedWithPnl)) return 'isolated-with-pnl';
  if (words.ratio !== undefined && reader.has(words.ratio)) return 'by-ratio';
  return 'by-leverage';
}

function missingOf(
  wants: Wants,
  words: VenueWords,
  reader: CaseReader,
  settle = words.settleOf(reader),
): string | undefined {
  const lacks = (wanted: boolean, keys: readonly string[]): boolean =>
    wanted && !keys.some((key) => reader.has(key));
  const lender = [
    'leverage',
    'initialMarginRate',
    ...(words.initialByTier === true ? ['tiers'] : []),
  ];
  if (lacks(true, ['size', ...words.value])) return 'a size';
  const sided = tellsSide(reader) || (words.signedSizes === true && reader.has('size'));
  if (wants.side && !sided) return 'a side';
  // A value stands for one price, not for two.
  const entryKeys = wants.mark ? ['entryPrice'] : ['entryPrice', ...words.value];
  if (lacks(wants.entry, entryKeys)) return 'an entry price';
  if (lacks(wants.entry && wants.mark, ['size'])) return 'a size';
  if (lacks(wants.settlement, ['settlementPrice'])) return 'a settlement price';
  const valuedAtEntry = wants.entry && reader.label('marginBase') === 'entry';
  const markKeys = valuedAtEntry ? ['markPrice'] : ['markPrice', ...words.value];
  if (lacks(wants.mark, markKeys)) return 'a mark price';
  const indexKey = kindOf(reader, settle) === 'inverse' ? 'markPrice' : 'indexPrice';
  if (lacks(wants.index, [indexKey, ...words.value])) return 'an index price';
  if (lacks(wants.leverage, lender)) return 'a leverage';
  if (lacks(wants.initialRate, ['imBase'])) return 'an initial margin rate';
  const grows = wants.initialRate || (wants.requirement && reader.has('mmBase'));
  if (lacks(grows, ['slopePerCoin'])) return 'a slope';
  if (lacks(wants.requirement, ['maintenanceMarginRate', 'tiers', 'mmBase'])) {
    return 'a maintenance rate';
  }
  if (words.feeRate === undefined && lacks(wants.fee, ['takerFeeRate', 'assumedTakerFeeRate'])) {
    return 'a fee rate';
  }
  return undefined;
}

function walletsOf(
  words: VenueWords,
  reader: CaseReader,
  backing: Backing['kind'],
): readonly CaseWallet[] {
  const asset = words.settleOf(reader);
  const textsOf = (keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => reader.text(key) ?? []);
  const wallet = (kind: CaseWallet['kind'], keys: readonly string[]): readonly CaseWallet[] => {
    const amount = reader.firstOf(...keys);
    const less = textsOf(words.crossLess ?? []);
    return amount === undefined ? [] : [{ asset, kind, amount, less }];
  };
  const [wholeKey, ...partKeys] = words.crossInParts ?? [];
  switch (backing) {
    case 'cross':
      return wallet('cross', words.cross);
    case 'with-pnl': {
      const whole = wallet('with-pnl', words.crossWithPnl);
      if (whole.length > 0 || wholeKey === undefined) return whole;
      const plus = textsOf(partKeys);
      return wallet('with-pnl', [wholeKey]).map((one) => ({ ...one, plus }));
    }
    case 'by-ratio':
      return words.ratio === undefined ? [] : wallet('by-ratio', [words.ratio]);
    case 'isolated':
    case 'isolated-with-pnl':
    case 'by-leverage':
      return [];
  }
}

/** The rest of the pool: what it requires, and what it is worth where the balance does not say. */
function othersOf(
  reader: CaseReader,
  terms: RequirementTerms,
  context: Context,
  figure: CaseFigure,
): Result<readonly CaseLeg[]> {
  const { backing, words } = context;
  if (backing !== 'cross' && backing !== 'with-pnl') return ok([]);
  const required = wantsOf('maintenance', terms, backing);
  const counts = backing === 'cross';
  const wants: Wants = {
    ...required,
    side: required.side || counts,
    entry: required.entry || counts,
    mark: required.mark || counts || figure === 'effective-leverage',
  };
  const rows = rowsOf(reader).map((row) => ({ row, wants: wantsBeside(reader, row, wants) }));
  const missing = rows
    .map((one) => missingOf(one.wants, words, one.row, context.settle))
    .find((one) => one !== undefined);
  if (missing !== undefined) return fail(`${missing} of each other position`);
  return ok(rows.map((one, index) => legOf(one.row, one.wants, context, `OTHER${index}`)));
}

/** A leg of the same contract moves along: then its side counts too, and the mark is that of the first. */
function wantsBeside(own: CaseReader, row: CaseReader, wants: Wants): Wants {
  const symbol = own.label('symbol');
  const moves = symbol !== undefined && row.label('symbol') === symbol;
  return moves ? { ...wants, side: true, mark: !own.has('markPrice') } : wants;
}

/** What orders keep back, and what the rest of the account needs, where the case gives only sums. */
function givenOf(words: VenueWords, reader: CaseReader, wants: Wants): CaseAccount['given'] {
  const keeps = wants.tick && wants.requirement;
  const orderMargin = keeps ? reader.text('orderMargin') : undefined;
  return orderMargin === undefined ? [] : [{ asset: words.settleOf(reader), orderMargin }];
}
