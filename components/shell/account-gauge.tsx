'use client';
/** How full the chosen account's worst pool is, on every page: a figure, and a bar where there is room. */
import { ratioFill } from '#components/health/ratio-meter.tsx';
import { useAccount, useTrust } from '#components/live/live-provider.tsx';
import { FigureText, useFormat } from '#components/primitives/figure-text.tsx';
import { Meter } from '#components/primitives/meter.tsx';
import { stateColour } from '#components/primitives/state-shape.tsx';
import { stateWord } from '#lib/display/words.ts';
import { useChosenAccount } from './chosen-account.ts';
import { useWorstState } from './worst-state.ts';

export function AccountGauge() {
  const format = useFormat();
  const { accountId } = useChosenAccount();
  const account = useAccount(accountId);
  const isLive = useTrust() === 'live';
  const known = useWorstState(accountId);
  const state = isLive && known !== undefined ? known : 'unknown';
  const health = account?.kind === 'open' ? account.health : undefined;
  const ratio = health?.worstPool?.marginRatio;
  // With one pool in doubt it is also in doubt which is the worst.
  const isDoubtful = health?.pools.some(({ status }) => status === 'unknown') === true;
  const text = ratio?.known === true ? format.marginRatio(ratio.value).text : 'unknown';
  return (
    <span
      className="inline-flex items-center gap-2"
      data-trust={isDoubtful ? 'lost' : undefined}
      title={`Margin ratio (maintenance) of the worst pool of ${accountId ?? ''}`}
    >
      <span
        className={`min-w-[6ch] text-right font-medium whitespace-nowrap ${stateColour(state)}`}
      >
        <span className="sr-only">margin ratio </span>
        <FigureText figure={ratio} show={format.marginRatio} />
      </span>
      <Meter
        className="w-14 max-xl:hidden"
        fill={isLive && ratio?.known === true ? ratioFill(ratio.value) : undefined}
        label="Margin ratio of the account"
        state={state}
        thin
        valueText={`${text}, ${stateWord(state)}`}
      />
    </span>
  );
}
