/** What a client may say, as schemas. The server parses every message with them before it looks at it; the browser needs none. */
import { z } from 'zod';
import { type Result } from '../contract.ts';
import { FEED_DRILLS } from '../engine/event.ts';
import { parseWith } from './expectation.ts';
import {
  BAND_UNKNOWN,
  DESK_SHOCKS,
  type AlertRuleText,
  type ClientToServer,
  type ControlCommand,
  type DeskQuery,
  type Hello,
} from './protocol.ts';

const ID_LENGTH_MAX = 64;
const NAME_LENGTH_MAX = 80;
const NOTE_LENGTH_MAX = 500;
const ROWS_MAX = 2_000;
const DESK_WINDOW_MAX = 200;
const SPEED_MAX = 1_000;
/** A day of run time. */
const DRILL_MS_MAX = 86_400_000;

function text(max: number, what: string, min = 1) {
  const error = `${what} of ${min} to ${max} characters`;
  return z.string({ error }).min(min, { error }).max(max, { error });
}
export function whole(min: number, max: number, what: string) {
  const error = `${what}: a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}
function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, { error: `an object with ${Object.keys(shape).join(', ')}` });
}

const accountIdText = text(ID_LENGTH_MAX, 'an account id');
const topic = oneOf(['alerts', 'liquidations']);
const truth = z.boolean({ error: 'true or false' });

const hello: z.ZodType<Hello> = object({
  protocol: whole(0, Number.MAX_SAFE_INTEGER, 'a protocol version'),
});
const account = object({ accountId: accountIdText });
const follow = object({ topic, limit: whole(0, ROWS_MAX, 'how many rows') });
const unfollow = object({ topic });
const olderRows = object({
  topic,
  beforeSeq: whole(1, Number.MAX_SAFE_INTEGER, 'a journal number'),
  limit: whole(1, ROWS_MAX, 'how many rows'),
});

const screenState = oneOf([
  'healthy',
  'watch',
  'warning',
  'critical',
  'liquidating',
  'liquidated',
  'unknown',
]);
const sortKey = oneOf([
  'state',
  'marginRatio',
  'distance',
  'marginBalance',
  'maintenanceMargin',
  'excess',
  'notional',
  'z',
  'ifDown',
  'coin',
  'since',
  'account',
]);
export const deskQuery: z.ZodType<DeskQuery> = object({
  sort: sortKey,
  descending: truth,
  states: z.array(screenState, { error: 'a list of states' }).max(7, { error: 'at most 7 states' }),
  text: text(ID_LENGTH_MAX, 'a search text', 0),
  coin: text(ID_LENGTH_MAX, 'a coin').nullable(),
  band: whole(0, BAND_UNKNOWN, 'a band of distance').nullable(),
  shock: oneOf(DESK_SHOCKS).nullable(),
  offset: whole(0, Number.MAX_SAFE_INTEGER, 'the first row'),
  limit: whole(1, DESK_WINDOW_MAX, 'how many rows'),
});
const desk = object({
  queryId: whole(0, Number.MAX_SAFE_INTEGER, 'a number for this query'),
  query: deskQuery,
});

const exportAccounts = object({
  query: deskQuery,
  selection: whole(0, Number.MAX_SAFE_INTEGER, 'the number of a selection').nullable(),
});

const acknowledge = object({
  accountId: accountIdText,
  poolId: text(ID_LENGTH_MAX * 2, 'a pool id'),
  by: text(NAME_LENGTH_MAX, 'a name'),
  note: text(NOTE_LENGTH_MAX, 'a note', 0),
});

const undoAcknowledge = object({
  accountId: accountIdText,
  poolId: text(ID_LENGTH_MAX * 2, 'a pool id'),
  by: text(NAME_LENGTH_MAX, 'a name'),
});

const level = z.number({ error: 'a level as a number' });
const ruleLevel = object({ enter: level, leave: level });
const target = {
  account: accountIdText.nullable(),
  base: text(ID_LENGTH_MAX, 'a coin').nullable(),
  measure: oneOf(['z', 'percent', 'ratio']),
};
const rule: z.ZodType<AlertRuleText> = object({
  ...target,
  levels: object({ watch: ruleLevel, warning: ruleLevel, critical: ruleLevel }),
});
const setAlertRule = object({ rule, by: text(NAME_LENGTH_MAX, 'a name') });
const removeAlertRule = object({ target: object(target), by: text(NAME_LENGTH_MAX, 'a name') });
const previewAlertRule = object({ rule });

const speedError = `a speed above 0 and up to ${SPEED_MAX}`;
const control: z.ZodType<ControlCommand> = z.discriminatedUnion(
  'kind',
  [
    object({ kind: z.literal('pause') }),
    object({ kind: z.literal('play') }),
    object({ kind: z.literal('step') }),
    object({
      kind: z.literal('speed'),
      speed: z
        .number({ error: speedError })
        .gt(0, { error: speedError })
        .max(SPEED_MAX, { error: speedError }),
    }),
    object({
      kind: z.literal('start-run'),
      seed: text(ID_LENGTH_MAX, 'a seed'),
      scenario: text(ID_LENGTH_MAX, 'a scenario'),
    }),
    object({
      kind: z.literal('seek'),
      runTime: whole(0, Number.MAX_SAFE_INTEGER, 'a run time in milliseconds'),
    }),
    object({
      kind: z.literal('accept-price-jump'),
      instrument: text(ID_LENGTH_MAX, 'an instrument'),
    }),
    object({
      kind: z.literal('drill'),
      drill: oneOf(FEED_DRILLS),
      instrument: text(ID_LENGTH_MAX, 'an instrument'),
      durationMs: whole(1, DRILL_MS_MAX, 'a duration in milliseconds of run time'),
    }),
  ],
  { error: 'one of pause, play, step, speed, start-run, seek, accept-price-jump, drill' },
);

/** A schema for each message that carries a request. */
export const MESSAGE_SCHEMAS = {
  hello,
  open: account,
  close: account,
  follow,
  unfollow,
  'older-rows': olderRows,
  desk,
  'export-accounts': exportAccounts,
  acknowledge,
  'undo-acknowledge': undoAcknowledge,
  'set-alert-rule': setAlertRule,
  'remove-alert-rule': removeAlertRule,
  'preview-alert-rule': previewAlertRule,
  control,
  status: object({}),
} as const;

export type MessageName = keyof typeof MESSAGE_SCHEMAS & keyof ClientToServer;
export type MessageOf<Name extends MessageName> = z.infer<(typeof MESSAGE_SCHEMAS)[Name]>;

/** Reads one message, or says in one sentence what is wrong with it. */
export function parseMessage<Name extends MessageName>(
  name: Name,
  raw: unknown,
): Result<MessageOf<Name>> {
  const schema: z.ZodType<unknown> = MESSAGE_SCHEMAS[name];
  const parsed = parseWith(schema, `message "${name}"`, raw);
  return parsed.ok
    ? { ok: true, value: parsed.value as MessageOf<Name> }
    : { ok: false, error: parsed.error[0] ?? `message "${name}" is malformed` };
}
