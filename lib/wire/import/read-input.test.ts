import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '../../contract.ts';
import { timestampMs } from '../../units/time.ts';
import { parseAccountFile } from '../account-file.ts';
import { accountText } from './account-text.ts';
import { type Imported } from './assemble.ts';
import { decimalMarkOf, plainNumberOf } from './csv-table.ts';
import { EXAMPLE_ANSWERS } from './example-answers.ts';
import { INPUT_BYTES_MAX, readInput } from './read-input.ts';

const READ_AT = timestampMs(Date.UTC(2026, 0, 14, 12));

function answerTo(text: string) {
  return readInput([{ name: 'my.json', text }], READ_AT);
}
function taken(text: string): Imported {
  const read = answerTo(text);
  assert(read.ok, read.ok ? '' : read.error.join('; '));
  return read.value;
}
function refused(text: string): readonly string[] {
  const read = answerTo(text);
  return read.ok ? [] : read.error;
}

const position = {
  symbol: 'BTCUSDT',
  size: '1',
  entryPrice: '60000',
  marginMode: 'cross',
  leverage: '10',
};
const file = {
  venue: 'binance-usdm',
  account: 'main',
  asOf: '2026-01-14T12:00:00Z',
  balances: [{ asset: 'USDT', wallet: '10000.50' }],
  positions: [position],
};
const withPositions = (...positions: readonly unknown[]) => JSON.stringify({ ...file, positions });

describe('one bad row is left out by name, the others are taken', () => {
  it.each([
    ['unknown symbol', { symbol: 'NOSUCH' }, /^symbol is "NOSUCH"; expected one of the/],
    ['size of zero', { symbol: 'ETHUSDT', size: '0.0' }, /^size is "0\.0"; expected .*never zero/],
    ['leverage of zero', { symbol: 'ETHUSDT', leverage: '0' }, /^leverage is "0"; expected/],
    ['negative leverage', { symbol: 'ETHUSDT', leverage: '-5' }, /^leverage is "-5"; expected/],
    ['a second time', {}, /^is "BTCUSDT both" again; expected it once/],
    ['a bare number', { symbol: 'ETHUSDT', size: 2.7 }, /^size is the bare number 2\.7/],
    ['an unknown key', { symbol: 'ETHUSDT', sise: '1' }, /^sise is not a key here; expected only/],
  ])('%s', (_case, change, reason) => {
    const imported = taken(withPositions(position, { ...position, ...change }));
    expect(imported.rejected).toEqual([
      { place: 'positions[1]', reason: expect.stringMatching(reason) as string },
    ]);
    expect(imported.file.record.positions.map(({ symbol }) => symbol)).toEqual(['BTCUSDT']);
  });

  it('an inverse contract without face value or tiers, with everything that hangs on it', () => {
    const inverse = { symbol: 'ETHUSD_X', kind: 'inverse', base: 'ETH', quote: 'USD' };
    const imported = taken(
      JSON.stringify({
        ...file,
        positions: [position, { ...position, symbol: 'ETHUSD_X' }],
        marks: [{ symbol: 'ETHUSD_X', price: '3000' }],
        instruments: [inverse],
      }),
    );
    expect(imported.rejected.map(({ reason }) => reason).join()).toContain(
      'without tickSize, lotSize, tiers',
    );
    expect(imported.file.record.marks).toEqual([]);
  });

  it('a missing mark is no bad row: the figures say what they lack', () => {
    expect(taken(withPositions(position)).rejected).toEqual([]);
  });
});

describe('what is no account is refused in a sentence', () => {
  it.each([
    ['nothing', ' ', 'my.json is empty; expected JSON or CSV'],
    ['prose', 'Dear venue,\nplease', /^my\.json is neither JSON nor a CSV with known columns/],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', /^my\.json is neither JSON nor a CSV/],
    ['half of a file', '{"venue":"house",', /^my\.json is not JSON: /],
    ['other JSON', '{"name":"plimsoll"}', /^my\.json is JSON that is neither an account file nor/],
    ['an empty list', '[]', 'my.json is an empty list; expected rows'],
    [
      'a venue’s refusal',
      '{"retCode":10003,"retMsg":"API key is invalid."}',
      /says "API key is invalid\."; expected one with balances or positions/,
    ],
    [
      'another key on top',
      JSON.stringify({ ...file, balnces: [] }),
      /^balnces is not a key here; expected only version, venue/,
    ],
  ])('%s', (_case, text, sentence) => {
    const sentences = refused(text);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(sentence);
  });

  it('a text of more than five million characters, before it is looked at', () => {
    expect(refused(' '.repeat(INPUT_BYTES_MAX + 1))).toEqual([
      `my.json has ${INPUT_BYTES_MAX + 1} characters; expected at most ${INPUT_BYTES_MAX}`,
    ]);
  });

  it('a string without an end costs one look', () => {
    const began = performance.now();
    expect(refused(`{"a":"${'\\"x'.repeat(200_000)}`)).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('answers of two venues', () => {
    const [binance, bybit] = EXAMPLE_ANSWERS;
    expect(refused(`${binance}\n${bybit ?? ''}`)).toEqual([
      'the texts are of several venues: binance-usdm, bybit; expected one account of one venue',
    ]);
  });

  it('a venue without a rule set is shown, and says that it has no figures', () => {
    const imported = taken('Symbol,Size,Entry price,Exchange\nBTCUSDT,1,60000,FTX');
    expect(imported.withoutRules).toMatch(/^rule set ftx is not known yet/);
    expect(imported.file.record.positions).toHaveLength(1);
  });
});

describe('the account file comes back', () => {
  const examples = ['desk-account', 'hedged-multi-asset-account'].map((name) =>
    readFileSync(new URL(`../../../public/examples/${name}.json`, import.meta.url), 'utf8'),
  );

  it.each([...examples, ...EXAMPLE_ANSWERS])(
    'value for value, and always as the same text',
    (text) => {
      const imported = taken(text);
      const exported = accountText(imported.content);
      const again = taken(exported);
      expect(again.rejected).toEqual([]);
      expect(again.file.record).toEqual(imported.file.record);
      expect(accountText(again.content)).toBe(exported);
      const parsed = parseAccountFile(exported);
      expect(parsed.ok && parsed.value.record).toEqual(imported.file.record);
    },
  );

  it('with the digits that it was written with', () => {
    expect(accountText(taken(JSON.stringify(file)).content)).toContain('"wallet": "10000.50"');
  });
});

describe('a CSV', () => {
  it('finds its columns by name, whatever their order and spelling, quoted or not', () => {
    const imported = taken(
      '"Qty","Contract","Avg. Price",Direction,Lever,Mark Price\r\n"1,234.5",ETHUSDT,3120.4,SELL,20x,3091.55\r\n',
    );
    expect(imported.content['positions']).toEqual([
      {
        symbol: 'ETHUSDT',
        size: '-1234.5',
        entryPrice: '3120.4',
        marginMode: 'cross',
        leverage: '20',
        isolatedMargin: null,
      },
    ]);
    expect(imported.content['marks']).toEqual([{ symbol: 'ETHUSDT', price: '3091.55' }]);
  });

  it('reads decimal commas, balances in rows of their own, both legs of a hedge', () => {
    const imported = taken(
      'symbol;side;size;entry;leverage;asset;balance\nBTCUSDT;long;2,7;61.740,0;10;;\nBTCUSDT;short;1,25;60.000,5;10;;\n;;;;;usdt;24.810,22',
    );
    expect(imported.content).toMatchObject({
      positionMode: 'hedge',
      balances: [{ asset: 'USDT', wallet: '24810.22' }],
      positions: [
        { size: '2.7', entryPrice: '61740.0', positionSide: 'long' },
        { size: '-1.25', entryPrice: '60000.5', positionSide: 'short' },
      ],
    });
  });

  it('names each row that it cannot take by its line', () => {
    const { rejected } = taken(
      'symbol,side,size,entry,leverage\nBTCUSDT,long,1,60000,10\nETHUSDT,up,1,3000,10\nSOLUSDT,long,-1,140,10\nXRPUSDT,long,many,2,10\nADAUSDT,long,"1,000",5,10\n,,,,',
    );
    expect(rejected).toEqual([
      { place: 'line 3', reason: 'side is "up"; expected "long" or "short"' },
      { place: 'line 4', reason: 'size is "-1" on the side "long"; expected above zero' },
      { place: 'line 5', reason: 'size is "many"; expected a number' },
      {
        place: 'line 6',
        reason:
          'size is "1,000"; expected a number of which it is clear whether the mark is that of decimals or of thousands',
      },
    ]);
  });

  it.each([
    [['1,5', '2.000'], 'comma', '2000'],
    [['1.5', '2,000'], 'point', '2000'],
    [['2,000'], 'unclear', undefined],
    [['1.234.567,8', '2,000'], 'comma', '2.000'],
  ] as const)('%s is written with a %s', (cells, mark, last) => {
    expect(decimalMarkOf(cells)).toBe(mark);
    expect(plainNumberOf(cells.at(-1) ?? '', mark)).toBe(last);
  });
});
