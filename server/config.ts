/** What the environment may say, and the refusal when it says something else: every problem at once, each in one sentence. */
import { statSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '#lib/contract.ts';
import { shown } from '#lib/wire/expectation.ts';

const PORT_MAX = 65_535;
const ACCOUNTS_MAX = 1_000_000;
const SPEED_MAX = 1_000;
const SEED_LENGTH_MAX = 64;

export type RunInput =
  | { readonly kind: 'scenario'; readonly scenario: string }
  | { readonly kind: 'replay'; readonly path: string };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly seed: string;
  readonly accounts: number;
  readonly speed: number;
  readonly input: RunInput;
  readonly dataDir: string;
  /** Wipes this run's folder before it starts. */
  readonly fresh: boolean;
  /** Holds every pool against the plain exact path once a minute. */
  readonly verify: boolean;
  readonly logLevel: LogLevel;
  /** Origins of pages besides our own that may talk to this server, as `https://risk.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** Sockets that one network address may hold open. */
  readonly socketsPerAddress: number;
}

interface Variable<Value> {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly schema: z.ZodType<Value>;
}

function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

const speedError = `a number above 0 and up to ${SPEED_MAX}`;
const speed = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,3})?$/, { error: speedError })
  .transform(Number)
  .pipe(z.number().gt(0, { error: speedError }).max(SPEED_MAX, { error: speedError }));

function text(max: number) {
  const error = `a text of 1 to ${max} characters`;
  return z.string().min(1, { error }).max(max, { error });
}

function wordsIn(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'origins as a browser writes them, with commas between: https://risk.example.com',
});

const WORDS_LENGTH_MAX = 4_096;
const SOCKETS_MAX = 100_000;
const yesOrNo = z.enum(['0', '1'], { error: '1 or 0' }).transform((word) => word === '1');

const VARIABLES = {
  port: {
    name: 'PORT',
    fallback: '3000',
    meaning: 'port to listen on; 0 takes any free one',
    schema: whole(0, PORT_MAX),
  },
  host: {
    name: 'HOST',
    fallback: '127.0.0.1',
    meaning: 'address to listen on',
    schema: text(SEED_LENGTH_MAX * 4),
  },
  seed: {
    name: 'SEED',
    fallback: '1',
    meaning: 'seed of prices and accounts: the same seed gives the same run',
    schema: text(SEED_LENGTH_MAX),
  },
  accounts: {
    name: 'ACCOUNTS',
    fallback: '200',
    meaning: 'how many simulated accounts there are at the start',
    schema: whole(1, ACCOUNTS_MAX),
  },
  speed: {
    name: 'SPEED',
    fallback: '120',
    meaning: 'how fast run time may pass, as a multiple of real time',
    schema: speed,
  },
  scenario: {
    name: 'SCENARIO',
    fallback: 'busy',
    meaning: 'which simulated market to run',
    schema: text(SEED_LENGTH_MAX),
  },
  replay: {
    name: 'REPLAY',
    fallback: '',
    meaning: 'replays this CSV file of recorded prices instead of a scenario',
    schema: z.string().max(WORDS_LENGTH_MAX, { error: 'the path of a CSV file' }),
  },
  dataDir: {
    name: 'DATA_DIR',
    fallback: '.data',
    meaning: 'where runs are kept',
    schema: text(WORDS_LENGTH_MAX),
  },
  fresh: {
    name: 'FRESH',
    fallback: '0',
    meaning: '1 wipes the data of this run and starts it over',
    schema: yesOrNo,
  },
  verify: {
    name: 'VERIFY',
    fallback: '0',
    meaning: '1 checks every pool exactly once a minute and tells what differs',
    schema: yesOrNo,
  },
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    meaning: 'debug, info, warn, error or silent',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'one of debug, info, warn, error, silent',
    }),
  },
  allowedOrigins: {
    name: 'ALLOWED_ORIGINS',
    fallback: '',
    meaning: 'origins besides our own, with commas: https://risk.example.com',
    schema: z.string().transform(wordsIn).pipe(z.array(origin)),
  },
  socketsPerAddress: {
    name: 'SOCKETS_PER_ADDRESS',
    fallback: '64',
    meaning: 'open sockets that one network address may have',
    schema: whole(1, SOCKETS_MAX),
  },
} as const satisfies Record<string, Variable<unknown>>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration. A variable that is empty counts as not set.
 * @param scenarios ids of the scenarios that exist; SCENARIO must be one of them.
 */
export function readConfig(
  env: Environment,
  scenarios: readonly string[],
): Result<Config, readonly string[]> {
  const problems: string[] = [];
  function read<Value>(variable: Variable<Value>): Value | undefined {
    const given = env[variable.name];
    const word = given === undefined || given === '' ? variable.fallback : given;
    const parsed = variable.schema.safeParse(word);
    if (parsed.success) return parsed.data;
    problems.push(
      refusal(variable.name, word, parsed.error.issues[0]?.message ?? 'something else'),
    );
    return undefined;
  }
  const config = definedOf({
    port: read(VARIABLES.port),
    host: read(VARIABLES.host),
    seed: read(VARIABLES.seed),
    accounts: read(VARIABLES.accounts),
    speed: read(VARIABLES.speed),
    input: inputOf(read(VARIABLES.replay), read(VARIABLES.scenario), scenarios, problems),
    dataDir: read(VARIABLES.dataDir),
    fresh: read(VARIABLES.fresh),
    verify: read(VARIABLES.verify),
    logLevel: read(VARIABLES.logLevel),
    allowedOrigins: read(VARIABLES.allowedOrigins),
    socketsPerAddress: read(VARIABLES.socketsPerAddress),
  });
  return config === undefined || problems.length > 0 ? fail(problems) : ok(config);
}

/** `unreadable`: whoever opens it says why. */
function kindOf(path: string): 'nothing' | 'folder' | 'file' | 'unreadable' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? 'nothing' : found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'unreadable';
  }
}

/** What no schema can see: whether that which a path names is what it is meant to be. */
export function pathProblems({ REPLAY = '', DATA_DIR = '' }: Environment): readonly string[] {
  const replay = REPLAY === '' ? 'file' : kindOf(REPLAY);
  const problems: string[] = [];
  if (replay === 'nothing' || replay === 'folder') {
    const what = replay === 'folder' ? 'that is a folder' : 'there is nothing at that path';
    problems.push(refusal('REPLAY', REPLAY, `the path of a CSV file: ${what}`));
  }
  if (DATA_DIR !== '' && kindOf(DATA_DIR) === 'file')
    problems.push(refusal('DATA_DIR', DATA_DIR, 'the path of a folder: that is a file'));
  return problems;
}

const MODES: readonly string[] = ['demo', 'start', 'dev', 'headless'];

/** @param words what stands behind the file's name on the command line: a mode, and nothing else. */
export function argumentProblems([mode, ...others]: readonly string[]): readonly string[] {
  const options =
    'options are environment variables, for example: PORT=8080 npm run demo (--help lists them)';
  return [
    ...(mode === undefined || MODES.includes(mode)
      ? []
      : [`${shown(mode)} is no mode, expected one of ${MODES.join(', ')}`]),
    ...others.map((word) => `${shown(word)} is not understood; ${options}`),
  ];
}

function refusal(name: string, value: string, expected: string): string {
  return `${name} is ${shown(value)}, expected ${expected}`;
}

function inputOf(
  replay: string | undefined,
  scenario: string | undefined,
  scenarios: readonly string[],
  problems: string[],
): RunInput | undefined {
  if (replay === undefined || scenario === undefined) return undefined;
  if (replay !== '') return { kind: 'replay', path: replay };
  if (scenarios.includes(scenario)) return { kind: 'scenario', scenario };
  problems.push(refusal('SCENARIO', scenario, `one of ${scenarios.join(', ')}`));
  return undefined;
}

type Partly<Shape> = { readonly [Key in keyof Shape]: Shape[Key] | undefined };

function isComplete<Shape extends object>(value: Partly<Shape>): value is Shape {
  return Object.values(value).every((part) => part !== undefined);
}
function definedOf(parts: Partly<Config>): Config | undefined {
  return isComplete<Config>(parts) ? parts : undefined;
}

const NAME_WIDTH = 20;
const FALLBACK_WIDTH = 12;

/** The table that `--help` prints. */
export function helpText(scenarios: readonly string[]): string {
  const lines = Object.values(VARIABLES).map(
    ({ name, fallback, meaning }) =>
      `  ${name.padEnd(NAME_WIDTH)}${fallback.padEnd(FALLBACK_WIDTH)}${meaning}`,
  );
  return [
    'Plimsoll: how far every account and position is from forced liquidation, on one port',
    '',
    'Options are environment variables, for example: PORT=8080 SEED=7 npm run demo',
    '',
    ...lines,
    '',
    `Scenarios: ${scenarios.join(', ')}`,
    '',
  ].join('\n');
}
