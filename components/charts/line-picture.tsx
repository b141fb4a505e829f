'use client';
/** The one picture that is drawn with recharts: a line over time with marked levels, their labels stacked at the right edge. */
import {
  Area,
  AreaChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { memo } from 'react';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText } from '#lib/display/time.ts';
import { heightOf, placeLabels } from './label-places.ts';
import { type LinePictureProps } from './line-picture-props.ts';
import { roundTicks } from './ticks.ts';

const HEIGHT = 208;
const TOP = 8;
const AXIS_HEIGHT = 20;
const AXIS_WIDTH = 70;
const LABEL_WIDTH = 112;
const PLOT_HEIGHT = HEIGHT - TOP - AXIS_HEIGHT;

/** Levels and labels are painted with every price; the line behind them only when its points are others. */
export function LinePicture({ levels, newest, ...line }: LinePictureProps) {
  return (
    <div aria-hidden className="relative h-full">
      <Line {...line} />
      <LevelLines colour={line.colour} domain={line.domain} levels={levels} newest={newest} />
      <Labels domain={line.domain} levels={levels} />
    </div>
  );
}

const NO_BANDS: NonNullable<LinePictureProps['bands']> = [];

const Line = memo(LineNow);

function LineNow({
  points,
  bands = NO_BANDS,
  domain,
  showValue,
  colour,
}: Omit<LinePictureProps, 'levels' | 'newest'>) {
  const zone = useZone();
  const [low, high] = domain;
  const ticks = roundTicks(low, high);
  return (
    <ResponsiveContainer
      height={HEIGHT}
      initialDimension={{ width: 600, height: HEIGHT }}
      width="100%"
    >
      <AreaChart
        accessibilityLayer={false}
        data={[...points]}
        margin={{ top: TOP, right: LABEL_WIDTH, bottom: 0, left: 0 }}
      >
        <XAxis
          axisLine={{ stroke: 'var(--line)' }}
          dataKey="time"
          domain={['dataMin', 'dataMax']}
          height={AXIS_HEIGHT}
          minTickGap={56}
          tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
          tickFormatter={(time: number) => clockText(time, zone)}
          tickLine={false}
          type="number"
        />
        <YAxis
          axisLine={false}
          domain={[low, high]}
          tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
          tickFormatter={showValue}
          tickLine={false}
          ticks={[...ticks]}
          width={AXIS_WIDTH}
        />
        {bands.map((band) => (
          <ReferenceArea
            fill={band.colour}
            fillOpacity={0.07}
            key={band.from}
            y1={Math.max(low, band.from)}
            y2={Math.min(high, band.to)}
          />
        ))}
        {ticks.map((tick) => (
          <ReferenceLine key={tick} stroke="var(--line)" strokeWidth={1} y={tick} />
        ))}
        <Area
          connectNulls={false}
          dataKey="value"
          dot={false}
          fill={colour}
          fillOpacity={0.06}
          isAnimationActive={false}
          stroke={colour}
          strokeWidth={1.5}
          type="linear"
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

/** Each level across the plot, and the way from the line's end to what is newest. */
function LevelLines({
  levels,
  domain: [low, high],
  newest,
  colour,
}: Pick<LinePictureProps, 'levels' | 'domain' | 'newest' | 'colour'>) {
  const placeOf = (value: number): number => heightOf(value, { low, high, height: PLOT_HEIGHT });
  return (
    <svg
      className="pointer-events-none absolute overflow-visible"
      height={PLOT_HEIGHT}
      style={{ left: AXIS_WIDTH, top: TOP, width: `calc(100% - ${AXIS_WIDTH + LABEL_WIDTH}px)` }}
    >
      {levels
        .filter(({ value }) => value >= low && value <= high)
        .map((level) => (
          <line
            key={level.name}
            stroke={level.colour}
            strokeDasharray={level.dashed ? '4 4' : '0'}
            strokeWidth={level.dashed ? 1 : 1.5}
            x2="100%"
            y1={placeOf(level.value)}
            y2={placeOf(level.value)}
          />
        ))}
      {newest === undefined ? null : (
        <line
          stroke={colour}
          strokeWidth={1.5}
          x1="100%"
          x2="100%"
          y1={placeOf(newest.from)}
          y2={placeOf(newest.to)}
        />
      )}
    </svg>
  );
}

function Labels({ levels, domain: [low, high] }: Pick<LinePictureProps, 'levels' | 'domain'>) {
  return placeLabels(levels, { low, high, height: PLOT_HEIGHT }).map((label) => (
    <span
      className="absolute right-0 flex -translate-y-1/2 items-center gap-1 bg-panel pl-1 text-micro whitespace-nowrap"
      key={label.name}
      style={{ top: TOP + label.y, width: LABEL_WIDTH - 4, color: label.colour }}
    >
      <span className="text-ink-3">
        {label.arrow ?? ''}
        {label.name}
      </span>
      <span className="ml-auto font-medium">{label.text}</span>
    </span>
  ));
}
