import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { benchHelp, readCommandLine } from './command-line.ts';
import { jsonLine, type Bench } from './result.ts';

const BENCHES = new Map<string, Pick<Bench, 'question' | 'sizes' | 'isNamedOnly' | 'growth'>>([
  ['book', { question: 'how long does a book take?', sizes: ['accounts'] }],
  ['soak', { question: 'does it last?', sizes: ['minutes'], isNamedOnly: true }],
]);

function problemsOf(...args: readonly string[]): readonly string[] {
  const asked = readCommandLine(args, BENCHES);
  return asked.ok ? [] : asked.error;
}

describe('the command line of the benchmarks', () => {
  it('names benchmarks and sizes', () => {
    expect(readCommandLine(['book', '--json', '--accounts', '1000'], BENCHES)).toEqual({
      ok: true,
      value: {
        isHelp: false,
        names: ['book'],
        isJson: true,
        isGrowth: false,
        options: { accounts: 1_000, rows: undefined, clients: undefined, minutes: undefined },
      },
    });
    expect(readCommandLine(['soak', '--minutes=0.5'], BENCHES)).toMatchObject({
      value: { names: ['soak'], isJson: false, options: { minutes: 0.5 } },
    });
    expect(readCommandLine(['--help'], BENCHES)).toMatchObject({ value: { isHelp: true } });
  });

  it.each([
    [['nope'], '"nope" is no benchmark; there are book, soak'],
    [
      ['--fast'],
      '--fast is no flag; there are --help, --json, --growth, --accounts N, --rows N, --clients N, --minutes N',
    ],
    [['--accounts', 'abc'], '--accounts is "abc", expected a whole number from 1 to 100000000'],
    [['--accounts', '0'], '--accounts is "0", expected a whole number from 1 to 100000000'],
    [['--accounts=1.5'], '--accounts is "1.5", expected a whole number from 1 to 100000000'],
    [['--minutes'], '--minutes is without a number, expected a number above 0'],
    [['--json=yes'], '--json takes no value'],
    [['soak', '--accounts', '5'], '--accounts is not for soak; it is for book'],
    [['soak', '--growth'], 'soak has no chart of its growth'],
    [['--growth=9'], '--growth takes no value'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(problemsOf(...args)).toEqual([sentence]);
  });

  it('tells all problems at once', () => {
    expect(problemsOf('nope', '--fast', '--rows', '-1')).toHaveLength(3);
  });

  it('explains every benchmark with its question and every flag', () => {
    const help = benchHelp(BENCHES);
    for (const words of [
      'how long does a book take? [--accounts N]',
      'does it last? (only when it is named) [--minutes N]',
      '--json',
      '--clients N',
    ])
      expect(help).toContain(words);
  });
});

describe('a line of JSON', () => {
  const RESULT = {
    input: 'one',
    seed: '1',
    bench: 'book',
    case: 'calm',
    p50Ms: 1,
    p99Ms: 2,
    maxMs: 3,
    peakMb: 4,
    ratio: 5,
    baseline: 'none',
  };

  it('has the keys of a result in their order', () => {
    expect(jsonLine(RESULT)).toBe(
      '{"bench":"book","case":"calm","p50Ms":1,"p99Ms":2,"maxMs":3,"peakMb":4,"ratio":5,"baseline":"none","seed":"1","input":"one"}',
    );
  });

  it('is not made of figures that were never measured', () => {
    for (const name of ['p50Ms', 'maxMs', 'peakMb', 'ratio'])
      expect(jsonLine({ ...RESULT, [name]: Number.NaN })).toBeUndefined();
  });
});

describe('npm run bench', () => {
  function run(...args: readonly string[]) {
    return spawnSync('node', ['server/bench/bench.ts', ...args], { encoding: 'utf8' });
  }

  it('answers --help on standard output, with every benchmark', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const name of ['book', 'latency', 'fanout', 'table', 'restart', 'soak'])
      expect(stdout).toMatch(new RegExp(`^  ${name} .*\\?`, 'm'));
  });

  it('ends with 2 where it does not know what is meant', () => {
    const { status, stdout, stderr } = run('nope', '--fast');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^bench: "nope" is no benchmark; there are book, .*\nbench: --fast is no/,
    );
  });

  it('prints with --json nothing but results', () => {
    const { status, stdout } = run('desk', '--accounts', '200', '--json');
    expect(status).toBe(0);
    const lines = stdout.split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ bench: 'desk' });
  }, 180_000);
});
