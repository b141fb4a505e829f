import { describe, expect, it } from 'vitest';
import { accountId, assetId, poolId } from '../units/ids.ts';
import {
  checkAlertRule,
  levelsFor,
  ruleKey,
  type AlertRule,
  type RuleTarget,
} from './alert-rule.ts';
import { type EngineEvent, type OperatorCommand } from './event.ts';
import { engine } from './engine.ts';
import { LINEAR } from './example-book.ts';
import { bodiesOf, ETHER, longOfOne, markOf, take, tradeEvent, traderId } from './example-run.ts';
import { levelReasonsOf, previewAlertRule, type PreviewedPool } from './level-questions.ts';
import { type PoolLevels } from './levels.ts';
import { forgetAllFacts } from './notes.ts';
import { allPoolRows, poolRowOf } from './ledger.ts';
import { type EngineState } from './state.ts';

const ONE = traderId(1);
const CROSS = poolId('A0001/cross:USDT');
const BTC = assetId('BTC');
const ETH = assetId('ETH');

/** Three levels around `scale`: the example's pool stands 6.23 % from liquidation, at a margin ratio of 6.30 %. */
function rule(target: Partial<RuleTarget>, scale = 1): AlertRule {
  const measure = target.measure ?? 'percent';
  const low = {
    watch: { enter: 0.1 * scale, leave: 0.11 * scale },
    warning: { enter: 0.07 * scale, leave: 0.08 * scale },
    critical: { enter: 0.05 * scale, leave: 0.06 * scale },
  };
  const high = {
    watch: { enter: 0.05 * scale, leave: 0.04 * scale },
    warning: { enter: 0.06 * scale, leave: 0.055 * scale },
    critical: { enter: 0.12 * scale, leave: 0.11 * scale },
  };
  const levels = measure === 'ratio' ? high : low;
  return { account: null, base: null, ...target, measure, levels };
}

function said(command: OperatorCommand): EngineEvent {
  return { kind: 'operator-command', command, by: 'Ida' };
}

function setting(made: AlertRule): EngineEvent {
  return said({ kind: 'set-alert-rule', rule: made });
}

function mark(second: number, dollars = 60_000): EngineEvent {
  return markOf(LINEAR, dollars, { second });
}

function alertState(state: EngineState): string | undefined {
  return poolRowOf(state, CROSS)?.alert.state;
}

describe('a rule', () => {
  it.each([
    ['percent', rule({}), 'percent', '0.062312', '0.07'],
    ['z', rule({ measure: 'z' }, 40), 'distance', '2.144585', '2.8'],
    ['ratio, for one position too', rule({ measure: 'ratio' }), 'ratio', '0.062972', '0.06'],
  ])(
    '[AL1] in %s takes the place of the default levels at once',
    (_name, made, by, value, level) => {
      const state = longOfOne();
      const groups = take(state, 2, [mark(2), setting(made)]);
      expect(bodiesOf(groups, 'alert-rule-set')).toEqual([
        { kind: 'alert-rule-set', rule: made, by: 'Ida' },
      ]);
      expect(bodiesOf(groups, 'transition')).toMatchObject([
        { from: 'healthy', to: 'warning', by, value, level },
      ]);
    },
  );

  it('[AL1] that looser levels replace keeps quiet where the default would warn', () => {
    const state = longOfOne();
    take(state, 2, [mark(2), setting(rule({}, 0.1))]);
    const groups = take(state, 3, [mark(3, 58_000)]);
    expect(bodiesOf(groups, 'transition')).toEqual([]);
    expect(alertState(state)).toBe('healthy');
  });

  it('[AL1] does not silence the probability of the next hour', () => {
    const state = longOfOne();
    take(state, 2, [mark(2), setting(rule({ measure: 'z' }, 0.01))]);
    take(state, 3, [mark(3, 56_600)]);
    expect(alertState(state)).toBe('critical');
  });

  it('[AL2] holds until it is removed, and the default levels after that', () => {
    const state = longOfOne();
    const made = rule({ account: ONE, base: BTC });
    take(state, 2, [mark(2), setting(made)]);
    const target = { account: ONE, base: BTC, measure: 'percent' } as const;
    const groups = take(state, 3, [mark(3), said({ kind: 'remove-alert-rule', target })]);
    expect(bodiesOf(groups, 'alert-rule-removed')).toEqual([
      { kind: 'alert-rule-removed', target, by: 'Ida' },
    ]);
    take(state, 32, [mark(32)]);
    expect(alertState(state)).toBe('warning');
    take(state, 33, [mark(33)]);
    expect(alertState(state)).toBe('watch');
  });

  it('[AL2] is refused in a sentence when it cannot stand, or when there is none to remove', () => {
    const state = longOfOne();
    const crossed = {
      ...rule({}),
      levels: { ...rule({}).levels, watch: { enter: 0.1, leave: 0.1 } },
    };
    const target = { account: null, base: null, measure: 'percent' } as const;
    const groups = take(state, 2, [
      mark(2),
      setting(crossed),
      said({ kind: 'remove-alert-rule', target }),
      setting(rule({ measure: 'z' })),
      said({ kind: 'remove-alert-rule', target }),
    ]);
    expect(bodiesOf(groups, 'refused').map(({ why }) => why)).toEqual([
      'watch: leave 0.1 must be looser than enter 0.1',
      'no such alert rule stands',
      'no such alert rule stands',
    ]);
    expect([...state.alertRules.keys()]).toEqual(['*|*|distance']);
  });

  it('[AL2] is part of memory: loaded again, the run goes on under it', () => {
    const state = longOfOne();
    take(state, 2, [mark(2), setting(rule({}, 0.1))]);
    const text = engine.saveState(state);
    const loaded = engine.loadState(
      { ...state, startTime: state.time, instruments: [], fundSeeds: [] },
      text,
    );
    take(state, 3, [mark(3, 58_000)]);
    take(loaded, 3, [mark(3, 58_000)]);
    expect(alertState(loaded)).toBe('healthy');
    expect(engine.digestOf(loaded)).toBe(engine.digestOf(state));
    loaded.alertRules.clear();
    expect(engine.digestOf(loaded)).not.toBe(engine.digestOf(state));
  });
});

/** 1 BTC and 10 ETH on 9,000: 14.38 % from liquidation if only BTC falls, 9.58 % together. */
function longOfTwo(): EngineState {
  const state = longOfOne({ deposit: 9_000 });
  const ether = tradeEvent({ of: ONE, in: ETHER, lots: 10_000, price: 3_000 });
  take(state, 2, [mark(2), markOf(ETHER, 3_000, { second: 2 }), ether]);
  return state;
}

describe('a coin’s rule', () => {
  it('[AL1] judges that coin’s own way to liquidation and no other', () => {
    const state = longOfTwo();
    const still = [mark(3), markOf(ETHER, 3_000, { second: 3 })];
    take(state, 3, [...still, setting(rule({ base: ETH }, 2))]);
    expect(alertState(state)).toBe('healthy');
    const groups = take(state, 4, [
      mark(4),
      markOf(ETHER, 3_000, { second: 4 }),
      setting(rule({ base: BTC }, 2.1)),
    ]);
    expect(bodiesOf(groups, 'transition')).toMatchObject([
      { from: 'healthy', to: 'warning', by: 'percent', value: '0.143802' },
    ]);
  });

  it.each([
    ['its way crosses a level', 59_700],
    ['another way does', 57_000],
  ])(
    '[AL1, SC1] is screened: a run without memory of it says the same when %s',
    (_when, dollars) => {
      const tell = (brute: boolean): readonly string[] => {
        const state = longOfTwo();
        const told: string[] = [];
        take(state, 3, [
          mark(3),
          markOf(ETHER, 3_000, { second: 3 }),
          setting(rule({ base: BTC }, 2)),
        ]);
        for (let second = 4; second < 10; second += 1) {
          if (brute) forgetAllFacts(state, true);
          const price = second < 7 ? 60_000 : dollars;
          take(state, second, [mark(second, price), markOf(ETHER, 3_000, { second })]);
          told.push(`${state.head.hash} ${JSON.stringify(allPoolRows(state))}`);
        }
        return told;
      };
      expect(tell(false)).toEqual(tell(true));
    },
  );
});

describe('of several rules', () => {
  const pool = { account: ONE, bases: new Set([BTC]) };
  const scopes = [{ account: ONE, base: BTC }, { account: ONE }, { base: BTC }, {}] as const;
  const watchOf = ({ distance }: PoolLevels): number | undefined => distance.levels[0]?.enter;

  it('[AL1] the most specific one wins: account and coin, account, coin, any', () => {
    const rules = scopes.map((scope, index) => rule(scope, index + 1));
    for (let first = 0; first < rules.length; first += 1) {
      const standing = new Map(rules.slice(first).map((each) => [ruleKey(each), each]));
      expect(watchOf(levelsFor(standing, pool))).toBeCloseTo(0.1 * (first + 1), 12);
    }
  });

  it('[AL1] one in z and one in percent replace each other, one in the ratio stands beside them', () => {
    const keys = (['z', 'percent', 'ratio'] as const).map((measure) => ruleKey(rule({ measure })));
    expect(new Set(keys).size).toBe(2);
    const ratio = rule({ measure: 'ratio' });
    const levels = levelsFor(new Map([[ruleKey(ratio), ratio]]), pool);
    expect([levels.distance.levels[0]?.enter, levels.ratio.levels[0]?.enter]).toEqual([2, 0.05]);
  });

  it('[AL1] another account’s or coin’s does not apply', () => {
    const others = [rule({ account: accountId('A0002') }), rule({ base: ETH })];
    const standing = new Map(others.map((each) => [ruleKey(each), each]));
    expect(watchOf(levelsFor(standing, pool))).toBe(2);
  });
});

describe('at the door', () => {
  const good = rule({});
  it.each([
    [
      'warning',
      { enter: 0, leave: 0.08 },
      'warning: enter 0; expected a level above 0 and up to 0.95',
    ],
    [
      'warning',
      { enter: 0.07, leave: 1 },
      'warning: leave 1; expected a level above 0 and up to 0.95',
    ],
    [
      'critical',
      { enter: 0.05, leave: 0.04 },
      'critical: leave 0.04 must be looser than enter 0.05',
    ],
    [
      'critical',
      { enter: 0.07, leave: 0.075 },
      'critical: enter 0.07 must be nearer to liquidation than warning 0.07',
    ],
    [
      'watch',
      { enter: 0.075, leave: 0.079 },
      'warning: leave 0.08 must be nearer to liquidation than watch 0.079',
    ],
    [
      'watch',
      { enter: Number.NaN, leave: 0.2 },
      'watch: enter NaN; expected a level above 0 and up to 0.95',
    ],
  ] as const)('[AL2] refuses %s %o', (state, level, sentence) => {
    const levels = { ...good.levels, [state]: level };
    expect(checkAlertRule({ ...good, levels })).toEqual({ ok: false, error: sentence });
  });

  it('[AL2] lets good ones in', () => {
    for (const measure of ['z', 'percent', 'ratio'] as const)
      expect(checkAlertRule(rule({ measure }))).toMatchObject({ ok: true });
  });
});

function previewOf(state: EngineState, made: AlertRule): readonly PreviewedPool[] {
  const work = previewAlertRule(state, made);
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}

describe('a preview', () => {
  it('[AL3] says where the rule would put each pool that it decides for, and changes nothing', () => {
    const state = longOfOne();
    const before = engine.digestOf(state);
    const found = previewOf(state, rule({ base: BTC }));
    expect(found.map(({ row, to }) => [row.poolId, row.alert.state, to])).toEqual([
      [CROSS, 'healthy', 'warning'],
    ]);
    expect(engine.digestOf(state)).toBe(before);
    take(state, 2, [mark(2), setting(rule({ base: BTC }))]);
    expect(alertState(state)).toBe('warning');
    expect(previewOf(state, rule({ base: BTC }, 0.1)).map(({ to }) => to)).toEqual(['healthy']);
  });

  it('[AL3] leaves out pools that another rule decides for', () => {
    const state = longOfOne();
    take(state, 2, [mark(2), setting(rule({ account: ONE }, 0.1))]);
    expect(previewOf(state, rule({ base: BTC }))).toEqual([]);
    expect(previewOf(state, rule({ account: ONE, base: BTC }))).toHaveLength(1);
    expect(previewOf(state, rule({ base: ETH }))).toEqual([]);
  });
});

describe('the reason of a state', () => {
  const reasonIn = (state: EngineState) => {
    const account = state.accounts.get(ONE);
    return account === undefined
      ? undefined
      : levelReasonsOf(state, account, allPoolRows(state)).get(CROSS);
  };

  it('[AL4] is the measure that entered it, then the level it must leave, then the hold', () => {
    const state = longOfOne();
    expect(reasonIn(state)).toBeUndefined();
    take(state, 2, [mark(2, 57_900)]);
    expect(reasonIn(state)).toMatchObject({ by: 'distance', because: 'entered', level: 1 });
    take(state, 3, [mark(3, 58_100)]);
    expect(reasonIn(state)).toMatchObject({ by: 'distance', because: 'not-left', level: 1.15 });
    take(state, 4, [mark(4, 59_900)]);
    expect(reasonIn(state)).toMatchObject({ because: 'held', level: 1.15 });
  });

  it('[AL4] is the probability where that alone says Critical', () => {
    const state = longOfOne();
    take(state, 2, [mark(2), setting(rule({ measure: 'z' }, 0.01))]);
    take(state, 3, [mark(3, 56_600)]);
    expect(reasonIn(state)).toMatchObject({ by: 'probability', because: 'entered', level: 0.25 });
  });
});
