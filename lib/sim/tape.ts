/**
 * A tape is where run time comes from: simulated prices, or a recorded day. It is PULLED by the risk loop, one step at a time, and
 * every step is processed (rulings C6); it knows neither the wall clock nor the speed at which it is read.
 */
import { type EngineEvent } from '../engine/event.ts';
import { type Instrument } from '../market/instrument.ts';
import { type TimestampMs } from '../units/time.ts';

/** Everything that the market said in one step, in the order in which the engine takes it. Fits `StepInput`. */
export interface TapeStep {
  /** From 1; the step before it is the opening, which belongs to the population. */
  readonly step: number;
  /** `startTime + step * stepMs`. */
  readonly time: TimestampMs;
  /** `clock-advanced` first, then feed faults, marks on the tick grid, funding stamps. */
  readonly events: readonly EngineEvent[];
}

export interface Tape {
  /** What it plays, for people: a scenario's title or a file's name. */
  readonly name: string;
  readonly startTime: TimestampMs;
  readonly stepMs: number;
  /** Time of the last step; undefined for a tape that never ends. */
  readonly endTime: TimestampMs | undefined;
  readonly instruments: readonly Instrument[];
  /** Prices at `startTime`, before the first step: where accounts are opened. Whole ticks, in the order of `instruments`. */
  readonly openingEvents: readonly EngineEvent[];
  /** The next step, or undefined once the tape has ended. */
  next(): TapeStep | undefined;
  /** Where it stands, as JSON text: clocks, processes and the state of every random stream. */
  save(): string;
  /** Continues exactly where `save` was called, on a tape made with the same arguments. */
  load(text: string): void;
}
