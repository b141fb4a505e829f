/** Accounts packed into pages of bytes, side by side; each is unpacked while somebody works on it. */
import { assert } from '../contract.ts';
import { accountId, type AccountId } from '../units/ids.ts';
import { namesOf, putAccount, takeAccount, type Names } from './account-bytes.ts';
import {
  blobsOf,
  digestsOf,
  freezePages,
  pagesFrom,
  recordOf,
  recordsIn,
  replaceRecord,
} from './account-pages.ts';
import { bytesOver, bytesWithRoom, takeText } from './bytes.ts';
import { type AccountStore, type LedgerAccount, type SavedAccounts } from './state.ts';

/** Empty, or as it was saved. */
export function openAccounts(saved?: SavedAccounts): AccountStore {
  const names: Names = namesOf(saved?.names ?? []);
  const pages = pagesFrom(saved?.pages ?? []);
  const ids: AccountId[] = [];
  for (const record of recordsIn(pages)) ids.push(accountId(takeText(bytesOver(record))));
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const inHand = new Map<number, LedgerAccount>();
  const scratch = bytesWithRoom(1_024);

  function unpack(number: number): LedgerAccount {
    return takeAccount(bytesOver(recordOf(pages, number)), names);
  }

  function pack(number: number, account: LedgerAccount): void {
    scratch.at = 0;
    putAccount(scratch, names, account);
    replaceRecord(pages, number, scratch.bytes.subarray(0, scratch.at));
  }

  function restOne(number: number): void {
    const account = inHand.get(number);
    if (account === undefined) return;
    pack(number, account);
    inHand.delete(number);
  }

  function rest(): void {
    for (const number of inHand.keys()) restOne(number);
  }

  function numberFor(id: AccountId): number {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    ids.push(id);
    numbers.set(id, ids.length - 1);
    return ids.length - 1;
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
    idAt: (number) => {
      const id = ids[number];
      assert(id !== undefined, 'an account of this number');
      return id;
    },
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
    save: () => {
      rest();
      return { names: [...names.list], pages: blobsOf(pages) };
    },
    digests: (hash) => {
      rest();
      return { names: names.list, pages: digestsOf(pages, hash) };
    },
    freeze: (hash) => {
      rest();
      return { names: [...names.list], ...freezePages(pages, hash) };
    },
  };
}
