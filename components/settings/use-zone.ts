'use client';
/** The clock that the reader chose to see moments on. */
import { UTC, type Zone } from '#lib/display/time.ts';
import { useSetting } from './use-settings.ts';

const LOCAL: Zone = { offsetMinutesAt: (time) => -new Date(time).getTimezoneOffset() };

export function useZone(): Zone {
  return useSetting(({ timeZone }) => (timeZone === 'local' ? LOCAL : UTC));
}
