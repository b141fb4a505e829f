/** An account on a market, drawn the way the page draws it: for tests. */
import { type ReactNode } from 'react';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountFrom, instrumentsFrom, marketFrom } from '#lib/wire/codec.ts';
import { type AccountText, type MarkWire } from '#lib/wire/protocol.ts';
import { frameExample, runExample } from '#components/live/example-facts.ts';
import { StoreProvider } from '#components/live/live-provider.tsx';
import { createLiveStore, type LiveState, type LiveStore } from '#components/live/live-store.ts';
import { accountViewOf, type AccountView, type PositionView } from './pool-view.ts';

/** A page that hears its server. */
export function exampleStore(
  marks: readonly MarkWire[],
  changes: Partial<LiveState> = {},
): LiveStore {
  const run = runExample();
  const frame = frameExample(14, marks);
  const market = marketFrom(frame, run, instrumentsFrom(run));
  return createLiveStore({
    connection: { kind: 'open' },
    run,
    frame,
    market,
    marks: new Map(marks.map((mark) => [mark.id, mark])),
    totals: frame.totals,
    wallNow: 1_000,
    heardAt: 1_000,
    ...changes,
  });
}

export function exampleView(text: AccountText, marks: readonly MarkWire[]): AccountView {
  const run = runExample();
  const instruments = instrumentsFrom(run);
  const market = marketFrom(frameExample(14, marks), run, instruments);
  const facts = accountFrom(text, instruments);
  const health = assessAccount({ account: facts, market, rules: houseRules });
  return accountViewOf({
    text,
    facts,
    health,
    market,
    marks: new Map(marks.map((mark) => [mark.id, mark])),
  });
}

export function positionOf(view: AccountView, instrument: string): PositionView {
  const found = view.positions.find(({ position }) => position.instrumentId === instrument);
  assert(found !== undefined, `the example holds ${instrument}`);
  return found;
}

export function OnStore({
  store,
  children,
}: {
  readonly store: LiveStore;
  readonly children: ReactNode;
}) {
  return <StoreProvider store={store}>{children}</StoreProvider>;
}
