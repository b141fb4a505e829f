/** What one venue's cases say with which key, and which rules are meant. Names only. */
import { type RequirementTerms, type VenueRules } from '#lib/margin/venues/rules.ts';
import { type FigureText } from '#lib/wire/figure-text.ts';
import { type CaseFigure } from '#lib/wire/venue-figures.ts';
import { type Result } from '#lib/contract.ts';
import { type CaseReader } from './case-reader.ts';

/** The answer to one expected key, or why the case cannot be run. */
export type AnswerOf = (reader: CaseReader) => Result<FigureText>;

export interface VenueWords {
  /** What of the reader decides it is only looked at, never read. */
  readonly rulesOf: (reader: CaseReader, mode: string) => VenueRules;
  readonly settleOf: (reader: CaseReader) => string;
  readonly unitsPerCoin?: (reader: CaseReader) => string | undefined;
  /** Keys of a position's own margin without its PnL, in the order in which they count. */
  readonly isolated: readonly string[];
  readonly isolatedWithPnl: readonly string[];
  readonly cross: readonly string[];
  readonly crossWithPnl: readonly string[];
  /** Two keys that are a margin balance together. */
  readonly crossInParts?: readonly [wallet: string, pnl: string];
  /** Keys of what is taken from a balance before anything else. */
  readonly crossLess?: readonly string[];
  /** Margin balance over requirement, where it stands for the balance. */
  readonly ratio?: string;
  /** A value that stands beside the price it follows from must agree with it, where the case says which price that is. */
  readonly impliedValue?: string;
  /** Keys of the value that requirements are of. */
  readonly value: readonly string[];
  readonly table: 'table' | 'flat-table';
  /** Tiers count whole contracts: each may begin one after the cap before. */
  readonly tiersByContracts?: boolean;
  /** A size without a sign is a long one where no side is given: the venue's sizes have signs. */
  readonly signedSizes?: boolean;
  /** What a contract is on, where its symbol says so: legs of one underlying may offset each other. */
  readonly underlyingOf?: (symbol: string) => string;
  /** Initial margin follows from the tier where no leverage is chosen. */
  readonly initialByTier?: boolean;
  /** In these modes margin is what leverage takes from the value at entry, where the case gives none. */
  readonly opensByLeverage?: RegExp;
  /** Beside `linear` and `inverse`. Options are valued by their premium, quanto contracts as linear ones. */
  readonly contractTypes?: readonly string[];
  /** Fee rate where the case gives none. */
  readonly feeRate?: string;
  /** What the venue leaves empty in a mode, whatever the position. */
  readonly leftEmpty?: { readonly inMode: RegExp; readonly figures: readonly CaseFigure[] };
  /** How the venue prints that there is no liquidation price; null: not at all. */
  readonly noPrice: (reader: CaseReader) => string | null;
  readonly ratioShown: 'required-over-available' | 'available-over-required';
  /** Figures under the venue's own words beside the usual ones of a position. */
  readonly positionKeys: Readonly<Record<string, CaseFigure>>;
  readonly otherKeys: Readonly<Record<string, AnswerOf>>;
  /** Inputs that only `otherKeys` know. */
  readonly otherInputs: readonly string[];
}

/** Words that every venue's cases may use. */
export const USUAL_KEYS: Readonly<Record<string, CaseFigure>> = {
  positionValue: 'value',
  notional: 'value',
  notionalValue: 'value',
  unrealizedPnl: 'pnl',
  unrealisedPnl: 'pnl',
  unrealizedProfit: 'pnl',
  initialMargin: 'initial',
  maintenanceMargin: 'maintenance',
  maintenanceMarginExFee: 'maintenance-without-fee',
  maintenanceMarginRate: 'rate',
  maintenanceAmount: 'deduction',
  maintenanceDeduction: 'deduction',
  closeFee: 'fee',
  marginRatio: 'ratio',
  liquidationPrice: 'price',
  bankruptcyPrice: 'bankruptcy',
  bankruptPrice: 'bankruptcy',
  effectiveLeverage: 'effective-leverage',
  unrealizedPnlRatio: 'return',
};

/** Facts of a position that a figure of it may depend on. */
export interface Wants {
  readonly side: boolean;
  readonly entry: boolean;
  /** The daily settlement price stands for the entry. */
  readonly settlement: boolean;
  readonly mark: boolean;
  readonly index: boolean;
  readonly leverage: boolean;
  readonly initialRate: boolean;
  readonly requirement: boolean;
  readonly fee: boolean;
  readonly tick: boolean;
  readonly collateral: boolean;
  readonly others: boolean;
}
type Want = keyof Wants;

export interface Backing {
  readonly kind:
    | 'isolated'
    | 'isolated-with-pnl'
    | 'by-leverage'
    | 'cross'
    | 'with-pnl'
    | 'by-ratio';
}

const EQUITY_WITHOUT_PNL: readonly Want[] = ['side', 'entry', 'mark', 'collateral'];

/** What a figure depends on under the terms in force. */
export function wantsOf(
  figure: CaseFigure,
  terms: RequirementTerms,
  backing: Backing['kind'],
): Wants {
  const found = wantList(figure, terms, backing);
  const has = (want: Want): boolean => found.includes(want);
  return {
    side: has('side'),
    entry: has('entry'),
    settlement: has('settlement'),
    mark: has('mark'),
    index: has('index'),
    leverage: has('leverage'),
    initialRate: has('initialRate'),
    requirement: has('requirement'),
    fee: has('fee'),
    tick: has('tick'),
    collateral: has('collateral'),
    others: has('others'),
  };
}

function wantList(
  figure: CaseFigure,
  terms: RequirementTerms,
  backing: Backing['kind'],
): readonly Want[] {
  switch (figure) {
    case 'value':
      return [terms.initialAt === 'entry' ? 'entry' : 'mark'];
    case 'value-at-mark':
      return ['side', 'mark'];
    case 'coins':
      return ['mark'];
    case 'cost':
      return ['side', 'entry'];
    case 'pnl':
      return ['side', 'entry', 'mark'];
    case 'session-pnl':
      return ['side', 'settlement', 'mark'];
    case 'return':
      return ['side', 'entry', 'mark', 'leverage'];
    case 'initial':
      return initialWants(terms);
    case 'initial-at-entry':
      return ['entry', 'leverage'];
    case 'opening-margin':
      return backing.startsWith('isolated')
        ? ['collateral']
        : ['entry', 'leverage', ...(terms.bankruptcyHoldsFee ? feeWants(terms) : [])];
    case 'maintenance':
      return [terms.maintenanceAt, 'requirement', ...feeWants(terms)];
    case 'average-rate':
    case 'maintenance-without-fee':
      return [terms.maintenanceAt, 'requirement'];
    case 'rate':
    case 'deduction':
      return [...(terms.tierKey === 'notional' ? [terms.maintenanceAt] : []), 'requirement'];
    case 'fee':
      return feeWants(terms);
    case 'equity':
      return equityWants(terms, backing);
    case 'effective-leverage':
      return ['mark', 'others', ...equityWants(terms, backing)];
    case 'ratio':
      return [
        terms.maintenanceAt,
        'requirement',
        'others',
        ...feeWants(terms),
        ...equityWants(terms, backing),
      ];
    case 'price':
      return priceWants(terms, backing);
    case 'bankruptcy':
      return [
        ...lineWants(backing),
        ...(backing !== 'by-leverage' && terms.bankruptcyHoldsFee ? feeWants(terms) : []),
      ];
  }
}

function initialWants(terms: RequirementTerms): readonly Want[] {
  const by: Want = terms.tierKey === 'coins' ? 'initialRate' : 'leverage';
  return [terms.initialAt, by, ...(terms.initialHoldsFee ? feeWants(terms) : [])];
}

function feeWants(terms: RequirementTerms): readonly Want[] {
  switch (terms.closingFee) {
    case 'none':
      return [];
    case 'of-value':
      return [terms.maintenanceAt, 'fee'];
    case 'of-last-value':
      return ['fee'];
    case 'of-bankruptcy-value':
      return ['side', 'entry', 'leverage', 'fee'];
    case 'of-cost-and-margin':
      return ['entry', 'leverage', 'fee'];
  }
}

function equityWants(terms: RequirementTerms, backing: Backing['kind']): readonly Want[] {
  if (backing === 'by-leverage') {
    const fee = terms.bankruptcyHoldsFee ? feeWants(terms) : [];
    return ['side', 'entry', 'mark', 'leverage', ...fee];
  }
  const withPnl = backing === 'isolated-with-pnl' || backing === 'with-pnl';
  return withPnl ? ['collateral'] : EQUITY_WITHOUT_PNL;
}

/** On the line of a price PnL counts from the entry, or from the mark where the balance already has it. */
function lineWants(backing: Backing['kind']): readonly Want[] {
  if (backing === 'by-leverage') return ['side', 'entry', 'leverage', 'tick'];
  const from = backing === 'isolated' || backing === 'cross' ? 'entry' : 'mark';
  return ['side', from, 'collateral', 'others', 'tick'];
}

function priceWants(terms: RequirementTerms, backing: Backing['kind']): readonly Want[] {
  const held: readonly Want[] = terms.searchedAt === 'price' ? [] : [terms.searchedAt];
  const cancels = backing === 'by-leverage' && terms.bankruptcyHoldsFee;
  const fee = cancels ? [] : feeWants(terms).filter((want) => want !== terms.maintenanceAt);
  return [...lineWants(backing), ...held, 'requirement', ...fee];
}
