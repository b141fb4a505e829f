/** One-line breaks of the rules of what if: each must make a test that cites its rule fail. */
import { type Mutation, type MutationRow } from './mutations.ts';

/** Breaks held by one test file of the room. */
function broken(test: string, rows: readonly MutationRow[]): readonly Mutation[] {
  return rows.map(([rule, file, find, replace]) => ({
    rule,
    file: `lib/risk/${file}`,
    find,
    replace,
    test: `lib/risk/${test}`,
  }));
}

export const RISK_MUTATIONS: readonly Mutation[] = [
  ...broken('what-if.test.ts', [
    [
      'WI1',
      'what-if.ts',
      'applyChange(outcome, change)',
      'applyChange({ facts, cost: NO_COST }, change)',
    ],
    ['WI1', 'what-if.ts', 'plus(sums.get(asset) ?? NO_MONEY, amount)', 'amount'],
    ['WI2', 'cash.ts', 'smaller(walletOf(facts, asset), free.value)', 'walletOf(facts, asset)'],
    ['WI2', 'cash.ts', 'amount.decimalPlaces() > MONEY_DECIMALS || ', ''],
    ['WI2', 'lookup.ts', 'if (missing !== undefined) return', 'if (false) return'],
    [
      'WI3',
      'trade.ts',
      "times(instrument.takerFeeRate)), 'up')",
      "times(instrument.takerFeeRate)), 'down')",
    ],
    [
      'WI3',
      'trade.ts',
      'negate(bookedValue(trade, closing)), release)',
      'negate(bookedValue(trade, closing)), NO_MONEY)',
    ],
    ['WI3', 'lookup.ts', "mark.status === 'stale'", 'false'],
    ['WI3', 'trade.ts', '!size.div(instrument.lotSize).isInteger()', 'false'],
    ['WI4', 'trade.ts', 'plus(closed.share(before), closed.realizedPnl)', 'closed.realizedPnl'],
    ['WI4', 'trade.ts', 'plus(before, trade.openingMargin), returned', 'before, returned'],
    ['WI5', 'trade.ts', 'plus(trade.openingMargin, trade.fee)', 'trade.openingMargin'],
    [
      'WI5',
      'trade.ts',
      'order.leverage.lte(roundTo(',
      'order.leverage.gt(0) || order.leverage.lte(roundTo(',
    ],
    ['WI6', 'trade.ts', 'backed ? NO_MONEY : absolute(balance)', 'NO_MONEY'],
    ['WI7', 'terms.ts', 'leverage.lt(held.leverage)', 'leverage.lt(0)'],
    ['WI7', 'terms.ts', 'if (leverage.gt(leverageMax))', 'if (leverage.lt(0))'],
    ['WI8', 'cash.ts', 'amount.lte(free.value)', 'amount.gt(0)'],
    ['WI8', 'cash.ts', 'const returns = amount.isNegative();', 'const returns = false;'],
    [
      'WI9',
      'terms.ts',
      'instrument?.base !== coin',
      'instrument === undefined || instrument.id !== coin',
    ],
    ['WI9', 'terms.ts', 'rounded.gt(0) ? price(rounded) : tickSize', 'price(rounded)'],
    ['WI9', 'terms.ts', "reading.status === 'stale'", 'false'],
    ['WI9', 'terms.ts', 'index: scale(own.index, factor)', 'index: own.index'],
  ]),
  ...broken('solve.test.ts', [
    [
      'SV1',
      'target.ts',
      'maintenance.lte(balance.times(atMost))',
      'maintenance.lt(balance.times(atMost))',
    ],
    ['SV1', 'target.ts', "pool.status === 'unknown' || ", ''],
    ['SV1', 'target.ts', "reached: pool.status === 'healthy'", 'reached: true'],
    ['SV2', 'search.ts', 'return ends.above.at;', 'return ends.above.at + 1n;'],
    ['SV2', 'solve.ts', "{ kind: 'margin', instrumentId, positionSide, amount }", 'deposited'],
    [
      'SV2',
      'solve.ts',
      'assets.find((asset) => !coins.has(asset))',
      'assets.find((asset) => coins.has(asset))',
    ],
    ['SV3', 'search.ts', 'return ends.above.at;', 'return ends.above.at + 1n;'],
    ['SV3', 'solve.ts', 'if (size.eq(held.abs()))', 'if (size.isZero())'],
    [
      'SV3',
      'solve.ts',
      'toSorted((left, right) => feeIn(left)',
      'toSorted((right, left) => feeIn(left)',
    ],
    ['SV4', 'solve.ts', "if (why !== undefined) return { kind: 'unknown', why };", ''],
    [
      'SV4',
      'solve.ts',
      'return readTarget(end.value.facts, goal.poolId, goal.target).reached',
      'return false',
    ],
  ]),
  ...broken('ratio-story.test.ts', [
    ['RS1', 'ratio-story.ts', 'minus(priced, story.ratio)', 'minus(funded, story.ratio)'],
    ['RS2', 'ratio-story.ts', 'plus(marginMode.wallet, received)', 'marginMode.wallet'],
    ['RS3', 'ratio-story.ts', "? 'trades' : 'transfers'", "? 'transfers' : 'trades'"],
  ]),
];
