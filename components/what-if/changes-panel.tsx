'use client';
/** What is supposed to be done, in its order. A refused change keeps what was typed and says why under it. */
import { X } from 'lucide-react';
import { positionKeyOf } from '#components/position/open-position.ts';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { numberFieldOf } from '#components/primitives/use-number-field.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import {
  emptyRow,
  leverageProblem,
  refOfKey,
  ROW_KINDS,
  type ChangeRow,
  type RowKind,
} from './change-row.ts';
import { type Base, type Plan, type Standing } from './plan.ts';
import { SelectField } from './select-field.tsx';
import { type KeyedRow, type TypedState } from './use-typed.ts';

const KIND_WORDS: Readonly<Record<RowKind, string>> = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  resize: 'Buy or sell',
  close: 'Close',
  open: 'New position',
  leverage: 'Leverage',
  margin: 'Move margin',
};

interface ChangesPanelProps {
  readonly base: Base;
  readonly plan: Plan;
  readonly typed: TypedState;
  /** What the reader came with: new rows begin with it. */
  readonly position: string | undefined;
}

export function ChangesPanel({ base, plan, typed, position }: ChangesPanelProps) {
  const choices = choicesOf(base, plan);
  const kinds = ROW_KINDS.filter((kind) => choices[kind].length > 0);
  return (
    <Panel aside="one after the other, at the marks" title="Changes">
      {typed.rows.length === 0 ? (
        <p className="px-3 pt-3 text-small text-ink-3">
          Nothing is changed yet. Add a change, or move a price.
        </p>
      ) : (
        <ol aria-label="Changes in their order" className="divide-y divide-line">
          {typed.rows.map((row, index) => (
            <Row
              base={base}
              choices={choices[row.kind]}
              key={row.id}
              row={row}
              standing={plan.rows[index] ?? { kind: 'waiting' }}
              typed={typed}
            />
          ))}
        </ol>
      )}
      <fieldset aria-label="Add a change" className="flex min-w-0 flex-wrap gap-1.5 p-3">
        {kinds.map((kind) => (
          <Button
            key={kind}
            onClick={() => typed.add(emptyRow(kind, startOf(choices[kind], position)))}
            size="small"
          >
            + {KIND_WORDS[kind]}
          </Button>
        ))}
      </fieldset>
    </Panel>
  );
}

function startOf(choices: readonly string[], position: string | undefined): string {
  return (position !== undefined && choices.includes(position) ? position : choices[0]) ?? '';
}

type Choices = Readonly<Record<RowKind, readonly string[]>>;

/** What each kind of change may be made of. */
function choicesOf({ facts }: Base, { acted }: Plan): Choices {
  const { account, market } = facts;
  const positions = [...account.positions, ...acted.facts.account.positions];
  const held = [...new Set(positions.map(positionKeyOf))];
  const isolated = positions
    .filter(({ marginMode }) => marginMode.kind === 'isolated')
    .map(positionKeyOf);
  const contracts = [...market.instruments.keys()];
  const legs =
    account.positionMode === 'hedge'
      ? contracts.flatMap((id) => [`${id}:long`, `${id}:short`])
      : contracts;
  const settled = [...market.instruments.values()].map(({ settle }) => settle);
  const deposits =
    account.assetMode === 'multi' ? [...market.assetPrices.keys()] : [...account.wallets.keys()];
  return {
    deposit: [...new Set([...deposits, ...settled])],
    withdraw: [...account.wallets.keys()],
    resize: held,
    close: held,
    open: legs,
    leverage: held,
    margin: [...new Set(isolated)],
  };
}

interface RowProps {
  readonly row: KeyedRow;
  readonly base: Base;
  readonly choices: readonly string[];
  readonly standing: Standing;
  readonly typed: TypedState;
}

function Row({ row, base, choices, standing, typed }: RowProps) {
  const alter = (change: Partial<ChangeRow>): void => typed.alter(row.id, change);
  const refused = standing.kind === 'refused' ? standing : undefined;
  const isCash = row.kind === 'deposit' || row.kind === 'withdraw';
  const name = `${KIND_WORDS[row.kind]} ${row.of}`;
  return (
    <li aria-label={name} className="px-3 py-2" data-standing={standing.kind}>
      <div className="flex items-center">
        <span className="font-medium">{KIND_WORDS[row.kind]}</span>
        <Button
          aria-label={`Remove: ${name}`}
          className="ml-auto"
          onClick={() => typed.remove(row.id)}
          size="small"
          tone="bare"
        >
          <X aria-hidden size={14} />
        </Button>
      </div>
      <div className="flex flex-wrap items-start gap-x-3">
        <SelectField
          choices={choices.includes(row.of) ? choices : [...choices, row.of]}
          label={isCash ? 'Asset' : 'Position'}
          onChange={(of) => alter({ of })}
          value={row.of}
        />
        <Fields alter={alter} base={base} refused={refused} row={row} />
      </div>
      {row.kind === 'close' && refused !== undefined ? (
        <p className="pt-1 text-small font-medium">{refused.sentence}</p>
      ) : null}
    </li>
  );
}

interface FieldsProps {
  readonly row: KeyedRow;
  readonly base: Base;
  readonly refused: Extract<Standing, { kind: 'refused' }> | undefined;
  readonly alter: (change: Partial<ChangeRow>) => void;
}

function Fields({ row, base, refused, alter }: FieldsProps) {
  const format = useFormat();
  const { style } = format;
  if (row.kind === 'close') return null;
  const instrument = base.facts.market.instruments.get(refOfKey(row.of).instrumentId);
  const isLeverages = row.kind === 'open' && refused?.ofLeverage === true;
  const leverage = numberFieldOf(row.leverage, (text) => alter({ leverage: text }), style);
  const [label, unit] = amountWords(row, instrument);
  return (
    <>
      <NumberInput
        className="min-w-36 flex-1"
        field={numberFieldOf(row.amount, (amount) => alter({ amount }), style)}
        label={label}
        problem={isLeverages ? undefined : refused?.sentence}
        {...(unit === undefined ? {} : { unit })}
      />
      {row.kind === 'open' ? (
        <>
          <NumberInput
            className="w-24"
            field={leverage}
            label="Leverage"
            problem={
              isLeverages
                ? refused.sentence
                : leverageProblem(leverage.value, instrument?.tiers ?? [], format)
            }
            unit="x"
          />
          <SelectField
            choices={['cross', 'isolated']}
            label="Margin"
            onChange={(kind) => alter({ marginKind: kind === 'isolated' ? 'isolated' : 'cross' })}
            value={row.marginKind}
          />
        </>
      ) : null}
    </>
  );
}

function amountWords(
  { kind, of }: ChangeRow,
  instrument: Instrument | undefined,
): readonly [label: string, unit: string | undefined] {
  const size = instrument?.kind === 'inverse' ? 'contracts' : instrument?.base;
  if (kind === 'resize' || kind === 'open') return ['Buy +, sell \u2212', size];
  if (kind === 'leverage') return ['New leverage', 'x'];
  return kind === 'margin' ? ['To it +, back \u2212', instrument?.settle] : ['Amount', of];
}
