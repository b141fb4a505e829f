'use client';
/** The sheets behind the table's buttons: fetched when they are opened. */
import { type ReactNode } from 'react';
import { SHOWN_STATES, stateWord } from '#lib/display/words.ts';
import { OPTIONAL_COLUMNS } from './position-columns.ts';
import { MODES, SIDES } from './position-choice.ts';
import { type PositionChoosing } from './use-position-choice.ts';

export function FilterPanel({ choice, choose }: PositionChoosing) {
  const { filter } = choice;
  return (
    <div className="flex flex-col gap-3">
      <Choices
        chosen={filter.states}
        legend="State"
        onChange={(states) => choose({ filter: { ...filter, states } })}
        options={SHOWN_STATES}
        wordOf={stateWord}
      />
      <Choices
        chosen={filter.sides}
        legend="Side"
        onChange={(sides) => choose({ filter: { ...filter, sides } })}
        options={SIDES}
      />
      <Choices
        chosen={filter.modes}
        legend="Margin mode"
        onChange={(modes) => choose({ filter: { ...filter, modes } })}
        options={MODES}
      />
    </div>
  );
}

const HEADINGS: ReadonlyMap<string, string> = new Map(
  OPTIONAL_COLUMNS.map(({ id, heading }) => [id, heading]),
);

export function ViewPanel({ choice, choose }: PositionChoosing) {
  return (
    <div className="flex flex-col gap-3">
      <Choices
        chosen={choice.grouping === 'symbol' ? ['symbol'] : []}
        legend="Group"
        onChange={(chosen) => choose({ grouping: chosen.length > 0 ? 'symbol' : 'none' })}
        options={['symbol']}
        wordOf={() => 'Legs of a symbol together'}
      />
      <Choices
        chosen={choice.extra}
        legend="More columns"
        onChange={(extra) => choose({ extra })}
        options={OPTIONAL_COLUMNS.map(({ id }) => id)}
        wordOf={(id) => HEADINGS.get(id) ?? id}
      />
    </div>
  );
}

interface ChoicesProps<Word extends string> {
  readonly legend: string;
  readonly options: readonly Word[];
  readonly chosen: readonly Word[];
  readonly onChange: (chosen: readonly Word[]) => void;
  readonly wordOf?: (word: Word) => string;
}

function Choices<Word extends string>({
  legend,
  options,
  chosen,
  onChange,
  wordOf = String,
}: ChoicesProps<Word>): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 text-small font-semibold text-ink-2">{legend}</legend>
      {options.map((option) => (
        <label
          className="flex min-h-6 items-center gap-2 text-small pointer-coarse:min-h-11"
          key={option}
        >
          <input
            checked={chosen.includes(option)}
            onChange={() =>
              onChange(options.filter((one) => chosen.includes(one) !== (one === option)))
            }
            type="checkbox"
          />
          {wordOf(option)}
        </label>
      ))}
    </fieldset>
  );
}
