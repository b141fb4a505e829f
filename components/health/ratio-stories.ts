'use client';
/** Stories of the ratios that this page has watched: kept across pages, forgotten with the run. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useLive } from '#components/live/live-provider.tsx';
import { type AssessInput } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { beginRatioStory, continueRatioStory, type RatioStory } from '#lib/risk/ratio-story.ts';
import { poolId, type PoolId } from '#lib/units/ids.ts';

interface Stories {
  readonly runId: string | undefined;
  readonly byPool: ReadonlyMap<string, RatioStory>;
}
const stories = createStore<Stories>(() => ({ runId: undefined, byPool: new Map() }));

interface Look {
  readonly input: AssessInput;
  readonly pools: readonly PoolId[];
  readonly runId: string;
  readonly at: number;
}

/** Follows why the ratios of an account change, for as long as somebody stands here. */
export function useRatioWatch(accountId: string | undefined): void {
  const seen = useLive((state) => {
    const account = accountId === undefined ? undefined : state.accounts.get(accountId);
    const isOpen = account?.kind === 'open';
    return {
      facts: isOpen ? account.facts : undefined,
      health: isOpen ? account.health : undefined,
      market: state.market,
      runId: state.run?.runId,
      at: state.frame?.runTime,
    };
  });
  useEffect(() => {
    const { facts, health, market, runId, at } = seen;
    if (facts === undefined || market === undefined || runId === undefined || at === undefined)
      return;
    const input = { account: facts, market, rules: houseRules };
    look({ input, pools: health?.pools.map(({ id }) => id) ?? [], runId, at });
  }, [seen]);
}

/** Only new facts are a step: what prices have done since is read off the ratio itself. */
function look({ input, pools, runId, at }: Look): void {
  const { byPool, runId: known } = stories.getState();
  const next = new Map(known === runId ? byPool : []);
  for (const id of pools) {
    const story = next.get(id);
    if (story?.account === input.account) continue;
    const told =
      story === undefined ? beginRatioStory(input, id, at) : continueRatioStory(story, input);
    if (told !== undefined) next.set(id, told);
  }
  stories.setState({ runId, byPool: next });
}

export function useRatioStory(id: string): RatioStory | undefined {
  return useStore(stories, ({ byPool }) => byPool.get(id));
}

/** Counts from the next look on. */
export function forgetRatioStory(id: string): void {
  stories.setState(({ byPool }) => ({
    byPool: new Map([...byPool].filter(([known]) => known !== poolId(id))),
  }));
}
