'use client';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { besideOf, trustOf, type ResultProps } from './beside.ts';
import { stateOfPool } from './plan.ts';
import { Ratio, ShortDistance } from './result-cells.tsx';

/** On a phone the answer stays in sight while changes are typed above it. */
export function ResultStrip(result: ResultProps) {
  const beside = besideOf(result);
  const { now, after } = beside;
  const format = useFormat();
  return (
    <section
      aria-label="Result in short"
      className="fixed inset-x-0 bottom-(--bottom-room) z-30 flex items-center gap-3 border-t border-line-strong bg-raised px-3 py-1.5 md:hidden"
      data-trust={trustOf(beside)}
    >
      <span className="min-w-0">
        <span className="block text-micro text-ink-3">{format.convention.title}</span>
        <Ratio pool={now} /> {'\u2192'}{' '}
        <span className="font-semibold">
          <Ratio pool={after} />
        </span>
      </span>
      <span className="min-w-0">
        <span className="block text-micro text-ink-3">Distance</span>
        <ShortDistance pool={now} /> {'\u2192'}{' '}
        <span className="font-semibold">
          <ShortDistance pool={after} />
        </span>
      </span>
      {after === undefined ? null : (
        <span className="ml-auto">
          <StateTag state={stateOfPool(after, result.base)} />
        </span>
      )}
    </section>
  );
}
