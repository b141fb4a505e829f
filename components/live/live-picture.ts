/** Pictures of the draft for the store: of everything, or of what may not wait for the next figures. */
import { type Account, type Market } from '#lib/margin/account.ts';
import { type AccountHealth } from '#lib/margin/figures.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { marketFrom } from '#lib/wire/codec.ts';
import { type MarketFrame } from '#lib/wire/protocol.ts';
import { catchingUp } from './catch-up.ts';
import { clockOffset } from './delays.ts';
import { keepPools } from './kept-pools.ts';
import { type AccountDraft, type LiveDraft } from './live-draft.ts';
import { type LiveState, type OpenAccount } from './live-store.ts';
import { append, type Series } from './series.ts';

/** The chart that gets a point at a paint: never both, each is a task of its own for the page. */
export type GrowingChart = 'ratios' | 'marks';

/** Rows and states as they arrived, beside the figures that stand. Derives nothing. */
export function statesOf(draft: LiveDraft): Partial<LiveState> {
  return {
    accounts: new Map([...draft.accounts].map(([id, account]) => [id, withStates(account)])),
    rows: {
      alerts: draft.rows.get('alerts')?.rows,
      liquidations: draft.rows.get('liquidations')?.rows,
    },
    olderThere: new Set(draft.olderThere),
    alertRules: draft.alertRules,
    wire: draft.wire,
  };
}

/** The facts behind the figures stay: states alone are ahead of them until the next paint of everything. */
function withStates(account: AccountDraft): OpenAccount {
  const { painted, replica } = account;
  if (painted === undefined) return { kind: 'opening' };
  if (painted.kind !== 'open' || replica === undefined || painted.text === replica.account)
    return painted;
  account.painted = { ...painted, text: replica.account };
  return account.painted;
}

export function pictureOf(draft: LiveDraft, grows: GrowingChart | undefined): Partial<LiveState> {
  const { frame, run } = draft;
  const moved = frame !== draft.paintedFrame;
  if (moved && frame !== undefined && run !== undefined) {
    draft.market = marketFrom(frame, run, draft.instruments);
    draft.paintedFrame = frame;
  }
  for (const account of draft.accounts.values())
    if (moved || account.isStale) paintAccount(draft, account, grows);
  return {
    ...statesOf(draft),
    connection: draft.connection,
    run,
    accountIds: draft.accountIds,
    firstAccount: draft.firstAccount,
    frame,
    market: draft.market,
    marks: new Map(frame?.marks.map((mark) => [mark.id, mark])),
    totals: frame?.totals,
    desk: draft.desk,
    deskSummary: draft.deskSummary,
    deskCalls: draft.deskCalls,
    heardAt: draft.heardAt,
    framedAt: draft.framedAt,
    catchingUp: catchingUp(draft.catchUp),
    clockOffsetMs: clockOffset(draft.clockOffsets),
    delays: draft.delays,
  };
}

function paintAccount(
  draft: LiveDraft,
  account: AccountDraft,
  grows: GrowingChart | undefined,
): void {
  account.painted = freshPicture(draft, account, grows);
  account.isStale = false;
}

function freshPicture(
  draft: LiveDraft,
  account: AccountDraft,
  grows: GrowingChart | undefined,
): OpenAccount {
  const { facts, replica } = account;
  if (account.refusal !== undefined) return { kind: 'refused', message: account.refusal };
  if (facts === undefined || replica === undefined) return { kind: 'opening' };
  const health = draft.market === undefined ? undefined : assessed(account, facts, draft.market);
  if (health !== undefined && draft.frame !== undefined) {
    if (grows === 'ratios') growRatios(account, health, draft.frame);
    if (grows === 'marks') growMarks(account, health, draft.frame);
  }
  const { agreement, ratios, marks } = account;
  return { kind: 'open', text: replica.account, facts, health, agreement, ratios, marks };
}

function assessed(account: AccountDraft, facts: Account, market: Market): AccountHealth {
  const fresh = assessAccount({ account: facts, market, rules: houseRules });
  const health = keepPools(account.assessed, facts, fresh);
  account.assessed = { facts, health };
  return health;
}

function growRatios(account: AccountDraft, health: AccountHealth, { runTime }: MarketFrame): void {
  account.ratios = grown(
    account.ratios,
    health.pools.map((pool) => [pool.id, ratioText(pool)]),
    runTime,
  );
}

function growMarks(account: AccountDraft, health: AccountHealth, frame: MarketFrame): void {
  const held = new Set(
    health.pools.flatMap((pool) => pool.positions.map((position) => String(position.instrumentId))),
  );
  account.marks = grown(
    account.marks,
    frame.marks
      .filter((mark) => held.has(mark.id))
      .map((mark) => [mark.id, mark.status === 'stale' ? null : mark.mark]),
    frame.runTime,
  );
}

function grown(
  series: ReadonlyMap<string, Series>,
  values: readonly (readonly [string, string | null])[],
  time: number,
): Map<string, Series> {
  const none: Series = { points: [] };
  return new Map(
    values.map(([key, value]) => [key, append(series.get(key) ?? none, { time, value })]),
  );
}

function ratioText(pool: AccountHealth['pools'][number]): string | null {
  const ratio = pool.marginRatio;
  return ratio.known && ratio.value.kind === 'ratio' ? decimalText(ratio.value.value) : null;
}
