import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { accountFrom, contractOf, marketFrom, positionOf, type Scene } from '../margin/examples.ts';
import { type AssessInput } from '../margin/health.ts';
import { poolsOf } from '../margin/pool.ts';
import { venueInput } from '../margin/venue-examples.ts';
import { binanceUsdmRules } from '../margin/venues/binance.ts';
import { bybitInverseCrossRules } from '../margin/venues/bybit.ts';
import { deribitRules } from '../margin/venues/deribit.ts';
import { houseRules } from '../margin/venues/house.ts';
import { okxRules } from '../margin/venues/okx.ts';
import { checkReceipt } from './receipt-check.ts';
import { receiptOf, receiptText, sealed, subjectsOf, type Receipt } from './receipt.ts';

const BTC = contractOf({
  id: 'BTCUSDT',
  tiers: [
    ['50000', '0.004'],
    ['250000', '0.005'],
  ],
});

/** The long of SPEC LQ1. */
const LONG: Scene = {
  wallets: { USDT: '12000' },
  positions: [positionOf({ on: BTC, size: '2', entry: '60000' })],
  instruments: [BTC],
  marks: { BTCUSDT: '60000' },
};

const USD_POOL: Scene = {
  mode: 'multi',
  wallets: { USDT: '9000', BTC: '0.1' },
  positions: [positionOf({ on: BTC, size: '-2', entry: '60000' })],
  instruments: [BTC],
  marks: { BTCUSDT: '60000' },
  assets: { USDT: ['1'], BTC: ['60000', '0.95'] },
};

function inputOf(scene: Scene, rules = houseRules as AssessInput['rules']): AssessInput {
  return { account: accountFrom(scene), market: marketFrom(scene), rules };
}

function receiptsOf({ account, market, rules }: AssessInput): readonly Receipt[] {
  return poolsOf(account, market).flatMap((pool) =>
    subjectsOf({ pool }).map((subject) => {
      const receipt = receiptOf({
        facts: { pool, market, rules },
        subject,
        account: account.id,
        asOf: '2026-01-14T12:00:00.000Z',
        provenance: () => ({ source: 'a test', time: '2026-01-14T11:59:59.000Z' }),
      });
      assert(receipt.known, 'a receipt');
      return receipt.value;
    }),
  );
}

const INPUTS: readonly (readonly [string, AssessInput])[] = [
  ['house', inputOf(LONG)],
  ['house, past its line', inputOf({ ...LONG, wallets: { USDT: '400' } })],
  ['Binance', inputOf(LONG, binanceUsdmRules)],
  ['several assets', inputOf(USD_POOL)],
  ['several assets at Binance', inputOf(USD_POOL, binanceUsdmRules)],
  [
    'OKX isolated',
    venueInput({
      rules: okxRules,
      kind: 'inverse',
      size: '100',
      entry: '60000',
      isolated: 'opening',
    }),
  ],
  [
    'Deribit',
    venueInput({
      rules: deribitRules,
      kind: 'inverse',
      size: '-6000',
      entry: '200',
      cross: '3',
      growth: ['0.04', '0.02', '0.000005'],
    }),
  ],
  [
    'Bybit with orders',
    venueInput({
      rules: bybitInverseCrossRules,
      kind: 'inverse',
      size: '1000',
      entry: '100',
      cross: '3',
      orders: '50',
    }),
  ],
];

describe('a receipt is worked out again from its inputs alone', () => {
  it.each(INPUTS)('[RC2] %s', (_name, input) => {
    const receipts = receiptsOf(input);
    expect(receipts.length).toBeGreaterThan(0);
    for (const receipt of receipts) {
      expect(checkReceipt(receiptText(receipt))).toEqual({ ok: true, value: receipt });
    }
  });
});

type Path = readonly (string | number)[];

function leavesOf(part: unknown, path: Path = []): readonly Path[] {
  if (typeof part !== 'object' || part === null) return [path];
  const isList = Array.isArray(part);
  return Object.entries(part).flatMap(([key, value]) =>
    leavesOf(value, [...path, isList ? Number(key) : key]),
  );
}

/** A number moves by one unit of its last digit, anything else becomes another text. */
function disturbed(value: unknown): string {
  if (typeof value !== 'string') return 'x';
  const digits = /^(.*?)(\d)([^\d]*)$/.exec(value);
  if (!/^-?\d+(\.\d+)?$/.test(value) || digits === null) return `${value}x`;
  return `${digits[1]}${(Number(digits[2]) + 1) % 10}${digits[3]}`;
}

function changedAt(receipt: Receipt, path: Path): Receipt {
  const copy: Receipt = structuredClone(receipt);
  const at = path.slice(0, -1).reduce((part: object, key) => Reflect.get(part, key), copy);
  const key = path.at(-1) ?? '';
  Reflect.set(at, key, disturbed(Reflect.get(at, key)));
  return copy;
}

function isRefused(receipt: Receipt): boolean {
  const checked = checkReceipt(receiptText(receipt));
  return !checked.ok && checked.error.every((sentence) => sentence.length > 10);
}

describe('every change is noticed', () => {
  it.each(INPUTS)('[RC2] %s: any one leaf, by one unit', (_name, input) => {
    const [ratio, below, above] = receiptsOf(input);
    const passed = [ratio, below, above].flatMap((receipt) =>
      receipt === undefined
        ? []
        : leavesOf(receipt).filter((path) => !isRefused(changedAt(receipt, path))),
    );
    expect(passed).toEqual([]);
  });

  it('[RC2] a new digest does not hide a changed input, step or result', () => {
    const [ratio, below] = receiptsOf(inputOf(LONG));
    assert(ratio !== undefined && below !== undefined, 'two receipts');
    const passing = (receipt: Receipt): readonly string[] =>
      leavesOf(receipt)
        .filter(([part]) => part !== 'digest')
        .filter((path) => {
          const { digest: _old, ...body } = changedAt(receipt, path);
          return !isRefused(sealed(body));
        })
        .map((path) => nameOf(receipt, path));
    // What a figure does not read, it cannot give away: where a value is from, tiers out of reach, the leverage.
    const silent = /asOf|source|time|leverage|entry price|taker fee|tick|risk tier|state/;
    expect(passing(ratio).filter((name) => !silent.test(name))).toEqual([]);
    expect(passing(below).filter((name) => !silent.test(name))).toEqual([]);
  });
});

/** `mark price` for the value of an input, the path for anything else. */
function nameOf(receipt: Receipt, path: Path): string {
  const [part, index, values, value] = path;
  const input = part === 'inputs' ? receipt.inputs[Number(index)] : undefined;
  if (input === undefined || values !== 'values') return path.join('.');
  return `${input.input} ${input.values[Number(value)]?.name ?? ''} ${path.at(-1) ?? ''}`;
}

describe('what a refusal says', () => {
  const [, below] = receiptsOf(inputOf(LONG));
  assert(below !== undefined, 'a receipt of a price');

  it('[RC2] names the step that no longer follows, and the digest', () => {
    const text = receiptText(below).replaceAll('"60000"', '"60001"');
    const checked = checkReceipt(text);
    expect(checked.ok ? [] : checked.error.slice(0, 2)).toEqual([
      expect.stringMatching(/^digest is "[0-9a-f]+…; its text gives "[0-9a-f]{64}"$/),
      expect.stringMatching(/^steps\[\d\].*worked out again from the inputs: ".*"$/),
    ]);
  });

  it('[RC2] names an unknown rule set with those that are known', () => {
    const checked = checkReceipt(receiptText(below).replace('house-1', 'house-9'));
    expect(checked.ok ? [] : checked.error).toEqual([
      expect.stringMatching(
        /^rules.version is "house-9"; expected one of house-1, binance-usdm-1, /,
      ),
    ]);
  });

  it('[RC2] names another version of receipts', () => {
    const checked = checkReceipt(receiptText(below).replace('"receipt": "1"', '"receipt": "2"'));
    expect(checked.ok ? [] : checked.error).toEqual(['receipt is "2"; expected "1"']);
  });

  it('[RC2] never throws on inputs that no venue could have', () => {
    const broken: Receipt = {
      ...below,
      inputs: below.inputs.filter(({ input }) => input !== 'risk tier'),
    };
    expect(isRefused(broken)).toBe(true);
    expect(isRefused({ ...below, inputs: [] })).toBe(true);
  });
});
