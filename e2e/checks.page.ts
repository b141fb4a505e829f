/** What the checks of SPEC.md look at besides the pages: rows on the wire, regions that speak, delays, levels that force a state. */
import { type Locator, type Page } from '@playwright/test';
import { expect } from './server-fixture.ts';

/** What the checks read of a journal row. */
export interface HeardRow {
  readonly seq: number;
  /** Run time, ms since 1970. */
  readonly time: number;
  readonly accountId: string | null;
  readonly body: {
    readonly kind: string;
    readonly poolId: string;
    /** Of a transition: the states, and how often the pool came back lately. */
    readonly from?: string;
    readonly to?: string;
    readonly returns?: number;
  };
}

/** Journal rows of the alerts topic that reached the page, each once, oldest first. */
export interface HeardRows {
  readonly all: () => readonly HeardRow[];
  /** Changes of state only. */
  readonly transitions: () => readonly HeardRow[];
  /** How many frames of market figures came. */
  readonly frames: () => number;
}

/** Listens from the page's next load on. */
export function hearRows(page: Page): HeardRows {
  const rows = new Map<number, HeardRow>();
  let frames = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = payload.toString();
      if (text.startsWith('42["market"')) frames += 1;
      for (const row of rowsIn(text)) rows.set(row.seq, row);
    }),
  );
  const all = (): readonly HeardRow[] => [...rows.values()].toSorted((a, b) => a.seq - b.seq);
  return {
    all,
    transitions: () => all().filter(({ body }) => body.kind === 'transition'),
    frames: () => frames,
  };
}

/** Of `42["rows",patch]` and of the answer `43<id>[{patch}]` to whoever begins to follow a topic. */
function rowsIn(text: string): readonly HeardRow[] {
  const json = /^4[23]\d*(\[.*)$/s.exec(text)?.[1];
  if (json === undefined || !json.includes('"topic":"alerts"')) return [];
  const parts: readonly { readonly rows?: HeardRow[]; readonly patch?: { rows: HeardRow[] } }[] =
    JSON.parse(json);
  return parts.flatMap((part) => part.rows ?? part.patch?.rows ?? []);
}

type Alarm = 'Watch' | 'Warning' | 'Critical';
export interface Levels {
  readonly account?: string;
  readonly coin?: string;
  /** Percent of the distance at which a state begins and ends. */
  readonly percent: Readonly<Record<Alarm, readonly [enter: number, leave: number]>>;
}

/** Sets levels as a person would: on the alerts page, which must be open. They replace those of the same target. */
export async function setLevels(page: Page, { account, coin, percent }: Levels): Promise<void> {
  await page.getByRole('button', { name: 'Add levels' }).click();
  const form = page.getByRole('form', { name: 'New levels' });
  if (account !== undefined) await form.getByRole('combobox', { name: 'Account' }).fill(account);
  if (coin !== undefined) await form.getByRole('combobox', { name: 'Coin' }).selectOption(coin);
  for (const [state, [enter, leave]] of Object.entries(percent)) {
    const levels = form.getByRole('group', { name: state });
    await levels.getByRole('textbox', { name: `${state} under` }).fill(`${enter}`);
    await levels.getByRole('textbox', { name: 'left above' }).fill(`${leave}`);
  }
  await form.getByRole('textbox', { name: 'Your name' }).fill('Mara');
  await form.getByRole('button', { name: 'Save levels' }).click();
  await expect(form).toBeHidden();
}

/** The state of any pool that is nearer than 93 % to liquidation. */
export const ALWAYS = {
  warning: { Watch: [94, 95], Warning: [93, 94], Critical: [0.01, 0.02] },
  critical: { Watch: [94.5, 95], Warning: [94, 94.2], Critical: [93, 94] },
} as const satisfies Record<string, Levels['percent']>;

declare global {
  interface Window {
    /** What the two live regions said, in the order of saying. */
    plimsollSaid: { region: 'polite' | 'assertive'; text: string; at: number }[];
    /** Milliseconds from a press to the paint that follows it. */
    plimsollDelays: number[];
    /** Moments at which the watched cell changed. */
    plimsollPaints: number[];
  }
}

/** Keeps what is spoken from now on. */
export async function listenToRegions(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.plimsollSaid = [];
    const regions = { polite: 'output', assertive: '[role=alert]' } as const;
    for (const region of ['polite', 'assertive'] as const) {
      const element = document.querySelector(regions[region]);
      if (element === null) continue;
      new MutationObserver(() => {
        const text = element.textContent;
        window.plimsollSaid.push({ region, text, at: performance.now() });
      }).observe(element, { childList: true, characterData: true, subtree: true });
    }
  });
}

/** Everything of ours that speaks by itself when it changes. The framework has one more of its own, for the titles of pages. */
export function liveRegions(page: Page): Promise<readonly string[]> {
  const speaking =
    'output, [aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
  return page
    .locator(`:is(${speaking}):not(#__next-route-announcer__)`)
    .evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)));
}

/** Times every press from now on: from the press itself to the frame that shows what came of it. */
export async function timePresses(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.plimsollDelays = [];
    addEventListener(
      'click',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => window.plimsollDelays.push(performance.now() - timeStamp);
          channel.port2.postMessage(0);
        }),
      { capture: true },
    );
  });
}

/** Bytes that are still held once what is not needed has been thrown away. */
export async function heldBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The page ends above the news: no button can stay under them. */
export async function expectNothingUnder(news: Locator): Promise<void> {
  const page = news.page();
  const overlap = async (): Promise<number> => {
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    const end = await page.locator('main > :last-child').boundingBox();
    const top = (await news.boundingBox())?.y ?? Number.POSITIVE_INFINITY;
    return (end?.y ?? 0) + (end?.height ?? 0) - top;
  };
  await expect.poll(overlap, 'pixels of the page under the news').toBeLessThanOrEqual(0);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
}
