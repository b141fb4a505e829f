'use client';
/** Every price with its age now and over the last minute, its state, its sources. Ages are run time (rulings C5). */
import { useLive } from '#components/live/live-provider.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { instrumentId } from '#lib/units/ids.ts';
import { price } from '#lib/units/money.ts';
import { type FeedReading, type MarkWire } from '#lib/wire/protocol.ts';
import { FeedState } from './feed-state.tsx';

interface FeedTableProps {
  readonly readings: readonly FeedReading[] | undefined;
}

export function FeedTable({ readings }: FeedTableProps) {
  const marks = useLive((state) => state.frame?.marks);
  const stale = marks?.filter(({ status }) => status === 'stale').length ?? 0;
  return (
    <Panel
      aside={
        marks === undefined ? undefined : (
          <span data-figure>
            {stale === 0 ? `none of ${marks.length} stale` : `${stale} of ${marks.length} stale`}
          </span>
        )
      }
      title="Feeds"
    >
      {marks === undefined ? (
        <p className="p-3">
          <Pending width="40ch" />
        </p>
      ) : marks.length === 0 ? (
        <Notice head="No price in this run yet">
          A feed appears here with its first accepted mark.
        </Notice>
      ) : (
        <Feeds marks={marks} readings={readings} />
      )}
    </Panel>
  );
}

function Feeds({ marks, readings }: FeedTableProps & { readonly marks: readonly MarkWire[] }) {
  const byId = new Map(readings?.map((reading) => [reading.id, reading]));
  return (
    <table className="w-full">
      <caption className="sr-only">
        Feeds with age, longest age of the last minute, state and sources
      </caption>
      <thead>
        <tr className="h-8 border-b border-line bg-raised text-small text-ink-3">
          <Heading className="pl-3 text-left">Instrument</Heading>
          <Heading className="numeric max-sm:hidden">Mark</Heading>
          <Heading className="numeric">Age</Heading>
          <Heading className="numeric" title="95 of 100 looks in the last minute found it younger">
            p95 age
          </Heading>
          <Heading className="numeric max-sm:hidden" title="Oldest in the last minute">
            Gap
          </Heading>
          <Heading className="pl-4 text-left">State</Heading>
          <Heading className="numeric pr-3 max-md:hidden">Sources</Heading>
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <FeedRow key={mark.id} mark={mark} reading={byId.get(mark.id)} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  readonly className: string;
  readonly title?: string;
  readonly children: string;
}

function Heading({ className, title, children }: HeadingProps) {
  return (
    <th className={classNames('px-2 font-medium', className)} scope="col" title={title}>
      {children}
    </th>
  );
}

interface FeedRowProps {
  readonly mark: MarkWire;
  readonly reading: FeedReading | undefined;
}

function FeedRow({ mark, reading }: FeedRowProps) {
  const format = useFormat();
  const runTime = useLive((state) => state.frame?.runTime ?? mark.time);
  const tick = useLive((state) => state.market?.instruments.get(instrumentId(mark.id))?.tickSize);
  return (
    <tr
      className={classNames(
        'h-8 border-b border-line last:border-b-0 focus:bg-hover focus-visible:-outline-offset-2',
        mark.status === 'stale' && 'hatch',
      )}
      data-nav-row={mark.id}
      id={`feed-${mark.id}`}
      tabIndex={-1}
    >
      <th className="py-1 pl-3 text-left font-normal" scope="row">
        {mark.id}
        {mark.modelled ? (
          <span
            className="ml-1 text-micro text-ink-3"
            title="The tape lacks this coin: its price follows BTC"
          >
            modelled
          </span>
        ) : null}
        <span className="block text-small text-ink-3 sm:hidden" data-figure>
          {tick === undefined ? null : format.price(price(mark.mark), tick).text}
          {mark.sources === null ? '' : `, ${mark.sources} sources`}
        </span>
      </th>
      <td className="numeric px-2 max-sm:hidden">
        {tick === undefined ? null : <NumberText shown={format.price(price(mark.mark), tick)} />}
      </td>
      <td className="numeric min-w-[6ch] px-2 font-medium" data-figure>
        {format.age(runTime - mark.time)}
      </td>
      <td className="numeric px-2 text-ink-2" data-figure>
        {reading === undefined ? <Pending width="4ch" /> : format.age(reading.p95AgeMs)}
        {reading === undefined ? null : (
          <span className="block text-small text-ink-3 sm:hidden">
            gap {format.age(reading.longestAgeMs)}
          </span>
        )}
      </td>
      <td className="numeric px-2 text-ink-2 max-sm:hidden" data-figure>
        {reading === undefined ? <Pending width="4ch" /> : format.age(reading.longestAgeMs)}
      </td>
      <td className="pr-2 pl-4">
        <FeedState status={mark.status} />
      </td>
      <td className="numeric pr-3 pl-2 text-ink-2 max-md:hidden" data-figure>
        <Sources mark={mark} />
      </td>
    </tr>
  );
}

function Sources({ mark }: { readonly mark: MarkWire }) {
  if (mark.sources === null) return 'one venue';
  if (mark.rejected.length === 0) return mark.sources;
  return (
    <span title={`Set aside: ${mark.rejected.join(', ')}`}>
      {mark.sources}, {mark.rejected.length} set aside
    </span>
  );
}
