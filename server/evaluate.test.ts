import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('evaluate.ts', import.meta.url));
const example = (name: string): string =>
  fileURLToPath(new URL(`../public/examples/${name}.json`, import.meta.url));
const DESK = example('desk-account');

function run(args: readonly string[], input = '') {
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', input });
}

describe('npm run evaluate', () => {
  it('prints the health of a file, the same from standard input', () => {
    const fromFile = run([DESK]);
    const fromInput = run(['-'], readFileSync(DESK, 'utf8'));
    expect([fromFile.status, fromFile.stderr]).toEqual([0, '']);
    expect(fromInput.stdout).toBe(fromFile.stdout);
    expect(JSON.parse(fromFile.stdout)).toMatchObject({ account: 'desk', state: 'healthy' });
  });

  it('takes several files: the good ones are printed, the bad ones explained, exit 1', () => {
    const answer = run([DESK, 'no-such.json', example('hedged-multi-asset-account')]);
    expect(answer.status).toBe(1);
    expect(answer.stderr).toMatch(/^no-such\.json: cannot be read: ENOENT/);
    expect(answer.stdout.match(/"account"/g)).toHaveLength(2);
  });

  it('says every problem of a bad file, prints nothing, exit 1', () => {
    const answer = run(['-'], '{"version":"2","venue":"house","asOf":"2026-01-14T12:00:00Z"}');
    expect([answer.status, answer.stdout]).toEqual([1, '']);
    expect(answer.stderr.trim().split('\n')).toEqual([
      '-: version is "2"; expected "1"',
      '-: account is missing; expected a text of 1 to 64 characters',
    ]);
  });

  it('takes answers of a venue in several files as one account, and says which rows it left out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
    const files = [
      {
        assets: [{ asset: 'USDT', walletBalance: '100' }],
        positions: [],
        totalWalletBalance: '100',
      },
      [
        {
          symbol: 'BTCUSDT',
          positionAmt: '0.001',
          entryPrice: '60000',
          markPrice: '60000',
          leverage: '10',
        },
        { symbol: 'ETHUSDT', positionAmt: 'many' },
      ],
    ].map((content, index) => {
      const path = join(folder, `${index + 1}.json`);
      writeFileSync(path, JSON.stringify(content));
      return path;
    });
    const receipts = join(folder, 'receipts');
    const answer = run(['--together', '--receipts', receipts, ...files]);
    expect(answer.status).toBe(1);
    // The figures are of what is left: nothing vouches for them.
    expect(readdirSync(receipts)).toEqual([]);
    expect(answer.stderr).toContain('positionAmt is "many"; expected a number');
    expect(JSON.parse(answer.stdout)).toMatchObject({
      state: 'unknown', // the row that is left out could change it
      pools: [{ walletBalance: '100', positions: [{ symbol: 'BTCUSDT' }] }],
    });
  });

  it('without a file says how it is used, exit 1', () => {
    const answer = run([]);
    expect([answer.status, answer.stderr]).toEqual([1, expect.stringMatching(/^usage: /)]);
  });

  it('writes receipts that hold, and refuses one with a changed input', () => {
    const folder = mkdtempSync(join(tmpdir(), 'receipts-'));
    const written = run(['--receipts', folder, DESK]);
    expect([written.status, JSON.parse(written.stdout).account]).toEqual([0, 'desk']);
    const names = readdirSync(folder);
    expect(names).toContain('desk-cross-USDT-BTCUSDT-liquidation-below.json');
    const checked = run(['--receipt', ...names.map((name) => join(folder, name))]);
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    expect(checked.stdout).toContain(
      'liquidation price below of BTCUSDT in desk/cross:USDT is 53508.18257957 USDT',
    );
    const path = join(folder, 'desk-cross-USDT-margin-ratio.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"60750"', '"60751"'));
    const refused = run(['--receipt', path]);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/digest is .*\n.*steps\[0\].* worked out again from the inputs/);
  });
});
