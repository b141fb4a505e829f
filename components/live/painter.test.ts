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

/** A painter that notes when it painted what. */
function notingPainter() {
  const { clock, pass } = handClock();
  const painted: (readonly [what: 'states' | 'everything', at: number])[] = [];
  const painter = createPainter(
    {
      states: () => painted.push(['states', clock.now()]),
      everything: () => painted.push(['everything', clock.now()]),
    },
    clock,
  );
  return { painter, pass, painted };
}

it('paints the first figures at once and then four times a second, however many come', () => {
  const { painter, pass, painted } = notingPainter();
  for (let ms = 0; ms < 1_000; ms += 10) {
    painter.figuresChanged();
    pass(10);
  }
  expect(painted).toHaveLength(4);
});

it('paints states alone in the next frame although figures must wait, which keep their pace', () => {
  const { painter, pass, painted } = notingPainter();
  painter.figuresChanged();
  pass(10);
  painter.figuresChanged();
  pass(10);
  expect(painted).toEqual([['everything', 10]]);
  painter.stateChanged();
  pass(10);
  pass(230);
  expect(painted).toEqual([
    ['everything', 10],
    ['states', 30],
    ['everything', 260],
  ]);
});

it('paints states before figures that are due in the same frame, and puts those off once only', () => {
  const { painter, pass, painted } = notingPainter();
  painter.figuresChanged();
  for (let frame = 0; frame < 3; frame += 1) {
    painter.stateChanged();
    pass(10);
  }
  expect(painted).toEqual([
    ['states', 10],
    ['everything', 20],
    ['states', 30],
  ]);
});

it('paints everything in the next frame where a part alone would be wrong', () => {
  const { painter, pass, painted } = notingPainter();
  painter.figuresChanged();
  pass(10);
  painter.stateChanged();
  painter.everythingChanged();
  pass(10);
  expect(painted).toEqual([
    ['everything', 10],
    ['everything', 20],
  ]);
});

it('paints nothing once it is stopped', () => {
  const { painter, pass, painted } = notingPainter();
  painter.figuresChanged();
  painter.stateChanged();
  painter.stop();
  pass(1_000);
  expect(painted).toEqual([]);
});
