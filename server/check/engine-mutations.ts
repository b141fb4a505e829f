/** One-line breaks of the rules of the engine: each must make a test that cites its rule fail. */
import { type Mutation, type MutationRow } from './mutations.ts';

/** Breaks held by one test file of the engine. */
function broken(test: string, rows: readonly MutationRow[]): readonly Mutation[] {
  return rows.map(([rule, file, find, replace]) => ({
    rule,
    file: `lib/${file}`,
    find,
    replace,
    test: `lib/engine/${test}`,
  }));
}

export const ENGINE_MUTATIONS: readonly Mutation[] = [
  ...broken('step.test.ts', [
    ['ST1', 'engine/journal.ts', 'sha256Hex(state.head.hash + text)', 'sha256Hex(text)'],
    ['ST1', 'engine/journal.ts', 'state.head.seq + 1', 'state.head.seq'],
    ['ST1', 'engine/step.ts', '[runStarted(state)] : []', '[] : []'],
    ['ST2', 'engine/step.ts', 'if (planned.length > 0) yield planned;', ''],
    [
      'ST2',
      'engine/step.ts',
      "plan.row.phase = { kind: 'liquidating'",
      "plan.row.phase = { kind: 'liquidated', at: state.time } ?? { kind: 'liquidating'",
    ],
    [
      'ST3',
      'engine/apply.ts',
      'if (state.accounts.has(accountId))',
      'if (state.accounts.delete(accountId) && accountId.length === 0)',
    ],
    [
      'ST3',
      'engine/by-people.ts',
      'if (row === undefined || row.accountId !== accountId)',
      'if (row === undefined)',
    ],
    [
      'ST4',
      'engine/by-people.ts',
      '{ by, note, at: state.time }',
      "{ by, note: '', at: state.time }",
    ],
    [
      'ST4',
      'engine/alerts.ts',
      'keepsAcknowledgement ? row.acknowledged : undefined',
      'row.acknowledged',
    ],
    ['ST5', 'engine/apply.ts', 'touched: [...state.accounts.keys()]', 'touched: []'],
    [
      'ST6',
      'engine/alerts.ts',
      "reading === 'unknown' ? 'healthy' : reading.worstEnter",
      "'healthy'",
    ],
    ['ST6', 'engine/watch.ts', "if (row.alert.state !== 'healthy') {", 'if (false) {'],
    ['ST7', 'engine/cash.ts', 'pays ? -amount : amount', 'pays ? amount : -amount'],
  ]),
  ...broken('phase.test.ts', [
    [
      'PH1',
      'engine/phase.ts',
      'Math.min(...times) - row.phase.since',
      'Math.max(...times) - row.phase.since',
    ],
    ['PH1', 'engine/phase.ts', 'since >= CONFIRMATION_MS', 'since > CONFIRMATION_MS'],
    ['PH1', 'engine/phase.ts', 'const CONFIRMATION_MS = SECOND_MS;', 'const CONFIRMATION_MS = 0;'],
    ['PH2', 'engine/phase.ts', "rate('1.1')", "rate('9')"],
    ['PH2', 'engine/phase.ts', 'fact.sources >= AT_ONCE_SOURCES_MIN', 'fact.sources >= 1'],
    ['PH2', 'engine/phase.ts', 'ONE_SECOND_FEED.laggingFromMs', 'ONE_SECOND_FEED.staleFromMs'],
    ['PH3', 'margin/health.ts', "pool.missing.length > 0 ? 'unknown' : measured", 'measured'],
    ['PH3', 'engine/facts.ts', "'stale' ? { index, staleMark: id }", "'stale' ? { index }"],
    ['PH4', 'engine/phase.ts', "row.phase = { kind: 'none' };", ''],
  ]),
  ...broken('marks.test.ts', [
    ['MK1', 'engine/marks.ts', 'state.time + CLOCK_TOLERANCE_MS', 'state.time + 60_000'],
    ['MK1', 'engine/marks.ts', 'fact.venueTime < last.venueTime', 'fact.venueTime < 0'],
    ['MK1', 'engine/marks.ts', 'fact.markTicks <= 0n', 'fact.markTicks < 0n'],
    ['MK1', 'engine/marks.ts', 'if (!Number.isFinite(fact.venueTime))', 'if (false)'],
    ['MK2', 'engine/marks.ts', 'const LARGEST_JUMP = 10n;', 'const LARGEST_JUMP = 9n;'],
    ['MK2', 'engine/marks.ts', 'const LARGEST_JUMP = 10n;', 'const LARGEST_JUMP = 11n;'],
    ['MK2', 'engine/marks.ts', ' || isJump(last.indexTicks, fact.indexTicks)', ''],
    ['MK2', 'engine/marks.ts', 'operatorAcceptsJump: false', 'operatorAcceptsJump: true'],
    ['MK2', 'engine/marks.ts', 'before.jumpRefusedAt ?? last.venueTime', 'last.venueTime'],
    [
      'MK2',
      'engine/marks.ts',
      'const JUMP_WINDOW_MS = MINUTE_MS;',
      'const JUMP_WINDOW_MS = 2 * MINUTE_MS;',
    ],
    [
      'MK3',
      'engine/apply.ts',
      'if (!taken.ok) countFault(state, taken.error);',
      'if (!taken.ok) return refused(state, event, null, taken.error);',
    ],
    ['MK3', 'engine/marks.ts', "return 'duplicate'", 'return undefined'],
  ]),
  ...broken('liquidation.test.ts', [
    [
      'LI1',
      'engine/watch.ts',
      'left.equity.comparedTo(right.equity)',
      'right.equity.comparedTo(left.equity)',
    ],
    [
      'LI1',
      'engine/watch.ts',
      'left.equity.times(right.maintenance).comparedTo',
      'right.equity.times(left.maintenance).comparedTo',
    ],
    [
      'LI2',
      'engine/liquidation.ts',
      'return [...cancelled, ...steps, settled];',
      'return [...steps, ...cancelled, settled];',
    ],
    [
      'LI2',
      'engine/liquidation-plan.ts',
      'return { planId, ...p, positions, orderIds };',
      'return { planId, ...p, positions, orderIds: [] };',
    ],
    ['LI3', 'engine/settlement.ts', 'asked < payable ? asked : payable', 'asked'],
    [
      'LI3',
      'engine/settlement.ts',
      "RATE_SCALE, 'ceil');\n  const payable",
      "RATE_SCALE, 'ceil') * 2n;\n  const payable",
    ],
    ['LI4', 'engine/settlement.ts', 'held < p.amount ? held : p.amount', 'p.amount'],
    ['LI4', 'engine/settlement.ts', 'moneyUnits(p.amount - paidByFund)', 'NO_UNITS'],
    [
      'LI5',
      'engine/liquidation.ts',
      "scope.kind === 'isolated' ? moneyUnits(released) : walletOf",
      'walletOf',
    ],
    ['LI6', 'margin/ways-out.ts', "rate('0.01')", "rate('0.02')"],
    [
      'LI6',
      'engine/liquidation.ts',
      'if (balance < 0n) raise(asset, -balance);',
      'if (balance < 0n) raise(asset, 0n);',
    ],
    [
      'LI7',
      'engine/statement.ts',
      'asset: sale.into, amount: negated(sale.proceeds)',
      'asset: sale.into, amount: sale.proceeds',
    ],
    [
      'LI7',
      'engine/liquidation.ts',
      'before < 0n ? 0n : before - paid',
      'before < 0n ? 0n : before',
    ],
    [
      'LI8',
      'engine/step.ts',
      'const still = assessAgain(state, breach);',
      'const still = assessAgain(state, breach) ?? breach;',
    ],
    ['DG4', 'engine/ledger.ts', 'credit(p.from, p.asset, negated(p.amount));', ''],
  ]),
  ...broken('screen.test.ts', [
    ['SC1', 'engine/watch.ts', '|| !isQuiet(noted.bracket, scene.floats)', ''],
    ['SC1', 'engine/watch.ts', '!isQuiet(noted.bracket, scene.floats)', 'true'],
    [
      'SC1',
      'engine/screen.ts',
      'if (pool.multi) add(asset.asset, usd * (own * weight - required));',
      '',
    ],
    ['SC1', 'engine/watch.ts', 'scene.notes.brackets.delete(facts.id);', ''],
    ['SC2', 'engine/screen.ts', 'if (!isWithinTiers(pool, scene.market)) return false;', ''],
    ['SC2', 'engine/screen.ts', 'if (!(equity - maintenance > slack)) return false;', ''],
  ]),
  ...broken('bounded.test.ts', [
    [
      'SC3',
      'engine/bounded.ts',
      'const PLAUSIBLE_MOVE_MIN = 0.1;',
      'const PLAUSIBLE_MOVE_MIN = 0.001;',
    ],
    [
      'SC3',
      'engine/bounded.ts',
      'const PLAUSIBLE_DEVIATIONS = 6;',
      'const PLAUSIBLE_DEVIATIONS = 5;',
    ],
    ['SC3', 'engine/pool-reading.ts', 'if (differs) return undefined;', ''],
    ['SC3', 'engine/pool-reading.ts', "bounded: reading !== 'unknown' }", 'bounded: false }'],
  ]),
  ...broken('memory.test.ts', [
    ['DG1', 'engine/memory.ts', 'return BigInt(body);', 'return Number(body);'],
    [
      'DG1',
      'engine/memory.ts',
      'map.set(decode(pair[0]), decode(pair[1]))',
      'map.set(decode(pair[0]), pair[1])',
    ],
    [
      'DG2',
      'engine/memory.ts',
      '`${DECIMAL}${value.toFixed()}`',
      '`${DECIMAL}${value.toFixed(8)}`',
    ],
    [
      'DG2',
      'engine/memory.ts',
      "if (typeof value === 'number' || typeof value === 'boolean'",
      "if (typeof value === 'number') return Math.round(value * 1000); if (typeof value === 'boolean'",
    ],
    ['DG3', 'engine/engine.ts', 'seed: run.seed,', "seed: '',"],
  ]),
];
