import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assetId, poolId, type AccountId } from '../units/ids.ts';
import { lots, moneyUnits, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { openAccounts } from './account-store.ts';
import { bytesWithRoom, putInteger, putText, takeInteger, takeText } from './bytes.ts';
import { ETHER, traderId } from './example-run.ts';
import { LINEAR } from './example-book.ts';
import { makeLedgerAccount } from './ledger.ts';
import { openAlertRow } from './alerts.ts';
import { type AccountStore, type LedgerAccount } from './state.ts';

function account(id: AccountId, label = 'example'): LedgerAccount {
  return makeLedgerAccount({
    accountId: id,
    label,
    openedAt: timestampMs(1_000),
    positionMode: 'hedge',
    assetMode: 'single',
  });
}

/** An account with something of everything in it. */
function fullAccount(id: AccountId): LedgerAccount {
  const full = account(id, 'ein Händler 渡');
  full.wallets.set(assetId('BTC'), moneyUnits(-(2n ** 200n)));
  full.wallets.set(assetId('USDT'), moneyUnits(2n ** 63n));
  full.positions.set(`${LINEAR}|long`, {
    instrumentId: LINEAR,
    positionSide: 'long',
    lots: lots(-7n),
    openValue: moneyUnits(-(2n ** 31n)),
    leverage: 12.5,
    marginKind: 'isolated',
    isolatedWallet: moneyUnits(2n ** 31n),
    fundingReceived: moneyUnits(-1n),
    openedAt: timestampMs(5),
  });
  full.orders.set('O1', {
    orderId: 'O1',
    instrumentId: ETHER,
    positionSide: 'short',
    lots: lots(3n),
    priceTicks: ticks(2n ** 40n),
    reduceOnly: true,
  });
  const pool = poolId(`${id}/isolated:${LINEAR}:long`);
  full.rows.set(pool, {
    poolId: pool,
    accountId: id,
    alert: {
      ...openAlertRow('unknown', timestampMs(6)),
      state: 'critical',
      freshSince: timestampMs(7),
      acknowledged: { by: 'Ida', note: 'called', at: timestampMs(8) },
      asking: { since: timestampMs(9), told: 2 },
      worsensBelow: 0.1,
      leftState: 'warning',
      returns: [timestampMs(1), timestampMs(2)],
      pinnedUntil: timestampMs(10),
      worseSince: timestampMs(11),
      betterSince: timestampMs(12),
    },
    phase: { kind: 'liquidated', planId: 'L7', at: timestampMs(13) },
    bounded: true,
  });
  return full;
}

function storeOf(count: number): AccountStore {
  const store = openAccounts();
  for (let number = 1; number <= count; number += 1) {
    const id = traderId(number);
    store.set(id, number % 7 === 0 ? fullAccount(id) : account(id));
  }
  store.rest();
  return store;
}

it('[DG5] an account comes back as it was put away, whatever it holds', () => {
  const id = traderId(1);
  const store = openAccounts();
  store.set(id, fullAccount(id));
  store.rest();
  expect(store.read(id)).toEqual(fullAccount(id));
  expect(openAccounts(store.save()).read(id)).toEqual(fullAccount(id));
});

it('[DG5] what grows and shrinks on a page leaves its neighbours as they were', () => {
  const store = storeOf(200);
  const plain = new Map([...store.values()].map((each) => [each.accountId, each]));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.boolean(), (number, full) => {
      const id = traderId(number);
      const next = full ? fullAccount(id) : account(id);
      store.set(id, next);
      store.rest(id);
      plain.set(id, full ? fullAccount(id) : account(id));
    }),
  );
  expect([...store.values()]).toEqual([...plain.values()]);
  expect([...openAccounts(store.save()).values()]).toEqual([...plain.values()]);
});

it('[DG5] what `get` gave is kept at rest, what `read` gave is not', () => {
  const store = storeOf(3);
  const id = traderId(2);
  store.read(id)?.orders.clear();
  store.read(id)?.wallets.set(assetId('USDT'), moneyUnits(1n));
  expect(store.read(id)?.wallets.size).toBe(0);
  store.get(id)?.wallets.set(assetId('USDT'), moneyUnits(1n));
  expect(store.read(id)?.wallets.size).toBe(1);
  store.rest();
  expect(store.read(id)?.wallets.size).toBe(1);
  store.get(id)?.wallets.clear();
  store.rest(id);
  expect(store.read(id)?.wallets.size).toBe(0);
  expect(store.read(traderId(99))).toBeUndefined();
});

it('[DG5] integers of any size and any text come back', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt()), fc.array(fc.string({ unit: 'binary' })), (whole, texts) => {
      const bytes = bytesWithRoom(1);
      for (const value of whole) putInteger(bytes, value);
      for (const text of texts) putText(bytes, text);
      bytes.at = 0;
      expect(whole.map(() => takeInteger(bytes))).toEqual(whole);
      expect(texts.map(() => takeText(bytes))).toEqual(texts);
    }),
  );
});

function hashOf(bytes: Uint8Array): string {
  return bytes.join(' ');
}

it('[DG6] a page that is held stays as it was while accounts on it change, and its digest with it', () => {
  const store = storeOf(200);
  const before = { ...store.save(), digests: [...store.digests(hashOf).pages] };
  const frozen = store.freeze(hashOf);
  const taken = [frozen.take()];
  for (const number of [1, 100, 199, 201]) {
    const id = traderId(number);
    store.set(id, fullAccount(id));
    store.rest();
  }
  while (taken.length < frozen.pages) taken.push(frozen.take());
  expect(taken.map(({ bytes }) => bytes)).toEqual(before.pages);
  expect(taken.map(({ digest }) => digest)).toEqual(before.digests);
  let hashed = 0;
  const counting = (bytes: Uint8Array): string => {
    hashed += 1;
    return hashOf(bytes);
  };
  store.set(traderId(150), account(traderId(150)));
  store.rest();
  const now = store.digests(counting).pages;
  expect(hashed, 'pages that are not what they were').toBe(3);
  expect(now.map((digest, page) => digest === before.digests[page])).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

it('[DG4] knows what all accounts hold together, whatever was put away, and when it was saved', () => {
  const store = storeOf(200);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.boolean(), (number, full) => {
      const id = traderId(number);
      store.set(id, full ? fullAccount(id) : account(id));
      if (number % 2 === 0) store.rest();
    }),
  );
  const holders = [...store.values()].filter(({ positions }) => positions.size > 0).length;
  expect(holders).toBeGreaterThan(10);
  const count = BigInt(holders);
  const sums = {
    wallets: [
      ['BTC', count * -(2n ** 200n)],
      ['USDT', count * 2n ** 63n],
    ],
    lots: [[LINEAR, count * -7n]],
    positions: [[LINEAR, count * 2n ** 32n]],
  };
  expect(store.sums()).toEqual(sums);
  expect(openAccounts(store.save()).sums()).toEqual(sums);
});
