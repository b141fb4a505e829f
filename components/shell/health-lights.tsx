'use client';
/** May these figures be trusted? Age of the oldest price, agreement of both engines, and the connection. */
import Link from 'next/link';
import { useAccount, useLive, useTrust } from '#components/live/live-provider.tsx';
import { type Agreement, type Trust } from '#components/live/live-store.ts';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useChosenAccount } from './chosen-account.ts';

export function HealthLights() {
  const trust = useTrust();
  return (
    <Link
      className="flex items-center gap-2 self-stretch rounded-control text-small text-ink-3 hover:text-ink lg:gap-3"
      href="/status"
      prefetch={false}
    >
      <span className="sr-only">Status: </span>
      <OldestPrice className={isHeard(trust) ? 'max-[22rem]:hidden' : 'max-sm:hidden'} />
      <AgreementLight />
      <ConnectionLight />
    </Link>
  );
}

/** The connection's word is short, or not yet said. */
function isHeard(trust: Trust): boolean {
  return trust === 'live' || trust === 'never';
}

/** On the smallest phones it stands in the bar of the run, with its name: the header has no room. */
export function OldestPrice({ className }: { readonly className: string }) {
  const format = useFormat();
  const oldest = useLive((state) => {
    const frame = state.frame;
    if (frame === undefined || frame.marks.length === 0) return undefined;
    return Math.max(...frame.marks.map((mark) => frame.runTime - mark.time));
  });
  const delayMs = useLive((state) => state.paintDelayMs);
  const title = `Age of the oldest price on run time${delayMs === undefined ? '' : `; newest painted ${Math.round(delayMs)} ms after it was accepted`}`;
  return (
    <span className={`whitespace-nowrap ${className}`} data-paint-delay-ms={delayMs} title={title}>
      <span className="min-[22rem]:max-wide:sr-only">oldest price </span>
      <span className="inline-block min-w-[5ch] text-right text-ink-2">
        {oldest === undefined ? 'none' : format.age(oldest)}
      </span>
    </span>
  );
}

const AGREEMENTS: Readonly<
  Record<Agreement['kind'], { readonly word: string; readonly meaning: string }>
> = {
  waiting: { word: 'checking', meaning: 'Browser and server have not compared this account yet' },
  equal: {
    word: 'agree',
    meaning: 'Browser and server hold the same facts and derive the same figures',
  },
  different: {
    word: 'differ',
    meaning: 'Browser and server derive different figures: do not rely on this page',
  },
};

function AgreementLight() {
  const { accountId } = useChosenAccount();
  const account = useAccount(accountId);
  const trust = useTrust();
  const agreement: Agreement =
    account?.kind === 'open' && trust === 'live' ? account.agreement : { kind: 'waiting' };
  const { word, meaning } = AGREEMENTS[agreement.kind];
  // What the connection's longer words need, this one gives: nothing is compared meanwhile.
  const place = isHeard(trust) ? 'max-xl:sr-only' : 'max-wide:sr-only';
  const detail = agreement.kind === 'equal' ? `; digest ${agreement.digest}` : '';
  return (
    <span
      className="inline-flex items-center gap-1 whitespace-nowrap"
      title={`${meaning}${detail}`}
    >
      <Light
        kind={agreement.kind === 'equal' ? 'on' : agreement.kind === 'waiting' ? 'open' : 'fault'}
      />
      <span className={agreement.kind === 'different' ? 'font-semibold text-unknown' : place}>
        {word}
      </span>
    </span>
  );
}

const CONNECTIONS: Readonly<
  Record<Trust, { readonly word: string; readonly light: 'on' | 'open' | 'fault' }>
> = {
  live: { word: 'live', light: 'on' },
  'catching-up': { word: 'catching up', light: 'open' },
  silent: { word: 'silent', light: 'fault' },
  lost: { word: 'offline', light: 'fault' },
  never: { word: 'connecting', light: 'open' },
};

function ConnectionLight() {
  const { word, light } = CONNECTIONS[useTrust()];
  return (
    <span
      className="inline-flex items-center gap-1 whitespace-nowrap"
      title="Connection to the server"
    >
      <Light kind={light} />
      <span
        className={classNames(
          light === 'fault'
            ? 'font-semibold text-unknown max-[22rem]:sr-only'
            : 'max-sm:sr-only md:max-lg:sr-only',
        )}
      >
        {word}
      </span>
    </span>
  );
}

/** Filled: as it should be. Open: not yet. Cross: a fault. Told apart without colour. */
function Light({ kind }: { readonly kind: 'on' | 'open' | 'fault' }) {
  if (kind === 'fault') {
    return (
      <svg aria-hidden className="text-unknown" height="10" viewBox="0 0 10 10" width="10">
        <path d="m2 2 6 6m0-6-6 6" stroke="currentColor" strokeLinecap="round" strokeWidth="1.8" />
      </svg>
    );
  }
  return (
    <svg
      aria-hidden
      className={kind === 'on' ? 'text-ink-2' : 'text-ink-3'}
      height="8"
      viewBox="0 0 8 8"
      width="8"
    >
      <circle
        cx="4"
        cy="4"
        fill={kind === 'on' ? 'currentColor' : 'none'}
        r="3"
        stroke="currentColor"
        strokeWidth="1.4"
      />
    </svg>
  );
}
