'use client';
/** The two charts of an account, and the numbers they are drawn from. recharts arrives after the figures do. */
import dynamic from 'next/dynamic';
import { memo } from 'react';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type Series } from '#components/live/series.ts';
import {
  shownLiquidationsOf,
  type PoolView,
  type PositionView,
} from '#components/health/pool-view.ts';
import { type Format } from '#lib/display/format.ts';
import { poolName, sideWord } from '#lib/display/words.ts';
import { price, rate } from '#lib/units/money.ts';
import { type Level } from './label-places.ts';
import { ChartFrame } from './chart-frame.tsx';
import { type LinePictureProps } from './line-picture-props.ts';
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
}

/** Paints again with a new point, at most twice a second, not with every price. */
export const PriceChart = memo(
  PriceChartNow,
  (a, b) => a.series === b.series && a.view.key === b.view.key,
);

function PriceChartNow({ view, series = NO_SERIES }: PriceChartProps) {
  const format = useFormat();
  const points = picturePoints(sinceOpening(series, view.openedAt), 1);
  const levels = priceLevels(view, format);
  const showValue = (value: number): string =>
    view.instrument === undefined ? '' : format.price(price(value), view.instrument.tickSize).text;
  return (
    <ChartFrame
      points={series.points}
      show={(value) => showValue(Number(value))}
      summary={levels.map((level) => `${level.name} ${level.text}`).join(' · ')}
      title={`${view.position.instrumentId} ${sideWord(view.position.signedSize)}: price against liquidation`}
    >
      <LinePicture
        colour="var(--ink)"
        domain={domainOf(points, levels)}
        levels={levels}
        points={points}
        showValue={showValue}
      />
    </ChartFrame>
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
      level(liquidations.length > 1 ? `Liq. ${side}` : 'Liq.', value, 'var(--critical)', false),
    ),
  ];
}

interface MarginChartProps {
  readonly pool: PoolView;
  readonly series: Series | undefined;
}

export const MarginChart = memo(
  MarginChartNow,
  (a, b) => a.series === b.series && a.pool.health.id === b.pool.health.id,
);

const RATIO_LEVELS: readonly Level[] = [
  {
    name: 'Liquidation',
    value: 100,
    text: '100',
    colour: 'var(--liquidating-edge)',
    dashed: false,
  },
  { name: 'Critical', value: 85, text: '85', colour: 'var(--critical)', dashed: true },
  { name: 'Warning', value: 70, text: '70', colour: 'var(--warning)', dashed: true },
  { name: 'Watch', value: 50, text: '50', colour: 'var(--watch)', dashed: true },
];
const RATIO_BANDS = [
  { from: 50, to: 70, colour: 'var(--watch)' },
  { from: 70, to: 85, colour: 'var(--warning)' },
  { from: 85, to: 100, colour: 'var(--critical)' },
];

function MarginChartNow({ pool, series = NO_SERIES }: MarginChartProps) {
  const format = useFormat();
  const points = picturePoints(series, 100);
  const severalPositions = pool.health.positions.length > 1;
  const show = (value: string): string =>
    format.marginRatio({ kind: 'ratio', value: rate(value) }).text;
  const now = pool.health.marginRatio;
  return (
    <ChartFrame
      points={series.points}
      show={show}
      summary={
        now.known
          ? `${format.marginRatio(now.value).text} of the margin balance is maintenance`
          : 'unknown'
      }
      title={`${poolName(pool.health.scope)}: margin ratio`}
    >
      <LinePicture
        bands={severalPositions ? RATIO_BANDS : []}
        colour="var(--ink)"
        domain={[0, ratioTop(points)]}
        levels={severalPositions ? RATIO_LEVELS : RATIO_LEVELS.slice(0, 1)}
        points={points}
        showValue={(value) => `${Math.round(value)}\u202f%`}
      />
    </ChartFrame>
  );
}

function ratioTop(points: readonly PicturePoint[]): number {
  const highest = Math.max(0, ...points.map((point) => point.value ?? 0));
  return Math.min(200, Math.max(105, highest * 1.05));
}

function picturePoints(series: Series, factor: number): readonly PicturePoint[] {
  return withGaps(
    series.points.map(({ time, value }) => ({
      time,
      value: value === null ? null : Number(value) * factor,
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
  const line = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const last = line.at(-1) ?? 1;
  const near = levels
    .map(({ value }) => value)
    .filter((value) => Math.abs(value / last - 1) <= LEVEL_REACH);
  const low = Math.min(...line, ...near);
  const high = Math.max(...line, ...near);
  const margin = (high - low || last * 0.01) * HEADROOM;
  return [low - margin, high + margin];
}
