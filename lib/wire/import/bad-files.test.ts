import { describe, expect, it } from 'vitest';
import { assert } from '../../contract.ts';
import { assessAccount } from '../../margin/health.ts';
import { timestampMs } from '../../units/time.ts';
import { toFacts } from '../account-file.ts';
import { type Imported } from './assemble.ts';
import { withDoubts } from './doubt.ts';
import { readInput } from './read-input.ts';

const READ_AT = timestampMs(Date.UTC(2026, 0, 14, 12));
const position = {
  symbol: 'BTCUSDT',
  size: '0.1',
  entryPrice: '60000',
  marginMode: 'cross',
  leverage: '10',
};
const isolated = { ...position, symbol: 'ETHUSDT', marginMode: 'isolated', isolatedMargin: '900' };
const file = {
  venue: 'binance-usdm',
  account: 'main',
  asOf: '2026-01-14T12:00:00Z',
  balances: [
    { asset: 'USDT', wallet: '10000' },
    { asset: 'BTC', wallet: '1' },
  ],
  positions: [position, { ...isolated, entryPrice: '3000' }],
  marks: [
    { symbol: 'BTCUSDT', price: '60000' },
    { symbol: 'ETHUSDT', price: '3000' },
  ],
};

function answerTo(content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readInput([{ name: 'f', text }], READ_AT);
}
function taken(content: unknown): Imported {
  const read = answerTo(content);
  assert(read.ok, read.ok ? '' : read.error.join('; '));
  return read.value;
}
function refused(content: unknown): readonly string[] {
  const read = answerTo(content);
  return read.ok ? [] : read.error;
}
/** "USDT healthy", "ETHUSDT unknown" */
function poolsOf(imported: Imported): readonly string[] {
  const health = withDoubts(assessAccount(toFacts(imported.file)), imported);
  return health.pools.map(({ unit, scope, status, positions }) =>
    scope.kind === 'isolated'
      ? `${String(positions[0]?.instrumentId)} ${status}`
      : `${unit} ${status}`,
  );
}

it('a contract that cannot be taken makes unknown the pools that its lost position may be of', () => {
  const answers = [
    {
      result: 'success',
      accounts: {
        fi_xbtusd: {
          type: 'marginAccount',
          currency: 'xbt',
          balances: { xbt: 0.02 },
          auxiliary: { pnl: 0, pv: 0.02 },
          marginRequirements: { im: 0.002, mm: 0.001 },
        },
      },
      serverTime: '2022-07-22T15:05:49.867Z',
    },
    {
      result: 'success',
      openPositions: [
        { side: 'short', symbol: 'PI_XBTUSD', price: 9392.7, size: 1000, unrealizedFunding: 0 },
      ],
    },
  ];
  const texts = answers.map((content, at) => ({ name: `f${at}`, text: JSON.stringify(content) }));
  const read = readInput(texts, READ_AT);
  assert(read.ok, 'what can be read is read');
  expect(poolsOf(read.value)).toEqual(['XBT unknown']);
});

describe('a row that is left out makes unknown what it could change', () => {
  const { positions, marks } = file;
  it.each([
    ['nothing is left out', file, 'BTC empty, USDT healthy, ETHUSDT healthy'],
    [
      'a position: every shared pool, for it may settle in any',
      { ...file, positions: [...positions, { ...position, symbol: 'NOSUCH' }] },
      'BTC unknown, USDT unknown, ETHUSDT healthy',
    ],
    [
      'a leg that stands twice: also its own pool',
      { ...file, positions: [...positions, positions[1]] },
      'BTC unknown, USDT unknown, ETHUSDT unknown',
    ],
    [
      'a balance: its own asset alone',
      { ...file, balances: [...file.balances, { asset: 'USDT', wallet: '1' }] },
      'BTC empty, USDT unknown, ETHUSDT healthy',
    ],
    [
      'an order',
      { ...file, orders: [{ symbol: 'BTCUSDT', size: 'many', price: '1' }] },
      'BTC unknown, USDT unknown, ETHUSDT healthy',
    ],
    [
      'a mark: who holds it',
      { ...file, marks: [marks[1], { symbol: 'BTCUSDT', price: '0' }] },
      'BTC empty, USDT unknown, ETHUSDT healthy',
    ],
    [
      'a printed figure, which nothing reads',
      { ...file, venueFigures: { positions: [{ symbol: 'BTCUSDT', notional: 'many' }] } },
      'BTC empty, USDT healthy, ETHUSDT healthy',
    ],
  ])('%s', (_case, content, pools) => {
    expect(poolsOf(taken(content)).toSorted().join()).toBe(pools.split(', ').toSorted().join());
  });

  it('positions of which no text tells the balance', () => {
    const rows = 'Symbol,Size,Entry price,Mark\nBTCUSDT,1,60000,60000';
    expect(poolsOf(taken(rows))).toEqual(['USDT unknown']);
    const imported = taken(rows);
    const [pool] = withDoubts(assessAccount(toFacts(imported.file)), imported).pools;
    const none = { known: false, why: { kind: 'balance-missing', assetId: 'USDT' } };
    expect([pool?.marginRatio, pool?.positions[0]?.liquidation().nearest]).toEqual([none, none]);
    expect(pool?.maintenanceMargin.known).toBe(true);
    const withBalance = `${rows.replace('Mark', 'Mark,Asset,Balance')},USDT,50000`;
    expect(poolsOf(taken(withBalance))).toEqual(['USDT healthy']);
  });
});

describe('nothing of a file is lost without being named', () => {
  it.each([
    [
      'a mark of no contract',
      { ...file, marks: [...file.marks, { symbol: 'NOSUCH', price: '1' }] },
    ],
    ['a mark that stands twice', { ...file, marks: [...file.marks, file.marks[0]] }],
    ['a bare number for a row', { ...file, balances: [5, ...file.balances] }],
  ])('%s', (_case, content) => {
    expect(taken(content).rejected).toHaveLength(1);
  });

  it('all that hangs on a contract that cannot be taken', () => {
    const marks = [...file.marks, { symbol: 'X', price: '1' }];
    const orders = [{ symbol: 'X', size: '1', price: '1' }];
    const positions = [...file.positions, { ...position, symbol: 'X' }];
    const { rejected } = taken({ ...file, positions, marks, orders });
    expect(rejected).toEqual([
      {
        place: 'positions[2]',
        reason: expect.stringMatching(/^symbol is "X"; expected/) as string,
      },
      { place: 'orders[0]', reason: 'is of X, which cannot be taken' },
      { place: 'marks[2]', reason: 'is of X, which cannot be taken' },
    ]);
  });

  it.each([
    [
      'figures under another key',
      { ...file, venueFigures: { toleranse: '1' } },
      /toleranse is not a key/,
    ],
    [
      'figures that are no object',
      { ...file, venueFigures: 5 },
      /^venueFigures is the bare number 5/,
    ],
    ['an account file without its name', { ...file, account: undefined }, /^account is missing/],
    [
      'two account files',
      `${JSON.stringify(file)}\n${JSON.stringify(file)}`,
      /^2 account files are/,
    ],
    ['two bytes a letter', '{\0"\0a\0"\0:\0', /^f is not written in UTF-8/],
  ])('%s', (_case, content, sentence) => {
    expect(refused(content)).toEqual([expect.stringMatching(sentence)]);
  });

  it('a byte order mark is no part of the text', () => {
    expect(taken(`\uFEFF${JSON.stringify(file)}`).file.record).toEqual(taken(file).file.record);
  });

  it('a field that is no number rejects its row, whether the row could do without it or not', () => {
    const row = { symbol: 'BTCUSDT', positionAmt: '1', entryPrice: '60000', leverage: '10' };
    const { rejected } = taken([
      { ...row, markPrice: 'dear', liquidationPrice: 'never' },
      { positionAmt: '1' },
    ]);
    expect(rejected).toEqual([
      {
        place: '[0]',
        reason:
          'markPrice is "dear"; expected a number; liquidationPrice is "never"; expected a price',
      },
      { place: '[1]', reason: 'symbol is missing; expected a text' },
    ]);
  });

  it('an empty answer beside others is said, and refused alone', () => {
    const empty = { retCode: 0, retMsg: 'OK', result: { list: [] } };
    const list = [{ accountType: 'UNIFIED', coin: [{ coin: 'USDT', walletBalance: '5' }] }];
    const wallet = { retCode: 0, result: { list } };
    expect(refused(empty)).toEqual(['f is an empty list; expected rows']);
    const both = taken(`${JSON.stringify(wallet)}\n${JSON.stringify(empty)}`);
    expect(both.notes).toContain('answer 2: is an empty list; expected rows');
  });
});

describe('the header and the rows of a CSV', () => {
  it.each([
    ['a header twice', 'Symbol,Size,Size\nBTCUSDT,1,2', /names "Size" twice, in columns 2 and 3/],
    ['a header alone', 'Symbol,Size,Entry price\n', /^there is a header and no row/],
  ])('%s is refused', (_case, text, sentence) => {
    expect(refused(text)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ['a line break in a header', '"Symbol","Entry\nprice",Size\nBTCUSDT,60000,0.5'],
    ['semicolons and decimal commas', '\uFEFFSymbol;Size;Entry price\r\nBTCUSDT;0,5;60.000,0\r\n'],
    ['a delimiter that is named', 'sep=;\r\nSymbol;Size;Entry price\r\nBTCUSDT;0,5;60.000,0'],
    ['tabs', 'Symbol\tSize\tEntry price\nBTCUSDT\t0.5\t60000'],
    [
      'a quoted header with a comma in it',
      '"Size, in coins",Symbol,Size,Entry\n9,BTCUSDT,0.5,60000',
    ],
  ])('%s', (_case, text) => {
    const { positions } = taken(text).file.record;
    expect(positions.map((one) => [one.symbol, Number(one.size), Number(one.entryPrice)])).toEqual([
      ['BTCUSDT', 0.5, 60000],
    ]);
  });

  it.each([
    [
      'more cells than headers',
      'BTCUSDT,1,60000,cross,Binance,7',
      'has 6 cells; expected 5, as the header',
    ],
    [
      'another venue',
      'ETHUSDT,1,3000,cross,Bybit',
      'venue is "Bybit"; expected "Binance", as in the rows before',
    ],
    [
      'a margin mode of its own',
      'ETHUSDT,1,3000,portfolio,Binance',
      'margin mode is "portfolio"; expected "cross" or "isolated"',
    ],
  ])('a row with %s is rejected', (_case, row, reason) => {
    const { rejected } = taken(
      `Symbol,Size,Entry price,Mode,Venue\nBTCUSDT,1,60000,,Binance\n${row}`,
    );
    expect(rejected).toEqual([{ place: 'line 3', reason }]);
  });

  it('columns and times that are not read are said', () => {
    const { notes } = taken(
      'Symbol,Size,Entry,Colour,Date,Venue\nBTCUSDT,1,60000,red,14.1.26,Binance',
    );
    expect(notes).toContain('nothing is read from the columns "Colour"');
    expect(notes.join()).toContain('line 2: time is "14.1.26"; it is not read');
  });

  it('a dash or a zero for a liquidation price says that there is none', () => {
    const { content } = taken('Symbol,Size,Entry,Liq. price\nBTCUSDT,1,60000,0\nETHUSDT,1,3000,--');
    expect(content['venueFigures']).toEqual({
      positions: [{ symbol: 'BTCUSDT', liquidationPrice: null }],
    });
  });
});
