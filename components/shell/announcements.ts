/**
 * What is spoken, and when (ux.md 10): polite news at most six a minute and merged, urgent news at once, a burst of it as one
 * sentence that still names everybody. Pure but for the clock that it is given.
 */
import { MINUTE_MS, SECOND_MS } from '#lib/units/time.ts';

export type News =
  /** Waits for its turn. A later one of the same subject takes its place. */
  | { readonly kind: 'polite'; readonly subject: string; readonly text: string }
  /** Interrupts. */
  | { readonly kind: 'urgent'; readonly text: string }
  /** Interrupts: an account entered a state. Several within a moment are one sentence. */
  | { readonly kind: 'entered'; readonly state: string; readonly accountId: string }
  /** The reader asked for it: spoken whatever the settings are. */
  | { readonly kind: 'asked'; readonly text: string };

export type Level = 'all' | 'critical' | 'none';

export interface Spoken {
  readonly polite: string;
  readonly assertive: string;
}

export interface AnnouncerParts {
  readonly now: () => number;
  readonly speak: (change: Partial<Spoken>) => void;
}

export interface NewsAnnouncer {
  readonly tell: (news: News, level: Level) => void;
  /** Speaks what has waited long enough. */
  readonly pulse: () => void;
}

const POLITE_PER_MINUTE = 6;
/** Polite news that comes closer together is one announcement. */
const POLITE_MERGE_MS = 4 * SECOND_MS;
/** Entries that come closer together are one sentence. */
const URGENT_MERGE_MS = 2 * SECOND_MS;
/** A blank that no voice speaks makes a repeated text a change, or it would stay silent. */
const SILENT_BLANK = '\u00a0';

export function createAnnouncer({ now, speak }: AnnouncerParts): NewsAnnouncer {
  const waiting = new Map<string, string>();
  let entered: readonly Extract<News, { kind: 'entered' }>[] = [];
  let politeTimes: readonly number[] = [];
  let urgentAt = Number.NEGATIVE_INFINITY;
  const last = { polite: '', assertive: '' };

  function utter(region: keyof Spoken, text: string): void {
    last[region] = last[region] === text ? `${text}${SILENT_BLANK}` : text;
    speak({ [region]: last[region] });
  }

  function speakPolite(): void {
    politeTimes = politeTimes.filter((time) => now() - time < MINUTE_MS);
    const lately = politeTimes.at(-1) ?? Number.NEGATIVE_INFINITY;
    const isFull = politeTimes.length >= POLITE_PER_MINUTE;
    if (waiting.size === 0 || isFull || now() - lately < POLITE_MERGE_MS) return;
    politeTimes = [...politeTimes, now()];
    utter('polite', [...waiting.values()].join(' '));
    waiting.clear();
  }

  function speakEntered(): void {
    if (entered.length === 0 || now() - urgentAt < URGENT_MERGE_MS) return;
    urgentAt = now();
    utter('assertive', enteredSentence(entered));
    entered = [];
  }

  function pulse(): void {
    speakEntered();
    speakPolite();
  }

  function tell(news: News, level: Level): void {
    if (news.kind === 'asked') utter('polite', news.text);
    else if (level === 'none') return;
    else if (news.kind === 'urgent') utter('assertive', news.text);
    else if (news.kind === 'entered') entered = [...entered, news];
    else if (level === 'all') waiting.set(news.subject, news.text);
    pulse();
  }

  return { tell, pulse };
}

/** `2 accounts are now Critical: A0007, A0031.`, each state by itself, in the order in which it came first. */
function enteredSentence(entered: readonly Extract<News, { kind: 'entered' }>[]): string {
  const states = [...new Set(entered.map(({ state }) => state))];
  return states
    .map((state) => {
      const own = entered.filter((one) => one.state === state);
      const ids = [...new Set(own.map(({ accountId }) => accountId))];
      return ids.length === 1
        ? `Account ${ids.join('')} is now ${state}.`
        : `${ids.length} accounts are now ${state}: ${ids.join(', ')}.`;
    })
    .join(' ');
}
