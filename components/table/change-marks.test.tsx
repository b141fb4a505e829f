import { cleanup, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeSettings, DEFAULT_SETTINGS } from '#components/settings/settings.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { ChangeMarks, useChangeMarks } from './change-marks.tsx';

const RISE = 'l-3,-6z';
const FALL = 'l-3,6z';

interface Fade {
  readonly drawing: Element;
  playState: AnimationPlayState;
}
const fades: Fade[] = [];

function Row({ mark, distance }: { readonly mark: string; readonly distance: string }) {
  const row = useRef<HTMLTableRowElement>(null);
  useChangeMarks(
    row,
    new Map([
      ['mark', new Decimal(mark)],
      ['distance', new Decimal(distance)],
    ]),
  );
  return (
    <tr ref={row}>
      <td data-column="mark">{mark}</td>
      <td data-column="distance">{distance}</td>
    </tr>
  );
}

function table(mark: string, distance: string) {
  return (
    <ChangeMarks>
      <table>
        <tbody>
          <Row distance={distance} mark={mark} />
        </tbody>
      </table>
    </ChangeMarks>
  );
}

/** What the newest fade draws: one arrow for each cell that is marked. */
function arrows(): readonly string[] {
  const path = fades.at(-1)?.drawing.lastElementChild?.getAttribute('d') ?? '';
  return path.split('M').flatMap((one) => (one === '' ? [] : one.slice(one.indexOf('l'))));
}

beforeEach(() => {
  fades.length = 0;
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  Reflect.set(Element.prototype, 'animate', function animate(this: Element): Fade {
    const fade: Fade = { drawing: this, playState: 'running' };
    fades.push(fade);
    return fade;
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(Element.prototype, 'animate');
  changeSettings(DEFAULT_SETTINGS);
});

it('draws all changes of one paint once, each with its way, and nothing at first or of what stays', async () => {
  const { rerender } = render(table('60000', '0.1'));
  rerender(table('60001', '0.09'));
  await Promise.resolve();
  expect(fades).toHaveLength(1);
  expect(arrows()).toEqual([RISE, FALL]);
  rerender(table('60001', '0.090'));
  await Promise.resolve();
  expect(fades).toHaveLength(1);
});

it('lets a cell fade out before it marks it again, and another cell begin meanwhile', async () => {
  const { rerender } = render(table('60000', '0.1'));
  rerender(table('60001', '0.1'));
  await Promise.resolve();
  rerender(table('60002', '0.2'));
  await Promise.resolve();
  expect(fades).toHaveLength(2);
  expect(arrows()).toEqual([RISE]);
  for (const fade of fades) fade.playState = 'finished';
  rerender(table('60001', '0.3'));
  await Promise.resolve();
  expect(arrows()).toEqual([FALL, RISE]);
});

it('marks nothing for a reader who asked for less motion', async () => {
  changeSettings({ motion: 'reduced' });
  const { rerender } = render(table('60000', '0.1'));
  rerender(table('60001', '0.2'));
  await Promise.resolve();
  expect(fades).toEqual([]);
});
