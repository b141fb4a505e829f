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
import { useZone } from '#components/settings/use-zone.ts';
import { clockText } from '#lib/display/time.ts';
import { placeLabels } from './label-places.ts';
import { type LinePictureProps } from './line-picture-props.ts';
import { roundTicks } from './ticks.ts';

const HEIGHT = 208;
const TOP = 8;
const AXIS_HEIGHT = 20;
const AXIS_WIDTH = 62;
const LABEL_WIDTH = 112;

export function LinePicture({
  points,
  levels,
  bands = [],
  domain,
  showValue,
  colour,
}: LinePictureProps) {
  const zone = useZone();
  const [low, high] = domain;
  const plotHeight = HEIGHT - TOP - AXIS_HEIGHT;
  const ticks = roundTicks(low, high);
  const labels = placeLabels(levels, { low, high, height: plotHeight });
  return (
    <div aria-hidden className="relative h-full">
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
          {levels.map((level) =>
            level.value >= low && level.value <= high ? (
              <ReferenceLine
                key={level.name}
                stroke={level.colour}
                strokeDasharray={level.dashed ? '4 4' : '0'}
                strokeWidth={level.dashed ? 1 : 1.5}
                y={level.value}
              />
            ) : null,
          )}
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
      {labels.map((label) => (
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
      ))}
    </div>
  );
}
