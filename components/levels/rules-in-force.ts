/** The levels that hold for a pool: people's own where they set some, else the default ones. Pure. */
import { levelsFor, ruleKey, type AlertRules } from '#lib/engine/alert-rule.ts';
import { type PoolLevels } from '#lib/engine/levels.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { type Market } from '#lib/margin/account.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { alertRuleFrom } from '#lib/wire/codec.ts';
import { type AlertRuleText } from '#lib/wire/protocol.ts';

export function alertRulesFrom(texts: readonly AlertRuleText[]): AlertRules {
  return new Map(
    texts.map((text) => {
      const rule = alertRuleFrom(text);
      return [ruleKey(rule), rule] as const;
    }),
  );
}

export function levelsOfPool(
  rules: AlertRules,
  pool: {
    readonly account: AccountId;
    readonly health: Pick<PoolHealth, 'positions'>;
    readonly market: Market;
  },
): PoolLevels {
  const bases = new Set(
    pool.health.positions.flatMap(
      ({ instrumentId }) => pool.market.instruments.get(instrumentId)?.base ?? [],
    ),
  );
  return levelsFor(rules, { account: pool.account, bases });
}
