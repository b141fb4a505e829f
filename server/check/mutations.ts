/** One-line breaks of the rules of margin: each must make a test that cites its rule fail. */

export interface Mutation {
  readonly rule: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly test: string;
}

export type MutationRow = readonly [rule: string, file: string, find: string, replace: string];

/** Breaks of one file, held by one test file. */
function broken(test: string, rows: readonly MutationRow[], room = 'margin'): readonly Mutation[] {
  return rows.map(([rule, file, find, replace]) => ({
    rule,
    file: `lib/${file}`,
    find,
    replace,
    test: `lib/${room}/${test}`,
  }));
}

export const MARGIN_MUTATIONS: readonly Mutation[] = [
  ...broken('venues.test.ts', [
    ['VE1', 'margin/outward.ts', 'piece !== first && valueOn', 'piece === first && valueOn'],
    ['VE1', 'margin/outward.ts', 'ahead(piece.end, x)) && falls(x)', 'ahead(piece.end, x))'],
    ['VE2', 'margin/requirement.ts', 'growth.maintenanceBase.plus(', 'growth.initialBase.plus('],
    [
      'VE2',
      'margin/requirement.ts',
      "terms.tierKey === 'notional' ? notional",
      "terms.tierKey !== 'notional' ? notional",
    ],
    ['VE3', 'margin/requirement.ts', "inUnits(rules, leg, one, 'half-up')", 'one'],
    ['VE4', 'margin/requirement.ts', "decimals, 'up')));", "decimals, 'down')));"],
    ['VE5', 'margin/requirement.ts', 'cost.plus(initial)', 'cost.minus(initial)'],
    [
      'VE5',
      'margin/venue-line.ts',
      "terms.closingFee === 'of-last-value' ? lastFee",
      "terms.closingFee === 'none' ? lastFee",
    ],
    [
      'VE6',
      'margin/requirement.ts',
      'if (!terms.bankruptcyHoldsFee) return initial;',
      'if (terms.bankruptcyHoldsFee) return initial;',
    ],
    [
      'VE7',
      'margin/venue-line.ts',
      "terms.searchedAt === 'entry'\n",
      "terms.searchedAt === 'mark'\n",
    ],
    [
      'VE2',
      'margin/requirement.ts',
      'openedAt < flatIfOpenedBefore',
      'openedAt > flatIfOpenedBefore',
    ],
    ['VE7', 'margin/pool-totals.ts', 'larger(of(long), of(short))', 'sumOf([of(long), of(short)])'],
    ['VE8', 'margin/printed-price.ts', 'exact.plus(mode', 'exact.minus(mode'],
    [
      'VE9',
      'margin/account-formulas.ts',
      "BYBIT_RATE_DECIMALS, 'down'",
      "BYBIT_RATE_DECIMALS, 'half-up'",
    ],
    [
      'VE9',
      'margin/account-formulas.ts',
      'p.haircut).times(ONE.minus(p.conversionSpread))',
      'p.haircut)',
    ],
    [
      'VE9',
      'margin/account-formulas.ts',
      'entryPrice: p.markPrice }',
      'entryPrice: p.entryPrice }',
    ],
  ]),
  ...broken('bad-input.test.ts', [
    ['VE10', 'margin/pool.ts', 'position.leverage.gt(0) && instrument', 'instrument'],
  ]),
  ...broken('versions.test.ts', [
    ['VE12', 'margin/venues/versions.ts', 'effectiveFrom <= day', 'effectiveFrom >= day'],
    ['VE12', 'margin/requirement.ts', "flatIfOpenedBefore === 'any-time' ||", ''],
  ]),
  ...broken('venue-joint.test.ts', [
    ['VE11', 'margin/venue-joint.ts', "=== 'down' ? -1 : 1", "=== 'down' ? 1 : -1"],
    ['VE11', 'margin/venue-line.ts', '.minus(offset).div(slope)', '.div(slope)'],
  ]),
  ...broken('tiers.test.ts', [
    [
      'MR1',
      'margin/tiers.ts',
      'compareDecimals(notional, notionalCap) <= 0',
      'compareDecimals(notional, notionalCap) < 0',
    ],
    ['MR1', 'margin/tiers.ts', 'instrument.tiers.at(-1);', 'instrument.tiers.at(0);'],
    ['MR2', 'margin/tiers.ts', '.minus(tier.maintenanceDeduction)', ''],
    [
      'MR2',
      'market/instrument.ts',
      'previous.maintenanceDeduction.plus(',
      'previous.maintenanceDeduction.minus(',
    ],
    ['MR3', 'margin/tiers.ts', "=== 'chosen' ? leverage", "!== 'chosen' ? leverage"],
  ]),
  ...broken('health.test.ts', [
    ['MR4', 'margin/pool.ts', 'filter((order) => !order.reduceOnly)', 'filter(() => true)'],
    [
      'MR4',
      'margin/pool.ts',
      "p.hedgeSide === 'long' ? NOTHING",
      "p.hedgeSide === 'short' ? NOTHING",
    ],
    ['MR4', 'margin/pool.ts', 'longer.gt(shorter) ? longer : shorter', 'longer.plus(shorter)'],
    ['MR4', 'margin/pool.ts', 'largest.minus(own)', 'largest'],
    ['MR4', 'margin/order-margin.ts', 'plus(notional, money(positionValue.abs()))', 'notional'],
    ['MR4', 'margin/order-margin.ts', '?? first?.leverage', ''],
    [
      'MR4',
      'margin/order-margin.ts',
      'book.facts.orderPositions.find(',
      'book.facts.positions.find(',
    ],
    [
      'MR5',
      'market/instrument.ts',
      ': money(signedSize.times(instrument.contractSize).div(at).negated());',
      ': money(signedSize.times(instrument.contractSize).div(at));',
    ],
    [
      'MR5',
      'margin/valuation.ts',
      'value.isNegative() ? negate(magnitude) : magnitude',
      'magnitude',
    ],
    [
      'MR6',
      'margin/venues/binance.ts',
      "maintenanceMargin: 'down'",
      "maintenanceMargin: 'half-up'",
    ],
    ['MR6', 'margin/venues/house.ts', "maintenanceMargin: 'up'", "maintenanceMargin: 'down'"],
    ['MR6', 'margin/venues/house.ts', "initialMargin: 'up'", "initialMargin: 'half-even'"],
    ['MR7', 'margin/valuation.ts', 'unrealizedPnl.times(leverage)', 'unrealizedPnl'],
    ['MR8', 'margin/valuation.ts', 'ONE.plus(fee).div(ONE.minus(fee))', 'ONE.plus(fee)'],
    ['MR8', 'margin/valuation.ts', '? entryPrice.div(growth)', '? entryPrice.times(growth)'],
    [
      'MR9',
      'margin/pool-totals.ts',
      "if (!marginBalance.gt(0)) return { kind: 'equity-gone' };",
      "if (marginBalance.lt(0)) return { kind: 'equity-gone' };",
    ],
    ['MR9', 'margin/pool-totals.ts', "? { kind: 'deficit' } :", "? { kind: 'equity-gone' } :"],
    [
      'MR9',
      'margin/pool-totals.ts',
      'ratioOf(maintenanceMargin, marginBalance)',
      'ratioOf(marginBalance, maintenanceMargin)',
    ],
    ['MR9', 'margin/health.ts', 'pools.toSorted(worseFirst)[0]', 'pools[0]'],
    ['MR10', 'margin/pool-totals.ts', 'plus(walletBalance, unrealizedPnl)', 'walletBalance'],
    [
      'MR10',
      'margin/pool.ts',
      "filter((position) => position.marginMode.kind === 'cross')",
      'filter(() => true)',
    ],
    [
      'MR10',
      'margin/pool.ts',
      'filter((position) => settleOf(position) === asset)',
      'filter(() => true)',
    ],
    [
      'MR11',
      'margin/pool-totals.ts',
      'smaller(NO_MONEY, totals.unrealizedPnl)',
      'totals.unrealizedPnl',
    ],
    ['MR11', 'margin/pool-totals.ts', 'plus(initialMargin, amount)', 'initialMargin'],
    [
      'MR11',
      'margin/pool-totals.ts',
      'larger(NO_MONEY, minus(amount, held))',
      'minus(amount, held)',
    ],
    [
      'MR12',
      'margin/health.ts',
      "status: pool.missing.length > 0 ? 'unknown' : measured",
      'status: measured',
    ],
    [
      'MR12',
      'margin/health.ts',
      '(valuation.tier.known ? [] : [valuation.tier.why])',
      '(valuation.tier.known ? [] : [])',
    ],
    ['MR12', 'margin/health.ts', '(figure.known ? [] : [figure.why])', '(figure.known ? [] : [])'],
    [
      'MR12',
      'margin/health.ts',
      'if (!figure.known || figure.value.isZero()) return figure;',
      'if (figure.known && figure.value.isZero()) return figure;',
    ],
    ['MA1', 'margin/path.ts', "rules.conversion === 'index'", "rules.conversion !== 'index'"],
    [
      'MA2',
      'margin/pool-totals.ts',
      'own.marginBalance.gt(0) ? weight : rate(1)',
      'own.marginBalance.isZero() ? rate(1) : weight',
    ],
    [
      'MA2',
      'margin/pool-totals.ts',
      "if (rules.haircutOn === 'equity')",
      "if (rules.haircutOn !== 'balances' || own.walletBalance.gt(0))",
    ],
    [
      'MA2',
      'margin/path.ts',
      '.gt(0) ? scaled(equity, weight) : equity;',
      '.gt(0) ? equity : equity;',
    ],
    [
      'MA2',
      'margin/liquidation-price.ts',
      '(asset.asset === moving.base ? PROPORTIONAL : STILL)',
      '(asset.asset === undefined ? PROPORTIONAL : STILL)',
    ],
    [
      'MA2',
      'margin/path.ts',
      'asset.wallet.gt(0) ? asset.wallet.times',
      'asset.wallet.lt(0) ? asset.wallet.times',
    ],
    ['MA3', 'margin/venues/house.ts', "creditInUsd: 'floor'", "creditInUsd: 'down'"],
    ['MA3', 'margin/venues/house.ts', "debitInUsd: 'ceil'", "debitInUsd: 'floor'"],
    ['MA3', 'margin/venues/binance.ts', "debitInUsd: 'down'", "debitInUsd: 'up'"],
  ]),
  ...broken('liquidation-price.test.ts', [
    ['LQ0', 'margin/pool-totals.ts', 'order < 0 : order <= 0', 'order <= 0 : order <= 0'],
    ['LQ0', 'margin/venues/binance.ts', "breach: 'at-or-below'", "breach: 'below'"],
    ['LQ1', 'margin/path.ts', 'b: value.b.minus(leg.position.openValue)', 'b: value.b'],
    ['LQ1', 'margin/path.ts', 'lessForm(equity, maintenance)', 'equity'],
    [
      'LQ1',
      'margin/path.ts',
      'b: requirement.b.minus(tier.maintenanceDeduction)',
      'b: requirement.b',
    ],
    [
      'LQ2',
      'margin/form.ts',
      'if (end.isZero()) return signOf(form.a.isZero() ? form.b : form.a);',
      'if (end.isZero()) return signOf(form.b);',
    ],
    ['LQ2', 'margin/form.ts', 'form.a.negated().div(form.b)', 'form.b.negated().div(form.a)'],
    [
      'LQ3',
      'margin/path.ts',
      'tierReaching(leg.instrument, valueAt(notional, probe))',
      'tierReaching(leg.instrument, notionalAtMark(leg))',
    ],
    ['LQ3', 'margin/straight-ways.ts', '(there - edge) > floor', '(there - edge) > 0'],
    ['LQ4', 'margin/liquidation-price.ts', "leg, 'up', 'breach')", "leg, 'down', 'breach')"],
    ['LQ4', 'margin/venues/house.ts', "conditionalOn: 'underlying'", "conditionalOn: 'instrument'"],
    [
      'LQ4',
      'margin/venues/binance.ts',
      "conditionalOn: 'instrument'",
      "conditionalOn: 'underlying'",
    ],
    ['LQ5', 'margin/printed-price.ts', "exact, falls ? 'ceil' : 'floor')", "exact, 'half-up')"],
    [
      'LQ5',
      'margin/printed-price.ts',
      'minOf(rounded, mark) : maxOf(rounded, mark)',
      'rounded : rounded',
    ],
    ['LQ5', 'margin/printed-price.ts', 'exact.toSignificantDigits(SETTLED_DIGITS)', 'exact'],
    ['LQ6', 'margin/printed-price.ts', "? 'floor' : 'ceil')", "? 'ceil' : 'floor')"],
    ['LQ6', 'margin/liquidation-price.ts', 'abs().negated()', 'abs()'],
    [
      'LQ6',
      'margin/health.ts',
      "breached ? 'already-liquidatable' : 'margin-covers-loss'",
      "breached ? 'margin-covers-loss' : 'margin-covers-loss'",
    ],
    ['LQ7', 'margin/straight-ways.ts', 'minus(position.openValue)', 'minus(ZERO)'],
    ['LQ7', 'margin/straight-ways.ts', 'if (far > farDoubt) return', 'if (true) return'],
    ['LQ7', 'margin/distances.ts', 'rising.minus(falling)', 'rising.plus(falling)'],
    ['LQ7', 'margin/distances.ts', 'movers.length > 1 ? jointDistance(pool, straight) : []', '[]'],
    [
      'LQ7',
      'margin/distances.ts',
      'left.share.comparedTo(right.share)',
      'right.share.comparedTo(left.share)',
    ],
    [
      'LQ7',
      'margin/distances.ts',
      "slope.isNegative() ? 'up' : 'down'",
      "slope.isNegative() ? 'down' : 'down'",
    ],
    ['LQ7', 'margin/distances.ts', 'base: movesAsset ? base : undefined', 'base: undefined'],
    ['BK1', 'margin/liquidation-price.ts', 'withMaintenance: false,', 'withMaintenance: true,'],
    [
      'BK1',
      'margin/liquidation-price.ts',
      'direction = net.gt(0) === solvent',
      'direction = leg.position.signedSize.gt(0) === solvent',
    ],
    [
      'BK1',
      'margin/liquidation-price.ts',
      "if (net.isZero()) return absent({ kind: 'price-cancels' });",
      '',
    ],
  ]),
  ...broken('exit.test.ts', [
    ['EX1', 'margin/exit.ts', 'leg.instrument.takerFeeRate', 'leg.instrument.makerFeeRate'],
    ['EX1', 'margin/exit.ts', "takerFeeRate)), 'up')", "takerFeeRate)), 'down')"],
    ['EX1', 'margin/exit.ts', 'p.fee.minus(p.pnlThere)', 'p.fee.plus(p.pnlThere)'],
    ['EX2', 'margin/exit.ts', 'left.known ? smaller(full, left.value) : full', 'full'],
    ['EX2', 'margin/exit.ts', 'alreadyThere ? leftNow(p, required) : required', 'required'],
    ['EX2', 'margin/exit.ts', 'required.times(p.equityNow).div(p.maintenanceNow)', 'p.equityNow'],
    ['EX2', 'margin/exit.ts', 'p.pnlNow.minus(p.pnlThere).plus(p.fee)', 'p.pnlNow.plus(p.fee)'],
  ]),
  ...broken('ways-out.test.ts', [
    ['EX3', 'margin/ways-out.ts', 'smaller(asked, larger(', 'larger(asked, larger('],
    ['EX3', 'margin/ways-out.ts', 'if (!balance.lt(0)) continue;', 'continue;'],
    ['EX3', 'margin/ways-out.ts', 'minus(worth, before.value)', 'worth'],
    ['EX3', 'margin/ways-out.ts', 'leg.instrument.takerFeeRate', 'leg.instrument.makerFeeRate'],
    ['EX3', 'margin/ways-out.ts', 'held.gte(0) && asked.gt(held)', 'asked.lt(held)'],
  ]),
  ...broken('next-funding.test.ts', [
    ['EX4', 'margin/next-funding.ts', '? negate(amount) : amount', '? amount : negate(amount)'],
    ['EX4', 'margin/next-funding.ts', "'half-even'", "'up'"],
    ['EX4', 'margin/next-funding.ts', "marginMode.kind === 'isolated'", 'false'],
    [
      'EX4',
      'margin/next-funding.ts',
      'instrumentId === p.instrumentId',
      'instrumentId !== undefined',
    ],
  ]),
  ...broken('stop-check.test.ts', [
    ['EX5', 'margin/stop-check.ts', '!gapPrice.value.gt(0)', 'gapPrice.value.lt(0)'],
    ['EX5', 'margin/stop-check.ts', 'stop.lt(mark)', 'stop.gt(mark)'],
    ['EX5', 'margin/stop-check.ts', 'minus(balance, feeInUnit.value)', 'balance'],
  ]),
  ...broken('receipt.test.ts', [
    ['RC1', 'margin/receipt-price.ts', "falls === (rounded === 'toward')", 'falls'],
    ['RC1', 'margin/excess-work.ts', 'leg.position.openValue.negated()', 'leg.position.openValue'],
    ['RC1', 'margin/receipt-position.ts', 'exact: value.minus(openValue)', 'exact: value'],
  ]),
  ...broken(
    'receipt.test.ts',
    [
      ['RC2', 'wire/receipt-check.ts', 'if (told === again) return [];', 'return [];'],
      ['RC2', 'wire/receipt-check.ts', 'sum === digest', 'sum !== digest'],
      ['RC2', 'wire/receipt-facts.ts', "openValue: row['value at entry']", 'openValue: NO_MONEY'],
    ],
    'wire',
  ),
];
