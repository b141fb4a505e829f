/** What the line across the page says, if anything (ux.md 9). Pure: one function of what is known and of the wall clock. */
import {
  BEHIND_AFTER_MS,
  frameAgeMs,
  trustOf,
  type LiveState,
} from '#components/live/live-store.ts';
import { WIRE_DRILL_WORDS } from '#components/replay/drill-words.ts';
import { ageText, clockText, offsetText, UTC, type Zone } from '#lib/display/time.ts';
import { SECOND_MS } from '#lib/units/time.ts';

export interface Condition {
  readonly head: string;
  readonly text: string;
  readonly mayRetry: boolean;
}

type Known = Pick<
  LiveState,
  'connection' | 'heardAt' | 'wallNow' | 'framedAt' | 'catchingUp' | 'frame'
>;

/** How the reader reads ages and moments. */
export interface Reader {
  readonly age: (ageMs: number) => string;
  readonly zone: Zone;
}

/** A step that is through sooner is not worth a line either, */
const LONG_STEP_TOLD_MS = SECOND_MS;
/** nor are so few accounts that are still to be counted. */
const COUNTS_TOLD = 10_000;
/** A catching-up that is over sooner is not worth a line that comes and goes. */
const CATCHING_UP_TOLD_MS = SECOND_MS;

/** Undefined while all is well. */
export function conditionOf(
  state: Known,
  reader: Reader = { age: ageText, zone: UTC },
): Condition | undefined {
  const { connection, wallNow } = state;
  if (connection.kind === 'refused')
    return {
      head: 'This page and the server do not match',
      text: `${connection.message} Reload the page.`,
      mayRetry: false,
    };
  if (connection.kind === 'opening')
    return { head: 'Not live yet', text: connection.message, mayRetry: false };
  if (connection.kind === 'down')
    return {
      head: 'Connection lost',
      text: `${lastUpdate(state, reader)} ${nextTry(connection, wallNow, reader)}`,
      mayRetry: connection.byDrill !== true,
    };
  const trust = trustOf(state);
  if (trust === 'silent') return silence(state, reader);
  if (trust === 'catching-up') return catchingUp(state);
  return trust === 'live' ? (delay(state, reader) ?? longStep(state, reader)) : undefined;
}

/** The socket stands and no figure comes: either nothing at all is heard, or heartbeats alone. */
function silence(state: Known, reader: Reader): Condition {
  const { heardAt, wallNow } = state;
  const answers = heardAt !== undefined && wallNow - heardAt <= BEHIND_AFTER_MS;
  return {
    head: answers ? 'The engine is silent' : 'The server is silent',
    text: `${answers ? 'The server answers. ' : ''}${lastUpdate(state, reader)}`,
    mayRetry: !answers,
  };
}

function catchingUp({ catchingUp: round, wallNow }: Known): Condition | undefined {
  if (round === undefined || wallNow - round.since < CATCHING_UP_TOLD_MS) return undefined;
  const missed = round.rows === 0 ? '' : `, ${round.rows} changes so far`;
  return {
    head: 'Catching up',
    text: `Fresh snapshots are on their way${missed}. No state is shown until they are here.`,
    mayRetry: false,
  };
}

function delay(state: Known, { age }: Reader): Condition | undefined {
  const ageMs = frameAgeMs(state);
  if (state.frame === undefined || ageMs <= BEHIND_AFTER_MS) return undefined;
  return {
    head: 'The engine is behind',
    text: `Its newest figures are ${age(ageMs)} old; they come every second or sooner.`,
    mayRetry: false,
  };
}

function longStep({ frame }: Known, { age }: Reader): Condition | undefined {
  if (frame?.longStep === undefined) return undefined;
  const { what, done, of, forMs } = frame.longStep;
  const share = `${grouped(done)} of ${grouped(of)}`;
  if (what === 'counts')
    return of < COUNTS_TOLD
      ? undefined
      : {
          head: 'The last step is being counted',
          text: `${share} accounts that it changed are counted: totals and the order of accounts follow. Figures of an account are of that step.`,
          mayRetry: false,
        };
  if (forMs < LONG_STEP_TOLD_MS) return undefined;
  const told = what === 'accounts' ? `${share} accounts read` : `${share} liquidations carried out`;
  const begun = of === 0 ? 'It books what happened and looks whom it concerns' : told;
  return {
    head: 'The engine is taking a long step',
    text: `${begun}, ${age(forMs)} so far. Until it is through, every figure is of the step before it, and commands wait.`,
    mayRetry: false,
  };
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function lastUpdate({ framedAt, heardAt, wallNow }: Known, { age, zone }: Reader): string {
  const at = framedAt ?? heardAt;
  if (at === undefined) return 'The server does not answer.';
  return `Last update ${clockText(at, zone)} ${offsetText(at, zone)}, ${age(wallNow - at)} ago. Figures may be wrong.`;
}

function nextTry(
  { retryAt, byDrill }: Extract<Known['connection'], { readonly kind: 'down' }>,
  wallNow: number,
  { age, zone }: Reader,
): string {
  const waitMs = Math.max(0, (retryAt ?? wallNow) - wallNow);
  if (byDrill === true && retryAt !== undefined && waitMs > 0)
    return `The drill ${WIRE_DRILL_WORDS.drop.name} cuts it for ${age(waitMs)} more, until ${clockText(retryAt, zone)} ${offsetText(retryAt, zone)}.`;
  return waitMs === 0 ? 'Trying now.' : `Next try in ${age(waitMs)}.`;
}
