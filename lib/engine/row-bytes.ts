/** What the engine remembers of a pool as bytes, and back: most of it is not there most of the time and takes a bit. */
import { timestampMs, type TimestampMs } from '../units/time.ts';
import { ALERT_STATES, type AlertRow } from './alert-row.ts';
import {
  numberIn,
  putByte,
  putFloat,
  putShort,
  putText,
  takeByte,
  takeFloat,
  takeShort,
  takeText,
  wordAt,
  type Bytes,
} from './bytes.ts';
import { type LiquidationPhase, type PoolRow } from './state.ts';

/** A pool's row without its names. */
type Standing = Omit<PoolRow, 'poolId' | 'accountId'>;

/** What an alert row has beside its state, a bit each; most have nothing. */
const BIT = {
  unknownSince: 1,
  freshSince: 2,
  acknowledged: 4,
  asking: 8,
  worsensBelow: 16,
  leftState: 32,
  returns: 64,
  pinnedUntil: 128,
  worseSince: 256,
  betterSince: 512,
  bounded: 1_024,
} as const;
const PHASE_SHIFT = 11;
const STATE_SHIFT = 13;
const TWO_BITS = 3;
const PHASES: readonly LiquidationPhase['kind'][] = [
  'none',
  'confirming',
  'liquidating',
  'liquidated',
];

export function putStanding(to: Bytes, { alert, phase, bounded }: Standing): void {
  putShort(
    to,
    presence(alert) +
      (bounded ? BIT.bounded : 0) +
      (numberIn(PHASES, phase.kind) << PHASE_SHIFT) +
      (numberIn(ALERT_STATES, alert.state) << STATE_SHIFT),
  );
  putFloat(to, alert.since);
  putTimes(to, alert);
  if (alert.acknowledged !== undefined) {
    putText(to, alert.acknowledged.by);
    putText(to, alert.acknowledged.note);
    putFloat(to, alert.acknowledged.at);
  }
  if (alert.asking !== undefined) {
    putFloat(to, alert.asking.since);
    putByte(to, alert.asking.told);
  }
  if (alert.leftState !== undefined) putByte(to, numberIn(ALERT_STATES, alert.leftState));
  if (alert.returns.length > 0) {
    putShort(to, alert.returns.length);
    for (const at of alert.returns) putFloat(to, at);
  }
  putPhase(to, phase);
}

type Optional = Exclude<keyof typeof BIT, 'bounded' | 'returns'>;
/** Those that are one number. */
const NUMBERS = [
  'unknownSince',
  'freshSince',
  'worsensBelow',
  'pinnedUntil',
  'worseSince',
  'betterSince',
] as const satisfies readonly Optional[];
const OPTIONALS: readonly Optional[] = [...NUMBERS, 'acknowledged', 'asking', 'leftState'];

function presence(alert: AlertRow): number {
  let bits = alert.returns.length > 0 ? BIT.returns : 0;
  for (const key of OPTIONALS) if (alert[key] !== undefined) bits += BIT[key];
  return bits;
}

function putTimes(to: Bytes, alert: AlertRow): void {
  for (const key of NUMBERS) {
    const value = alert[key];
    if (value !== undefined) putFloat(to, value);
  }
}

function putPhase(to: Bytes, phase: LiquidationPhase): void {
  if (phase.kind === 'none') return;
  putFloat(to, phase.kind === 'liquidated' ? phase.at : phase.since);
  if (phase.kind !== 'confirming') putText(to, phase.planId);
}

/** As it was put. */
export function takeStanding(from: Bytes): Standing {
  const bits = takeShort(from);
  const has = (bit: number): boolean => (bits & bit) !== 0;
  const since = timestampMs(takeFloat(from));
  const numberIf = (bit: number): number | undefined => (has(bit) ? takeFloat(from) : undefined);
  const timeIf = (bit: number): TimestampMs | undefined =>
    has(bit) ? timestampMs(takeFloat(from)) : undefined;
  // In the order of `NUMBERS`.
  const unknownSince = timeIf(BIT.unknownSince);
  const freshSince = timeIf(BIT.freshSince);
  const worsensBelow = numberIf(BIT.worsensBelow);
  const pinnedUntil = timeIf(BIT.pinnedUntil);
  const worseSince = timeIf(BIT.worseSince);
  const betterSince = timeIf(BIT.betterSince);
  const alert: AlertRow = {
    state: wordAt(ALERT_STATES, (bits >> STATE_SHIFT) & TWO_BITS),
    since,
    unknownSince,
    freshSince,
    acknowledged: has(BIT.acknowledged)
      ? { by: takeText(from), note: takeText(from), at: timestampMs(takeFloat(from)) }
      : undefined,
    asking: has(BIT.asking)
      ? { since: timestampMs(takeFloat(from)), told: takeByte(from) }
      : undefined,
    worsensBelow,
    leftState: has(BIT.leftState) ? wordAt(ALERT_STATES, takeByte(from)) : undefined,
    returns: has(BIT.returns) ? takeTimes(from) : [],
    pinnedUntil,
    worseSince,
    betterSince,
  };
  const phase = takePhase(from, (bits >> PHASE_SHIFT) & TWO_BITS);
  return { alert, phase, bounded: has(BIT.bounded) };
}

function takeTimes(from: Bytes): TimestampMs[] {
  const times: TimestampMs[] = [];
  for (let left = takeShort(from); left > 0; left -= 1) times.push(timestampMs(takeFloat(from)));
  return times;
}

function takePhase(from: Bytes, number: number): LiquidationPhase {
  const kind = wordAt(PHASES, number);
  if (kind === 'none') return { kind: 'none' };
  const time = timestampMs(takeFloat(from));
  if (kind === 'confirming') return { kind, since: time };
  const planId = takeText(from);
  return kind === 'liquidated' ? { kind, planId, at: time } : { kind, planId, since: time };
}
