import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SCENARIOS as ALL_SCENARIOS } from '#lib/sim/scenario.ts';
import { argumentProblems, helpText, pathProblems, readConfig } from './config.ts';

const SCENARIOS = ['busy', 'calm'];

describe('readConfig', () => {
  it('needs nothing: an empty environment is the default demo', () => {
    expect(readConfig({}, SCENARIOS)).toEqual({
      ok: true,
      value: {
        port: 3000,
        host: '127.0.0.1',
        seed: '1',
        accounts: 200,
        speed: 120,
        input: { kind: 'scenario', scenario: 'busy' },
        dataDir: '.data',
        fresh: false,
        verify: false,
        logLevel: 'info',
        allowedOrigins: [],
        socketsPerAddress: 64,
      },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', SEED: '', REPLAY: '' }, SCENARIOS)).toEqual(
      readConfig({}, SCENARIOS),
    );
  });

  it('reads a list of origins', () => {
    const config = readConfig(
      { ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080' },
      SCENARIOS,
    );
    expect(config.ok && config.value.allowedOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ]);
  });

  it('lets REPLAY win over SCENARIO', () => {
    const config = readConfig({ REPLAY: 'day.csv', SCENARIO: 'nowhere' }, SCENARIOS);
    expect(config.ok && config.value.input).toEqual({ kind: 'replay', path: 'day.csv' });
  });

  it.each([
    ['PORT', 'abc', 'PORT is "abc", expected a whole number from 0 to 65535'],
    ['PORT', '65536', 'PORT is "65536", expected a whole number from 0 to 65535'],
    ['PORT', '-1', 'PORT is "-1", expected a whole number from 0 to 65535'],
    ['ACCOUNTS', '0', 'ACCOUNTS is "0", expected a whole number from 1 to 1000000'],
    ['ACCOUNTS', '1e3', 'ACCOUNTS is "1e3", expected a whole number from 1 to 1000000'],
    ['SPEED', '0', 'SPEED is "0", expected a number above 0 and up to 1000'],
    ['SPEED', 'NaN', 'SPEED is "NaN", expected a number above 0 and up to 1000'],
    ['SCENARIO', 'storm', 'SCENARIO is "storm", expected one of busy, calm'],
    ['FRESH', 'yes', 'FRESH is "yes", expected 1 or 0'],
    [
      'ALLOWED_ORIGINS',
      'risk.example.com/',
      'ALLOWED_ORIGINS is "risk.example.com/", expected origins as a browser writes them, with commas between: https://risk.example.com',
    ],
    [
      'SOCKETS_PER_ADDRESS',
      '0',
      'SOCKETS_PER_ADDRESS is "0", expected a whole number from 1 to 100000',
    ],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud", expected one of debug, info, warn, error, silent'],
  ])('refuses %s=%s with a sentence', (name, value, sentence) => {
    expect(readConfig({ [name]: value }, SCENARIOS)).toEqual({ ok: false, error: [sentence] });
  });

  it('tells all problems at once', () => {
    const config = readConfig({ PORT: 'x', SPEED: 'y', SCENARIO: 'z' }, SCENARIOS);
    expect(config.ok ? [] : config.error.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'SPEED',
      'SCENARIO',
    ]);
  });

  it.each([
    [
      { REPLAY: '/nowhere.csv' },
      'REPLAY is "/nowhere.csv", expected the path of a CSV file: there is nothing at that path',
    ],
    [{ REPLAY: 'server' }, 'REPLAY is "server", expected the path of a CSV file: that is a folder'],
    [
      { DATA_DIR: 'package.json' },
      'DATA_DIR is "package.json", expected the path of a folder: that is a file',
    ],
  ])('refuses a path that is not what it should be: %j', (env, sentence) => {
    expect(pathProblems(env)).toEqual([sentence]);
  });

  it('takes paths that are, or can be made', () => {
    expect(pathProblems({ REPLAY: 'package.json', DATA_DIR: 'not-there-yet' })).toEqual([]);
    expect(pathProblems({ REPLAY: '', DATA_DIR: 'server' })).toEqual([]);
  });

  it('refuses words on the command line that it would leave aside', () => {
    expect(argumentProblems(['demo'])).toEqual([]);
    expect(argumentProblems([])).toEqual([]);
    expect(argumentProblems(['demmo', '--port=80'])).toEqual([
      '"demmo" is no mode, expected one of demo, start, dev, headless',
      '"--port=80" is not understood; options are environment variables, for example: PORT=8080 npm run demo (--help lists them)',
    ]);
  });

  it('lists every variable in the help', () => {
    for (const name of ['PORT', 'SEED', 'REPLAY', 'DATA_DIR', 'FRESH', 'LOG_LEVEL', 'calm']) {
      expect(helpText(SCENARIOS)).toContain(name);
    }
  });
});

it('tells everything that is wrong with a start at once, a sentence each, and starts nothing', () => {
  const wrong = {
    PORT: '99999',
    ACCOUNTS: 'abc',
    SPEED: '-1',
    SCENARIO: 'nope',
    DATA_DIR: 'package.json',
  };
  const started = spawnSync('node', ['server/main.ts', 'headless', '--fast'], {
    encoding: 'utf8',
    env: { ...process.env, ...wrong },
  });
  expect({ status: started.status, stdout: started.stdout }).toEqual({ status: 1, stdout: '' });
  const lines = started.stderr.trim().split('\n');
  expect(lines.map((line) => /^plimsoll: "?([\w-]+)/.exec(line)?.[1])).toEqual([
    '--fast',
    'PORT',
    'ACCOUNTS',
    'SPEED',
    'SCENARIO',
    'DATA_DIR',
  ]);
});

it('prints the same options before anything is installed', () => {
  const asked = spawnSync('node', ['server/prepare.mjs', 'demo', '--help'], { encoding: 'utf8' });
  const said = (text: string): readonly string[] => text.trim().split('\n').slice(1);
  const ids = ALL_SCENARIOS.map(({ id }) => id);
  expect(said(asked.stdout)).toEqual(said(helpText(ids)));
});
