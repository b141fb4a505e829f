/** Accounts packed into pages of bytes, side by side; each is unpacked while somebody works on it. */
import { assert } from '../contract.ts';
import { accountId, type AccountId } from '../units/ids.ts';
import {
  addRecord,
  nameAt,
  namesOf,
  putAccount,
  takeAccount,
  type Names,
  type Sums,
} from './account-bytes.ts';
import { createKeptRecords } from './account-history.ts';
import {
  blobsOf,
  digestsOf,
  freezePages,
  isSame,
  pagesFrom,
  recordOf,
  recordsIn,
  replaceRecord,
  startsAlike,
} from './account-pages.ts';
import { bytesOver, bytesWithRoom, takeText } from './bytes.ts';
import {
  type AccountStore,
  type AccountSums,
  type LedgerAccount,
  type SavedAccounts,
  type ShownAccounts,
} from './state.ts';

/** What a step found. */
interface Held {
  readonly size: number;
  readonly sums: Sums;
}

/** Empty, or as it was saved. */
export function openAccounts(saved?: SavedAccounts): AccountStore {
  const names: Names = namesOf(saved?.names ?? []);
  const pages = pagesFrom(saved?.pages ?? []);
  const ids: AccountId[] = [];
  const sums: Sums = { wallets: [], lots: [], positions: [] };
  for (const record of recordsIn(pages)) {
    ids.push(accountId(takeText(bytesOver(record))));
    addRecord(sums, bytesOver(record), 1n);
  }
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const inHand = new Map<number, LedgerAccount>();
  const scratch = bytesWithRoom(1_024);
  const kept = createKeptRecords();
  let held: Held | undefined;

  function unpack(number: number): LedgerAccount {
    const record = recordOf(pages, number);
    assert(record !== undefined, 'every account has its bytes');
    return takeAccount(bytesOver(record), names);
  }

  function pack(number: number, account: LedgerAccount): void {
    scratch.at = 0;
    const rowsAt = putAccount(scratch, names, account);
    const record = scratch.bytes.subarray(0, scratch.at);
    const before = recordOf(pages, number);
    if (before !== undefined && isSame(before, record)) return;
    if (held !== undefined && before !== undefined) kept.keep(number, before);
    if (before === undefined || !startsAlike(before, record, rowsAt)) {
      if (before !== undefined) addRecord(sums, bytesOver(before), -1n);
      addRecord(sums, bytesOver(record), 1n);
    }
    replaceRecord(pages, number, record);
  }

  function restOne(number: number): void {
    const account = inHand.get(number);
    if (account === undefined) return;
    pack(number, account);
    inHand.delete(number);
  }

  /** What is in hand stays there. */
  function packAll(): void {
    for (const [number, account] of inHand) pack(number, account);
  }

  function rest(): void {
    packAll();
    inHand.clear();
  }

  function numberFor(id: AccountId): number {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    ids.push(id);
    numbers.set(id, ids.length - 1);
    return ids.length - 1;
  }

  function isShown(number: number | undefined): number is number {
    return number !== undefined && number < (held?.size ?? ids.length);
  }

  function shownAt(number: number): LedgerAccount {
    if (held === undefined) return inHand.get(number) ?? unpack(number);
    const before = kept.recordOf(number);
    return before === undefined ? unpack(number) : takeAccount(before, names);
  }

  const shown: ShownAccounts = {
    get size() {
      return held?.size ?? ids.length;
    },
    has: (id) => isShown(numbers.get(id)),
    read: (id) => {
      const number = numbers.get(id);
      return isShown(number) ? shownAt(number) : undefined;
    },
    keys: () => (held === undefined ? ids : ids.slice(0, held.size)).values(),
    idAt,
    numberOf: (id) => {
      const number = numbers.get(id);
      return isShown(number) ? number : undefined;
    },
    *values() {
      for (let number = 0; isShown(number); number += 1) yield shownAt(number);
    },
    sums: () => (held === undefined ? sumsNow() : named(held.sums)),
  };

  function idAt(number: number): AccountId {
    const id = ids[number];
    assert(id !== undefined, 'an account of this number');
    return id;
  }

  function named({ wallets, lots, positions }: Sums): AccountSums {
    const byName = (amounts: readonly bigint[]): readonly (readonly [string, bigint])[] =>
      amounts.flatMap((amount, number) =>
        amount === undefined ? [] : [[nameAt(names, number), amount]],
      );
    return { wallets: byName(wallets), lots: byName(lots), positions: byName(positions) };
  }

  function sumsNow(): AccountSums {
    packAll();
    return named(sums);
  }

  return {
    get size() {
      return ids.length;
    },
    has: (id) => numbers.has(id),
    read: (id) => {
      const number = numbers.get(id);
      return number === undefined ? undefined : (inHand.get(number) ?? unpack(number));
    },
    get: (id) => {
      const number = numbers.get(id);
      if (number === undefined) return undefined;
      const held = inHand.get(number);
      if (held !== undefined) return held;
      const account = unpack(number);
      inHand.set(number, account);
      return account;
    },
    set: (id, account) => {
      assert(id === account.accountId, 'an account under its own name');
      const number = numberFor(id);
      pack(number, account);
      inHand.set(number, account);
    },
    keys: () => ids.values(),
    idAt,
    numberOf: (id) => numbers.get(id),
    *values() {
      for (let number = 0; number < ids.length; number += 1)
        yield inHand.get(number) ?? unpack(number);
    },
    put: (account) => {
      const number = numbers.get(account.accountId);
      assert(number !== undefined, 'an account of this run');
      if (inHand.get(number) !== account) pack(number, account);
    },
    rest: (id) => (id === undefined ? rest() : restOne(numbers.get(id) ?? -1)),
    sums: sumsNow,
    save: () => {
      packAll();
      return { names: [...names.list], pages: blobsOf(pages) };
    },
    digests: (hash) => {
      packAll();
      return { names: names.list, pages: digestsOf(pages, hash) };
    },
    freeze: (hash) => {
      packAll();
      return { names: [...names.list], ...freezePages(pages, hash) };
    },
    hold: () => {
      packAll();
      const { wallets, lots, positions } = sums;
      const sumsHeld = { wallets: [...wallets], lots: [...lots], positions: [...positions] };
      held = { size: ids.length, sums: sumsHeld };
    },
    release: () => {
      held = undefined;
      kept.clear();
    },
    shown,
  };
}
