/**
 * What the desk reads of accounts, and from where: the one door between it and the ledger. Whoever keeps accounts in another
 * form gives the desk another door.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { isSystemAccount } from '#lib/engine/ledger.ts';
import { type ShownState, type LedgerAccount, type PoolRow } from '#lib/engine/state.ts';
import { type Account, type Market } from '#lib/margin/account.ts';
import { type AccountId, type InstrumentId } from '#lib/units/ids.ts';
import { type Lots } from '#lib/units/scaled.ts';
import { quickAccountOf, type QuickAccount, type QuickMarket } from './quick-figures.ts';
import { standingOf, type Standing } from './screen-rank.ts';

/** Facts of an account that its figures do not hang on. */
export interface DeskCard {
  readonly label: string;
  readonly openedAt: number;
  readonly positions: number;
}

export interface DeskLeg {
  readonly instrumentId: InstrumentId;
  readonly lots: Lots;
}

export interface DeskAccounts {
  /** Every trader, in the order in which they came. One pass: for the start only. */
  all(): Iterable<AccountId>;
  /** Undefined for a name that is unknown, or the house's own. */
  cardOf(id: AccountId): DeskCard | undefined;
  standingOf(id: AccountId): Standing;
  rowsOf(id: AccountId): readonly PoolRow[];
  legsOf(id: AccountId): readonly DeskLeg[];
  /** In floats: they put accounts in order and decide nothing. */
  quickOf(id: AccountId, market: QuickMarket): QuickAccount | undefined;
  /** Exact facts. */
  factsOf(id: AccountId): Account | undefined;
  market(): Market;
}

/** Accounts as `ShownState` keeps them. */
export function ledgerAccounts(engine: Engine, state: ShownState): DeskAccounts {
  let last: { readonly account: LedgerAccount | undefined; readonly step: number } | undefined;

  /** One account is asked for several things in a row: it is unpacked once. What it holds changes in steps alone. */
  function read(id: AccountId): LedgerAccount | undefined {
    if (last?.account?.accountId === id && last.step === state.step) return last.account;
    last = { account: state.accounts.read(id), step: state.step };
    return last.account;
  }

  return {
    all: () => [...state.accounts.keys()].filter((id) => !isSystemAccount(id)),
    cardOf: (id) => {
      const account = read(id);
      if (account === undefined || isSystemAccount(id)) return undefined;
      const { label, openedAt, positions } = account;
      return { label, openedAt, positions: positions.size };
    },
    standingOf: (id) => {
      const account = read(id);
      return standingOf([...(account?.rows.values() ?? [])], account?.openedAt ?? 0);
    },
    rowsOf: (id) => [...(read(id)?.rows.values() ?? [])],
    legsOf: (id) => [...(read(id)?.positions.values() ?? [])],
    quickOf: (id, market) => {
      const account = read(id);
      return account === undefined ? undefined : quickAccountOf(account, market);
    },
    factsOf: (id) => engine.accountOf(state, id),
    market: () => engine.marketOf(state),
  };
}
