/** The liquidations topic by plan: what was decided on which marks, what was closed, how it was settled. Pure. */
import { type RowBody } from '#lib/engine/row.ts';
import { type RowWire } from '#lib/wire/protocol.ts';

type Planned = Extract<RowBody, { readonly kind: 'liquidation-planned' }>;
type Step = Extract<RowBody, { readonly kind: 'liquidation-step' }>;
type Settled = Extract<RowBody, { readonly kind: 'liquidation-settled' }>;

export interface LiquidationEntry {
  readonly planId: string;
  readonly accountId: string;
  readonly poolId: string;
  readonly time: number;
  /** Undefined where the plan is older than the rows we hold. */
  readonly planned: Planned | undefined;
  readonly steps: readonly Step[];
  /** Undefined while it is being carried out. */
  readonly settled: Settled | undefined;
}

/** Newest first. @param rows oldest first, as they travel. */
export function liquidationEntries(rows: readonly RowWire[]): readonly LiquidationEntry[] {
  const byPlan = new Map<string, LiquidationEntry>();
  for (const row of rows) {
    const { body, accountId } = row;
    if (accountId === null) continue;
    if (
      body.kind !== 'liquidation-planned' &&
      body.kind !== 'liquidation-step' &&
      body.kind !== 'liquidation-settled'
    )
      continue;
    const { planId, poolId } = body;
    const entry = byPlan.get(planId) ?? begin({ planId, poolId, accountId, time: row.time });
    byPlan.set(planId, taken(entry, body));
  }
  return [...byPlan.values()].toReversed();
}

function begin(
  p: Pick<LiquidationEntry, 'planId' | 'poolId' | 'accountId' | 'time'>,
): LiquidationEntry {
  return { ...p, planned: undefined, steps: [], settled: undefined };
}

function taken(entry: LiquidationEntry, body: Planned | Step | Settled): LiquidationEntry {
  switch (body.kind) {
    case 'liquidation-planned':
      return { ...entry, planned: body };
    case 'liquidation-step':
      return { ...entry, steps: [...entry.steps, body] };
    case 'liquidation-settled':
      return { ...entry, settled: body };
  }
}

/** Contracts that it closes or closed. */
export function contractsClosed({ steps, planned }: LiquidationEntry): readonly string[] {
  const closes = steps.length > 0 ? steps : (planned?.closes ?? []);
  return [...new Set(closes.map(({ instrument }) => instrument))];
}

/** "BTCUSDT long, ETHUSDT short": what is or was being closed. */
export function closedNames(entry: LiquidationEntry): string {
  const closes = entry.steps.length > 0 ? entry.steps : (entry.planned?.closes ?? []);
  const names = closes.map((close) => {
    const short = close.size.startsWith('-');
    const side =
      close.side === 'long' || close.side === 'short' ? close.side : short ? 'short' : 'long';
    return `${close.instrument} ${side}`;
  });
  return [...new Set(names)].join(', ');
}
