/** What the server says when it cannot go on: one sentence each, exit 1; and where it must go on, it does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, spawnServer, test, type Ending, type Variables } from './server-fixture.ts';

async function refusalOf(variables: Variables): Promise<Ending> {
  const server = spawnServer(variables);
  expect(await server.live, 'it must not go live').toBeUndefined();
  return server.ended;
}

function expectSentences(ending: Ending, sentences: readonly RegExp[]): void {
  const said = ending.stderr.trimEnd().split('\n');
  expect(said).toHaveLength(sentences.length);
  for (const sentence of sentences)
    expect(said, 'one of the sentences').toContainEqual(expect.stringMatching(sentence));
  expect(ending.code).toBe(1);
}

const inFolder = test.extend<{ folder: string }>({
  folder: async ({ browserName: _browserName }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-bad-input-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

inFolder('every malformed variable has its sentence, all at once', async ({ folder }) => {
  const ending = await refusalOf({
    PORT: '70000',
    SPEED: 'fast',
    ACCOUNTS: '-3',
    SCENARIO: 'tempest',
    FRESH: 'yes',
    DATA_DIR: folder,
  });
  expectSentences(ending, [
    /^plimsoll: PORT is "70000", expected a whole number from 0 to 65535$/,
    /^plimsoll: ACCOUNTS is "-3", expected a whole number from 1 to 1000000$/,
    /^plimsoll: SPEED is "fast", expected a number above 0 and up to 1000$/,
    /^plimsoll: FRESH is "yes", expected 1 or 0$/,
    /^plimsoll: SCENARIO is "tempest", expected one of busy, calm, /,
  ]);
});

inFolder('a port that is taken', async ({ plimsoll, folder }) => {
  const { port } = new URL(plimsoll.url);
  expectSentences(await refusalOf({ PORT: port, DATA_DIR: folder }), [
    new RegExp(`^plimsoll: PORT ${port} .*is taken`),
  ]);
});

inFolder('a data directory in use by another server', async ({ plimsoll }) => {
  expectSentences(await refusalOf({ DATA_DIR: plimsoll.dataDir }), [
    /^plimsoll: DATA_DIR .* is in use by another Plimsoll server/,
  ]);
});

inFolder('a data directory that is a file', async ({ folder }) => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  expectSentences(await refusalOf({ DATA_DIR: file }), [
    /^plimsoll: DATA_DIR is ".*file", expected the path of a folder: that is a file/,
  ]);
});

inFolder('a tape that is not there, and one without a row that can be read', async ({ folder }) => {
  const nothing = join(folder, 'nothing.csv');
  expectSentences(await refusalOf({ DATA_DIR: folder, REPLAY: nothing }), [
    /^plimsoll: REPLAY is ".*nothing\.csv", expected the path of a CSV file: there is nothing at that path/,
  ]);
  const words = join(folder, 'words.csv');
  await writeFile(words, 'time,symbol,open,high,low,close\nnoon,BTCUSDT.BINANCE,a,b,c,d\n');
  const ending = await refusalOf({ DATA_DIR: join(folder, 'data'), REPLAY: words });
  expectSentences(ending, [/^plimsoll: .*words\.csv/]);
});

inFolder(
  'bad rows of a tape are named and skipped, the rest is played',
  async ({ page, startServer, folder }) => {
    const tape = join(folder, 'rows.csv');
    const rows = [
      'time,symbol,open,high,low,close',
      '1767225600,BTCUSDT.BINANCE,100000,100010,99990,100000',
      '1767225660,BTCUSDT.BINANCE,100000,-5,99990,100000',
      '1767225720,BTCUSDT.BINANCE,100000,100010,99990',
      'noon,BTCUSDT.BINANCE,100000,100010,99990,100000',
      '1767225840,BTCUSDT.BINANCE,100000,100030,99980,100020',
      '1767225900,BTCUSDT.BINANCE,100020,100040,99990,100030',
    ];
    await writeFile(tape, `${rows.join('\n')}\n`);
    const server = await startServer({ REPLAY: tape, SPEED: '120', ACCOUNTS: '20' });
    const screen = new PlimsollPage(page);
    await screen.open(server.url);
    await expect(screen.run.getByText('rows.csv, seed 1')).toBeVisible();
    await expect(screen.run.getByText('The tape has ended')).toBeVisible();
    // A page that stands would complain of the server that leaves it.
    await page.close();
    const { stdout, stderr } = await server.stop();
    for (const line of [3, 4, 5])
      expect(stdout + stderr).toMatch(new RegExp(`rows\\.csv, line ${line}: got .*, expected `));
  },
);
