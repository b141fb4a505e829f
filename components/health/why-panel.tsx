'use client';
/** Why the margin ratio is another one than it was when this page began to watch: cause by cause, adding up exactly (ux.md 13). */
import { Button } from '#components/primitives/button.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { type Format } from '#lib/display/format.ts';
import { type Shown } from '#lib/display/shown.ts';
import { clockText, stampText } from '#lib/display/time.ts';
import {
  changesAt,
  RATIO_CAUSES,
  type RatioCause,
  type RatioStory,
} from '#lib/risk/ratio-story.ts';
import { plus, type Rate } from '#lib/units/money.ts';
import { trustOfPool, type PoolView } from './pool-view.ts';
import { forgetRatioStory, useRatioStory, useRatioWatch } from './ratio-stories.ts';

const CAUSE_WORDS: Readonly<Record<RatioCause, string>> = {
  price: 'Prices',
  funding: 'Funding',
  trades: 'Trades and fees',
  transfers: 'Deposits, withdrawals',
};

interface WhyPanelProps {
  readonly accountId: string;
  readonly pool: PoolView;
}

export function WhyPanel({ accountId, pool }: WhyPanelProps) {
  useRatioWatch(accountId);
  const zone = useZone();
  const { id } = pool.health;
  const story = useRatioStory(id);
  const ratio = pool.health.marginRatio;
  const now = ratio.known && ratio.value.kind === 'ratio' ? ratio.value.value : undefined;
  return (
    <Panel
      aside={
        story === undefined ? null : (
          <>
            <span title={stampText(story.since, zone)}>since {clockText(story.since, zone)}</span>
            <Button onClick={() => forgetRatioStory(id)} size="small" tone="bare">
              Count from now
            </Button>
          </>
        )
      }
      asideBelow
      bodyClassName="px-3 py-2"
      title="Why the margin ratio changed"
    >
      {story === undefined || now === undefined ? (
        <Notice head="No ratio to explain now">
          {story === undefined
            ? 'The account of changes begins with the first ratio that this page sees.'
            : 'It goes on as soon as the pool has a ratio again.'}
        </Notice>
      ) : (
        <div data-trust={trustOfPool(pool)}>
          <Waterfall now={now} story={story} />
        </div>
      )}
    </Panel>
  );
}

interface Step {
  readonly name: string;
  readonly shown: Shown;
  /** Where the bar begins and ends: the ratio before and after. Floats: they draw. */
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

function Waterfall({ story, now }: { readonly story: RatioStory; readonly now: Rate }) {
  const format = useFormat();
  const steps = stepsOf(story, now, format);
  const top = Math.max(...steps.flatMap(({ from, to }) => [from, to]), Number.EPSILON);
  return (
    <table className="w-full table-fixed text-small">
      <caption className="sr-only">Margin ratio then, what each cause added, and now</caption>
      <tbody>
        {steps.map((step) => (
          <tr className="border-t border-line first:border-t-0" key={step.name}>
            <th
              className={`w-[9.5rem] py-1 text-left font-normal ${step.isTotal ? 'text-ink' : 'text-ink-3'}`}
              scope="row"
            >
              {step.name}
            </th>
            <td aria-hidden className="px-2">
              <Bar step={step} top={top} />
            </td>
            <td className={`numeric w-[6.5rem] ${step.isTotal ? 'font-semibold' : ''}`}>
              <NumberText shown={step.shown} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Filled where the ratio rose, hollow where it fell; the sign beside it says the same. */
function Bar({ step, top }: { readonly step: Step; readonly top: number }) {
  const share = (value: number): number => (Math.max(0, value) / top) * 100;
  const left = share(Math.min(step.from, step.to));
  const width = share(Math.max(step.from, step.to)) - left;
  const look = step.isTotal ? 'bg-ink-3' : step.to >= step.from ? 'bg-ink' : 'border border-ink';
  return (
    <span className="relative block h-2.5 overflow-hidden">
      <span
        className={`absolute inset-y-0 rounded-[2px] ${look}`}
        style={{ left: `${left}%`, width: `max(1px, ${width}%)` }}
      />
    </span>
  );
}

/** In coverage there is nothing that adds up: the ratio itself is told. */
function stepsOf(story: RatioStory, now: Rate, format: Format): readonly Step[] {
  const changes = changesAt(story, now);
  const isHealth = format.convention.name === 'health';
  let reached = story.start;
  const causes = RATIO_CAUSES.map((cause): Step => {
    const from = reached;
    reached = plus(reached, changes[cause]);
    const shown = isHealth ? format.stepPoints(reached, from) : format.stepPoints(from, reached);
    const bar = { from: from.toNumber(), to: reached.toNumber() };
    return { name: CAUSE_WORDS[cause], shown, ...bar, isTotal: false };
  });
  const total = (name: string, value: Rate): Step => ({
    name,
    shown: isHealth ? format.marginRatio({ kind: 'ratio', value }) : format.share(value),
    from: 0,
    to: value.toNumber(),
    isTotal: true,
  });
  return [total('Then', story.start), ...causes, total('Now', now)];
}
