/** When a pool of a rule's scope last got worse by the rule's measure. Pure. */
import { directionOf } from '#lib/display/alert-words.ts';
import { type RuleMeasure } from '#lib/engine/alert-rule.ts';
import { type Measure } from '#lib/engine/alert-row.ts';
import { type InstrumentText, type RowWire } from '#lib/wire/protocol.ts';

export interface RuleScope {
  readonly account: string | null;
  readonly base: string | null;
}

const MEASURES: Readonly<Record<RuleMeasure, Measure>> = {
  z: 'distance',
  percent: 'percent',
  ratio: 'ratio',
};

/** Run time; undefined: not among the rows that are held. */
export function lastSpoken(
  rows: readonly RowWire[],
  measure: RuleMeasure,
  { account, base }: RuleScope,
  instruments: readonly Pick<InstrumentText, 'id' | 'base'>[],
): number | undefined {
  const baseOf = new Map(instruments.map(({ id, base: coin }) => [id, coin]));
  return rows.findLast(
    ({ body, accountId }) =>
      body.kind === 'transition' &&
      directionOf(body) === 'worse' &&
      body.by === MEASURES[measure] &&
      (account === null || account === accountId) &&
      (base === null || (body.instrument !== null && baseOf.get(body.instrument) === base)),
  )?.time;
}
