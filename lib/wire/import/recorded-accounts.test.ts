import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '../../contract.ts';
import { assessAccount } from '../../margin/health.ts';
import { Decimal } from '../../units/decimal.ts';
import { timestampMs } from '../../units/time.ts';
import { toFacts } from '../account-file.ts';
import { type ComparedFigure } from '../compared-figure.ts';
import { comparedFigures } from '../venue-differences.ts';
import { accountText } from './account-text.ts';
import { type Imported } from './assemble.ts';
import { readInput } from './read-input.ts';

const READ_AT = timestampMs(Date.UTC(2026, 0, 14, 12));

function imported(text: string): Imported {
  const read = readInput([{ name: 'answers', text }], READ_AT);
  assert(read.ok, read.ok ? '' : read.error.join('; '));
  return read.value;
}

function accountOf(venue: string): Imported {
  const file = new URL(
    `../../../e2e/fixtures/recorded-accounts/${venue}-answers.txt`,
    import.meta.url,
  );
  return imported(readFileSync(file, 'utf8'));
}

function comparedIn({ file }: Imported): readonly ComparedFigure[] {
  const { venueFigures } = file.record;
  assert(venueFigures !== undefined, 'the venue printed figures');
  const facts = toFacts(file);
  return comparedFigures(assessAccount(facts), facts.account, venueFigures);
}

/** Figures of e2e/fixtures/recorded-accounts/SOURCES.md; ours to as many digits as the venue printed. */
describe.each([
  [
    'binance',
    [
      'USDT walletBalance: 1535443.01 = 1535443.01, equal',
      'BTCUSDT maintenanceMargin: 71200.81144 = 71200.811444, as-printed',
      'BTCUSDT liquidationPrice: 26316.89 = 26316.893265, as-printed',
    ],
  ],
  [
    'bybit',
    [
      'XRPUSDT notional: 36.15 = 36.15, equal',
      'XRPUSDT unrealizedPnl: -1.83 = -1.83, equal',
      'XRPUSDT initialMargin: 3.634521 = 3.634521, equal',
      'XRPUSDT maintenanceMargin: 0.381021 = 0.381021, equal',
      'ETHUSDT liquidationPrice: 919.1 = 919.1, equal',
    ],
  ],
  [
    'okx',
    [
      'ETH-USD-210430 long unrealizedPnl: -0.0000009932766034 = -0.00000099327660341, equal',
      'ETH-USD-210430 long maintenanceMargin: 0.000031181109237 = 0.000031181109237, equal',
      'ETH-USD-210430 long marginRatio: 0.085238945792 = 0.085238945792, equal',
      'ETH-USD-210430 long liquidationPrice: 2352.8496682 = 2352.8496682, equal',
    ],
  ],
])('the recorded account of %s', (venue, figures) => {
  it('comes out as the venue printed it, whole', () => {
    const account = accountOf(venue);
    expect(account.rejected).toEqual([]);
    expect(comparedIn(account).map(lineOf)).toEqual(figures);
  });

  it('says so when a figure is another', () => {
    const account = accountOf(venue);
    const text = accountText(account.content).replace(/"liquidationPrice": "\d/, (found) =>
      found.replace(/\d$/, (digit) => String((Number(digit) % 9) + 1)),
    );
    expect(comparedIn(imported(text)).map(({ agreement }) => agreement)).toContain('differs');
  });
});

/** Ours has forty digits; how far they agree is what the last word says. */
const DIGITS = 11;

function lineOf({ subject, figure, theirs, ours, agreement }: ComparedFigure): string {
  assert(typeof ours === 'string' && theirs !== null, 'both exist');
  const [a, b] = [theirs, new Decimal(ours)].map((one) =>
    one.toSignificantDigits(DIGITS).toFixed(),
  );
  return `${subject} ${figure}: ${a ?? ''} = ${b ?? ''}, ${agreement}`;
}
