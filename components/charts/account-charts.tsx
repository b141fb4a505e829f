'use client';
/** The two charts of an account, and the numbers they are drawn from. recharts arrives after the figures do. */
import dynamic from 'next/dynamic';
import { memo, useCallback, useDeferredValue, useMemo } from 'react';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type Series } from '#components/live/series.ts';
import { useSettled } from '#components/live/use-settled.ts';
import {
  shownLiquidationsOf,
  trustOfPool,
  type PoolView,
  type PositionView,
} from '#components/health/pool-view.ts';
import { type RatioConvention } from '#lib/display/convention.ts';
import { type Format } from '#lib/display/format.ts';
import { poolName, sideWord } from '#lib/display/words.ts';
import { price, rate } from '#lib/units/money.ts';
import { type Level } from './label-places.ts';
import { ChartFrame } from './chart-frame.tsx';
import { type LinePictureProps } from './line-picture-props.ts';
import { axisDomain, onAxis } from './ratio-axis.ts';
import { withGaps, type PicturePoint } from './picture-points.ts';

const LinePicture = dynamic<LinePictureProps>(
  () => import('./line-picture.tsx').then((module) => module.LinePicture),
  {
    ssr: false,
    loading: () => <div className="skeleton h-full opacity-50" />,
  },
);

const NO_SERIES: Series = { points: [] };

interface PriceChartProps {
  readonly view: PositionView;
  readonly series: Series | undefined;
  /** Drawn besides mark, entry and liquidation. */
  readonly more?: readonly Level[];
}

const NO_LEVELS: readonly Level[] = [];

/** Its sentence, levels and labels follow every price; its line is drawn behind the rest of the page: no change of state waits for it. */
export function PriceChart(props: PriceChartProps) {
  const { view, series = NO_SERIES, more = NO_LEVELS } = props;
  const format = useFormat();
  const levels = priceLevels(view, format);
  return (
    <ChartFrame
      doubtful={trustOfPool(view.pool) === 'lost'}
      points={series.points}
      show={(value) => priceText(view.instrument, format, Number(value))}
      summary={levels.map((level) => `${level.name} ${level.text}`).join(' · ')}
      title={`${view.position.instrumentId} ${sideWord(view.position.signedSize)}: price against liquidation`}
    >
      <PricePicture key={view.key} levels={[...levels, ...more]} series={series} view={view} />
      <LevelList levels={more} />
    </ChartFrame>
  );
}

const PICTURE_EVERY_MS = 1_000;

/** What the picture is drawn from: of a moment ago, but never of another subject. */
function usePicture<Props>(now: Props, subjectOf: (props: Props) => string): Props {
  const settled = useSettled(now, PICTURE_EVERY_MS);
  return useDeferredValue(subjectOf(settled) === subjectOf(now) ? settled : now);
}

interface PricePictureProps {
  readonly view: PositionView;
  readonly series: Series;
  readonly levels: readonly Level[];
}

/** The line and its axis stand for a second; what is marked on them stands where the figures do. */
function PricePicture(now: PricePictureProps) {
  const format = useFormat();
  const { view, levels } = now;
  const { instrument } = view;
  const drawn = usePicture(now, (one) => one.view.key);
  const line = useMemo(() => priceLineOf(drawn), [drawn]);
  const showValue = useCallback(
    (value: number) => priceText(instrument, format, value),
    [instrument, format],
  );
  const end = line.points.at(-1)?.value ?? undefined;
  const { mark } = view.position;
  return (
    <LinePicture
      {...line}
      colour="var(--ink)"
      levels={levels}
      newest={
        end === undefined || !mark.known
          ? undefined
          : { from: end, to: mark.value.price.toNumber() }
      }
      showValue={showValue}
    />
  );
}

function priceLineOf({
  view,
  series,
  levels,
}: PricePictureProps): Pick<LinePictureProps, 'points' | 'domain'> {
  const points = picturePoints(sinceOpening(series, view.openedAt), (value) => value);
  return { points, domain: domainOf(points, levels) };
}

function priceText(instrument: PositionView['instrument'], format: Format, value: number): string {
  return instrument === undefined ? '' : format.price(price(value), instrument.tickSize).text;
}

/** What the picture shows besides its summary, for whoever does not see it. */
function LevelList({ levels }: { readonly levels: readonly Level[] }) {
  if (levels.length === 0) return null;
  return (
    <ul aria-label="More levels" className="sr-only">
      {levels.map(({ name, text }) => (
        <li key={name}>
          {name} {text}
        </li>
      ))}
    </ul>
  );
}

/** Entry and liquidation price say nothing about the time before the position was there. */
function sinceOpening(series: Series, openedAt: number | undefined): Series {
  if (openedAt === undefined) return series;
  return { points: series.points.filter(({ time }) => time >= openedAt) };
}

function priceLevels(view: PositionView, format: Format): readonly Level[] {
  const { instrument, position } = view;
  if (instrument === undefined) return [];
  const liquidations = shownLiquidationsOf(view);
  const level = (
    name: string,
    value: Parameters<Format['price']>[0],
    colour: string,
    dashed: boolean,
  ): Level => ({
    name,
    value: value.toNumber(),
    text: format.price(value, instrument.tickSize).text,
    colour,
    dashed,
  });
  return [
    ...(position.mark.known ? [level('Mark', position.mark.value.price, 'var(--ink)', true)] : []),
    level('Entry', position.entryPrice, 'var(--ink-2)', true),
    ...liquidations.map(({ side, price: value }) =>
      level(
        liquidations.length > 1 ? `Liq. ${side}` : 'Liq.',
        value,
        'var(--liquidating-edge)',
        false,
      ),
    ),
  ];
}

interface MarginChartProps {
  readonly pool: PoolView;
  readonly series: Series | undefined;
}

export function MarginChart({ pool, series = NO_SERIES }: MarginChartProps) {
  const format = useFormat();
  const { convention } = format;
  const now = pool.health.marginRatio;
  const picture = usePicture({ pool, series }, (one) => one.pool.health.id);
  return (
    <ChartFrame
      doubtful={trustOfPool(pool) === 'lost'}
      points={series.points}
      show={(value) => format.marginRatio({ kind: 'ratio', value: rate(value) }).text}
      summary={
        now.known
          ? `${convention.title} ${format.marginRatio(now.value).text}, liquidation at ${convention.level(1)}`
          : 'unknown'
      }
      title={`${poolName(pool.health.scope)}: ${convention.word}`}
    >
      <MarginPicture {...picture} key={pool.health.id} />
    </ChartFrame>
  );
}

const MarginPicture = memo(
  MarginPictureNow,
  (a, b) => a.series === b.series && a.pool.health.id === b.pool.health.id,
);

const RATIO_LEVELS = [
  {
    name: 'Liquidation',
    at: 1,
    colour: 'var(--liquidating-edge)',
    dashed: false,
  },
  { name: 'Critical', at: 0.85, colour: 'var(--critical)', dashed: true },
  { name: 'Warning', at: 0.7, colour: 'var(--warning)', dashed: true },
  { name: 'Watch', at: 0.5, colour: 'var(--watch)', dashed: true },
] as const;
const RATIO_BANDS = [
  { from: 0.5, to: 0.7, colour: 'var(--watch)' },
  { from: 0.7, to: 0.85, colour: 'var(--warning)' },
  { from: 0.85, to: 1, colour: 'var(--critical)' },
] as const;

/** Levels and bands where the convention puts them. */
function ratioPicture(
  convention: RatioConvention,
): Required<Pick<LinePictureProps, 'levels' | 'bands'>> {
  const place = (ratio: number): number => onAxis(convention.name, ratio);
  return {
    levels: RATIO_LEVELS.map(({ at, ...level }) => ({
      ...level,
      value: place(at),
      text: convention.tick(at),
    })),
    bands: RATIO_BANDS.map(({ from, to, colour }) => ({
      from: Math.min(place(from), place(to)),
      to: Math.max(place(from), place(to)),
      colour,
    })),
  };
}

function MarginPictureNow({ pool, series = NO_SERIES }: MarginChartProps) {
  const format = useFormat();
  const { convention } = format;
  const points = picturePoints(series, (ratio) => onAxis(convention.name, ratio));
  const { levels, bands } = ratioPicture(convention);
  const severalPositions = pool.health.positions.length > 1;
  return (
    <LinePicture
      bands={severalPositions ? bands : []}
      colour="var(--ink)"
      domain={axisDomain(convention.name, valuesOf(points))}
      levels={severalPositions ? levels : levels.slice(0, 1)}
      points={points}
      showValue={(value) => `${format.count(value)}\u202f%`}
    />
  );
}

function valuesOf(points: readonly PicturePoint[]): readonly number[] {
  return points.flatMap((point) => (point.value === null ? [] : [point.value]));
}

function picturePoints(series: Series, place: (value: number) => number): readonly PicturePoint[] {
  return withGaps(
    series.points.map(({ time, value }) => ({
      time,
      value: value === null ? null : place(Number(value)),
    })),
  );
}

/** Levels farther than this share from the line are pinned to the edge: they would flatten it. */
const LEVEL_REACH = 0.12;
const HEADROOM = 0.08;

function domainOf(
  points: readonly PicturePoint[],
  levels: readonly Level[],
): readonly [number, number] {
  const line = valuesOf(points);
  const last = line.at(-1) ?? 1;
  const near = levels
    .map(({ value }) => value)
    .filter((value) => Math.abs(value / last - 1) <= LEVEL_REACH);
  const low = Math.min(...line, ...near);
  const high = Math.max(...line, ...near);
  const margin = (high - low || last * 0.01) * HEADROOM;
  return [low - margin, high + margin];
}
