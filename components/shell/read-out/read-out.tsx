'use client';
/** Reads the chosen account out, spoken and written: the worst position first, the account at the next press. */
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { accountViewOf } from '#components/health/pool-view.ts';
import { useAccount, useLive, useTrust } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useReadAccount } from './read-account.ts';
import { sayAsked } from '../say.ts';
import { accountSentence, worstPositionSentence } from './read-out-words.ts';

interface ReadOutProps {
  /** Presses so far: the odd ones read the worst position, the even ones the account. */
  readonly presses: number;
  readonly onClose: () => void;
}

export function ReadOut({ presses, onClose }: ReadOutProps) {
  const text = useSentence(presses % 2 === 1);
  const isKnown = text !== undefined;
  useEffect(() => {
    // Spoken as it was when the key was pressed; what moves on afterwards is only written.
    if (text !== undefined) sayAsked(text);
    // oxlint-disable-next-line react/exhaustive-deps -- once a press
  }, [presses, isKnown]);
  return (
    <aside
      aria-label="Read-out"
      className="fixed inset-x-2 bottom-[calc(var(--bottom-room)+0.75rem)] z-40 mx-auto flex max-w-3xl items-start gap-3 rounded-panel border border-line-strong bg-panel px-4 py-3 shadow-(--shadow-pop)"
    >
      <p className="flex-1 text-lead" data-figure>
        {text ?? 'The account is not known yet.'}
      </p>
      <Button aria-label="Close the read-out" onClick={onClose} tone="bare">
        <X aria-hidden size={15} />
      </Button>
    </aside>
  );
}

function useSentence(isPosition: boolean): string | undefined {
  const format = useFormat();
  const accountId = useReadAccount();
  const account = useAccount(accountId);
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  const isLive = useTrust() === 'live';
  if (accountId === undefined || account?.kind !== 'open' || market === undefined) return undefined;
  const { text, facts, health } = account;
  if (health === undefined) return undefined;
  if (!isLive) return `Account ${accountId} is Unknown: nothing is heard from the server.`;
  const view = accountViewOf({ text, facts, health, market, marks });
  const sentence = isPosition ? worstPositionSentence : accountSentence;
  return sentence(accountId, view, format);
}
