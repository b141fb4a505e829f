'use client';
/** Backwards: what is the least that reaches a target, and what does it cost (ux.md 13). */
import { useMemo, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useAbsence, useFormat } from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { useNumberField, type NumberField } from '#components/primitives/use-number-field.ts';
import { positionKeyOf } from '#components/position/open-position.ts';
import { type RatioConvention } from '#lib/display/convention.ts';
import { absenceSentence } from '#lib/display/words.ts';
import { refusalSentence } from '#lib/display/refusal-words.ts';
import { type Change } from '#lib/risk/change.ts';
import { type Goal, type NoAnswer } from '#lib/risk/solve.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { type Target } from '#lib/risk/target.ts';
import { instrumentId, poolId as asPoolId } from '#lib/units/ids.ts';
import { price, rate } from '#lib/units/money.ts';
import { type Answers } from './answers.ts';
import { type Base, type Plan } from './plan.ts';
import { SelectField } from './select-field.tsx';
import { useAnswers } from './use-answers.ts';
import { useSettled } from '#components/live/use-settled.ts';

/** Answers are sought this often. */
const SOLVE_EVERY_MS = 1_000;
const KINDS = ['ratio', 'distance', 'moves', 'survive'] as const;
type Kind = (typeof KINDS)[number];

const KIND_WORDS: Readonly<Record<Exclude<Kind, 'ratio'>, string>> = {
  distance: 'Distance of at least',
  moves: 'Daily moves of at least',
  survive: 'Survive a price of',
};
const UNITS = { ratio: '%', distance: '%', moves: 'daily moves', survive: undefined } as const;

function wordsOf(asked: string, { heading, risesToDanger }: RatioConvention): string {
  const kind = kindOf(asked);
  if (kind !== 'ratio') return KIND_WORDS[kind];
  return `${heading} of at ${risesToDanger ? 'most' : 'least'}`;
}

function kindOf(asked: string): Kind {
  return KINDS.find((one) => one === asked) ?? 'ratio';
}

interface SolvePanelProps {
  readonly base: Base;
  readonly plan: Plan;
  readonly poolId: string | undefined;
  readonly onApply: (changes: readonly Change[]) => void;
}

export function SolvePanel({ base, plan, poolId, onApply }: SolvePanelProps) {
  const [kind, setKind] = useState<Kind>('ratio');
  const [asked, setAsked] = useState<string>();
  const field = useNumberField();
  const { convention } = useFormat();
  const pool = plan.after.pools.find(({ id }) => id === poolId);
  const contracts = [...new Set(pool?.positions.map((one) => String(one.instrumentId)) ?? [])];
  const contract = asked !== undefined && contracts.includes(asked) ? asked : contracts[0];
  const goal = useGoal({ base, plan, pool, target: { kind, field, contract } });
  return (
    <Panel aside="prices move after it" title="Solve for">
      <div className="flex flex-wrap items-start gap-x-3 px-3 pt-3">
        <SelectField
          choices={KINDS}
          label="Target"
          onChange={(value) => setKind(kindOf(value))}
          value={kind}
          wordsOf={(value) => wordsOf(value, convention)}
        />
        {kind === 'survive' ? (
          <SelectField
            choices={contracts}
            label="Contract"
            onChange={setAsked}
            value={contract ?? ''}
          />
        ) : null}
        <NumberInput
          className="w-44"
          field={field}
          label="Value"
          problem={problemOf(kind, field, convention)}
          {...(UNITS[kind] === undefined ? {} : { unit: UNITS[kind] })}
        />
      </div>
      <fieldset aria-label="Answers" className="min-h-24 min-w-0 px-3 pb-3">
        {goal === undefined ? (
          <p className="text-small text-ink-3">
            Set a target: the smallest deposit and the smallest close that reach it are found.
          </p>
        ) : (
          <AnswerList base={base} goal={goal} onApply={onApply} />
        )}
      </fieldset>
    </Panel>
  );
}

interface Typed {
  readonly kind: Kind;
  readonly field: NumberField;
  readonly contract: string | undefined;
}

function problemOf(
  kind: Kind,
  field: NumberField,
  convention: RatioConvention,
): string | undefined {
  if (field.value === undefined) return undefined;
  if (!field.value.gt(0)) return 'Must be more than zero.';
  if (kind !== 'ratio') return undefined;
  const ratio = convention.ratioOf(rate(field.value.div(100)));
  if (ratio.gt(1)) return `At ${convention.level(1)} liquidation begins.`;
  return ratio.gt(0) ? undefined : 'Must be less than 100\u202f%.';
}

/** Undefined until a target can be read. The same object for as long as nothing in it changed. */
function useGoal({
  base,
  plan,
  pool,
  target,
}: {
  readonly base: Base;
  readonly plan: Plan;
  readonly pool: PoolHealth | undefined;
  readonly target: Typed;
}): Goal | undefined {
  const { kind, field, contract } = target;
  const { convention } = useFormat();
  const bad = problemOf(kind, field, convention) !== undefined;
  const value = bad ? undefined : field.value?.toFixed();
  const { volatility } = base;
  const wanted = useMemo(
    () => targetOf({ kind, value, contract, volatility, convention }),
    [kind, value, contract, volatility, convention],
  );
  const id = pool?.id;
  return useMemo(
    () =>
      wanted === undefined || id === undefined
        ? undefined
        : { facts: plan.acted.facts, afterwards: plan.moves, poolId: asPoolId(id), target: wanted },
    [wanted, id, plan],
  );
}

function targetOf(p: {
  readonly kind: Kind;
  readonly value: string | undefined;
  readonly contract: string | undefined;
  readonly volatility: ReadonlyMap<string, number>;
  readonly convention: RatioConvention;
}): Target | undefined {
  const { kind, value, contract } = p;
  if (value === undefined) return undefined;
  switch (kind) {
    case 'ratio':
      return { kind, atMost: p.convention.ratioOf(rate(rate(value).div(100))) };
    case 'distance':
      return { kind, atLeast: rate(rate(value).div(100)) };
    case 'moves':
      return { kind, atLeast: Number(value), dailyVolatility: p.volatility };
    case 'survive':
      return contract === undefined
        ? undefined
        : { kind, instrumentId: instrumentId(contract), at: price(value) };
  }
}

interface AnswerListProps {
  readonly base: Base;
  readonly goal: Goal;
  readonly onApply: (changes: readonly Change[]) => void;
}

function AnswerList({ goal, onApply, base }: AnswerListProps) {
  const answered = useAnswers(useSettled(goal, SOLVE_EVERY_MS));
  if (answered === undefined || wishOf(answered.goal) !== wishOf(goal))
    return <p className="text-small text-ink-3">Searching</p>;
  return <Found answers={answered.answers} base={base} onApply={onApply} />;
}

/** What is wished for, whatever the figures of the moment are: an answer to another wish is none. */
function wishOf({ poolId, target }: Goal): string {
  const { kind } = target;
  const amount = kind === 'survive' ? target.at : kind === 'ratio' ? target.atMost : target.atLeast;
  return [poolId, kind, kind === 'survive' ? target.instrumentId : '', String(amount)].join(' ');
}

function Found({
  answers,
  base,
  onApply,
}: {
  readonly answers: Answers;
  readonly base: Base;
  readonly onApply: AnswerListProps['onApply'];
}) {
  const format = useFormat();
  const { deposit, closes } = answers;
  if (deposit.kind === 'reached-already')
    return <p className="text-small font-medium">The target is reached already.</p>;
  return (
    <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-y-1.5">
      <dt className="pt-1 text-small text-ink-3">Smallest deposit</dt>
      <dd>
        {deposit.kind === 'found' ? (
          <Button onClick={() => onApply(deposit.changes)} title={deposit.amount.toFixed()}>
            Add {format.requirement(deposit.amount, deposit.asset).text} {deposit.asset}
          </Button>
        ) : (
          <WhyNot answer={deposit} way="a deposit" />
        )}
      </dd>
      <dt className="pt-1 text-small text-ink-3">Smallest close</dt>
      <dd className="flex flex-wrap gap-1.5">
        {closes.found.map((close) => (
          <Button key={positionKeyOf(close)} onClick={() => onApply(close.changes)}>
            {close.isWhole ? 'Close all' : 'Close'} {format.exact(close.size).text}{' '}
            {wordOfSize(base, close.instrumentId)}
            <span className="font-normal text-ink-3">
              fee {format.requirement(close.fee, close.asset).text}
            </span>
          </Button>
        ))}
        {closes.otherwise === undefined ? null : (
          <WhyNot answer={closes.otherwise} way="closing one position alone" />
        )}
      </dd>
    </dl>
  );
}

function wordOfSize({ facts }: Base, id: string): string {
  const instrument = facts.market.instruments.get(instrumentId(id));
  return instrument?.kind === 'inverse' ? `contracts of ${id}` : id;
}

function WhyNot({ answer, way }: { readonly answer: NoAnswer; readonly way: string }) {
  const format = useFormat();
  const absence = useAbsence();
  switch (answer.kind) {
    case 'out-of-reach':
      return <span className="pt-1 text-small">Not reachable by {way}.</span>;
    case 'reached-already':
      return <span className="pt-1 text-small">Reached already.</span>;
    case 'unknown':
      return <span className="pt-1 text-small">{absenceSentence(absence(answer.why))}.</span>;
    case 'refused':
      return (
        <span className="pt-1 text-small">
          Not reachable: {refusalSentence(answer.refusal, format)}
        </span>
      );
  }
}
