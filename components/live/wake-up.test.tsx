import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SLEPT_AFTER_MS, watchForSleep } from './wake-up.ts';

const TEN_MINUTES_MS = 600_000;
const onWake = vi.fn<() => void>();
let isHidden = false;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
  stop = watchForSleep(onWake);
});
afterEach(() => {
  stop();
  isHidden = false;
  onWake.mockClear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function hide(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

it('[UX6] wakes at once when a tab is shown that was hidden for ten minutes', () => {
  hide(true);
  vi.advanceTimersByTime(TEN_MINUTES_MS);
  expect(onWake).not.toHaveBeenCalled();
  hide(false);
  expect(onWake).toHaveBeenCalledTimes(1);
});

it('takes a short look elsewhere for no sleep', () => {
  hide(true);
  vi.advanceTimersByTime(SLEPT_AFTER_MS - 2_000);
  hide(false);
  expect(onWake).not.toHaveBeenCalled();
});

it('wakes when the machine stood still under a visible page', () => {
  vi.setSystemTime(Date.now() + TEN_MINUTES_MS);
  vi.advanceTimersByTime(1_000);
  expect(onWake).toHaveBeenCalledTimes(1);
});

it('sees no sleep in a page that is looked at', () => {
  vi.advanceTimersByTime(TEN_MINUTES_MS);
  expect(onWake).not.toHaveBeenCalled();
});
