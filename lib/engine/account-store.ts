/** Accounts packed into pages of bytes, side by side; each is unpacked while somebody works on it. */
import { assert } from '../contract.ts';
import { accountId, type AccountId } from '../units/ids.ts';
import { namesOf, putAccount, takeAccount, type Names } from './account-bytes.ts';
import { bytesOver, bytesWithRoom, takeText } from './bytes.ts';
import { type AccountStore, type LedgerAccount, type SavedAccounts } from './state.ts';

/** Accounts a page: packing one away moves what lies behind it on its page. */
const PAGE_ACCOUNTS = 64;
const PAGE_SHIFT = 6;

interface Page {
  bytes: Uint8Array;
  /** Where each account's bytes end. */
  readonly ends: number[];
}

/** Empty, or as it was saved. */
export function openAccounts(saved?: SavedAccounts): AccountStore {
  const names: Names = namesOf(saved?.names ?? []);
  const pages: Page[] = (saved?.pages ?? []).map(({ bytes, ends }) => ({ bytes, ends: [...ends] }));
  const ids: AccountId[] = pages.flatMap(idsOf);
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
      return {
        names: [...names.list],
        pages: pages.map(({ bytes, ends }) => ({
          bytes: bytes.slice(0, ends.at(-1) ?? 0),
          ends: [...ends],
        })),
      };
    },
  };
}

function startOf({ ends }: Page, place: number): number {
  return place === 0 ? 0 : (ends[place - 1] ?? 0);
}

function recordOf(pages: readonly Page[], number: number): Uint8Array {
  const page = pages[number >> PAGE_SHIFT];
  const place = number % PAGE_ACCOUNTS;
  const end = page?.ends[place];
  assert(page !== undefined && end !== undefined, 'every account has its bytes');
  return page.bytes.subarray(startOf(page, place), end);
}

/** What lies behind it on its page moves along. */
function replaceRecord(pages: Page[], number: number, record: Uint8Array): void {
  const page = (pages[number >> PAGE_SHIFT] ??= { bytes: new Uint8Array(0), ends: [] });
  const place = number % PAGE_ACCOUNTS;
  const start = startOf(page, place);
  const end = page.ends[place] ?? start;
  const used = page.ends.at(-1) ?? 0;
  const longer = record.length - (end - start);
  if (used + longer > page.bytes.length) {
    const larger = new Uint8Array(Math.ceil((used + longer) * 1.125));
    larger.set(page.bytes.subarray(0, used));
    page.bytes = larger;
  }
  if (longer !== 0) page.bytes.copyWithin(end + longer, end, used);
  page.bytes.set(record, start);
  if (place === page.ends.length) page.ends.push(start + record.length);
  else if (longer !== 0)
    for (let at = place; at < page.ends.length; at += 1)
      page.ends[at] = (page.ends[at] ?? 0) + longer;
}

function idsOf(page: Page): readonly AccountId[] {
  return page.ends.map((_, place) =>
    accountId(takeText(bytesOver(page.bytes.subarray(startOf(page, place))))),
  );
}
