/** An account on a market, drawn the way the page draws it: for tests. */
import { type ReactNode } from 'react';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountFrom, instrumentsFrom, marketFrom } from '#lib/wire/codec.ts';
import { type AccountText, type MarkWire } from '#lib/wire/protocol.ts';
import { frameExample, runExample } from '#components/live/example-facts.ts';
import { keepPools, type Assessed } from '#components/live/kept-pools.ts';
import { StoreProvider } from '#components/live/live-provider.tsx';
import { createLiveStore, type LiveState, type LiveStore } from '#components/live/live-store.ts';
import { accountViewOf, type AccountView, type PositionView } from './pool-view.ts';

const run = runExample();
const instruments = instrumentsFrom(run);

/** A page that hears its server. */
export function exampleStore(
  marks: readonly MarkWire[],
  changes: Partial<LiveState> = {},
): LiveStore {
  const frame = frameExample(14, marks);
  const market = marketFrom(frame, run, instruments);
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

/** @param before figures of a moment ago, of which those that no tick touched are kept, as the page does. */
export function exampleHealth(
  text: AccountText,
  marks: readonly MarkWire[],
  before?: Assessed,
): Assessed {
  const market = marketFrom(frameExample(14, marks), run, instruments);
  const facts = before?.facts ?? accountFrom(text, instruments);
  const fresh = assessAccount({ account: facts, market, rules: houseRules });
  return { facts, health: keepPools(before, facts, fresh) };
}

export function exampleView(
  text: AccountText,
  marks: readonly MarkWire[],
  assessed = exampleHealth(text, marks),
): AccountView {
  const market = marketFrom(frameExample(14, marks), run, instruments);
  return accountViewOf({
    text,
    ...assessed,
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
