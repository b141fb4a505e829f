import { expect, it } from 'vitest';
import { createPainter, type PainterClock } from './painter.ts';

/** A clock that moves by hand: frames come when asked for, timers when their time has come. */
function handClock() {
  let now = 0;
  let frames: (() => void)[] = [];
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const clock: PainterClock = {
    now: () => now,
    onFrame(callback) {
      frames.push(callback);
      return () => {
        frames = frames.filter((one) => one !== callback);
      };
    },
    after(delayMs, run) {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  function drawFrame(): void {
    const due = frames;
    frames = [];
    for (const frame of due) frame();
  }
  function pass(ms: number): void {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
    drawFrame();
  }
  return { clock, pass };
}

it('paints the first figures at once and then four times a second, however many come', () => {
  const { clock, pass } = handClock();
  let paints = 0;
  const painter = createPainter(() => {
    paints += 1;
  }, clock);
  for (let ms = 0; ms < 1_000; ms += 10) {
    painter.figuresChanged();
    pass(10);
  }
  expect(paints).toBe(4);
});

it('paints a change of state in the next frame although figures must wait', () => {
  const { clock, pass } = handClock();
  const painted: number[] = [];
  const painter = createPainter(() => painted.push(clock.now()), clock);
  painter.figuresChanged();
  pass(10);
  painter.figuresChanged();
  pass(10);
  expect(painted).toEqual([10]);
  painter.stateChanged();
  pass(10);
  expect(painted).toEqual([10, 30]);
});

it('paints nothing once it is stopped', () => {
  const { clock, pass } = handClock();
  let paints = 0;
  const painter = createPainter(() => {
    paints += 1;
  }, clock);
  painter.figuresChanged();
  painter.stop();
  pass(1_000);
  expect(paints).toBe(0);
});
