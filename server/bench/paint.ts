/**
 * What a reader sees: a real Chromium, timed from the marks' acceptance to the frame that shows what they changed. A change of
 * state counts as seen when the card that tells of this very change has been painted, on the Alerts page and on the Overview of the
 * account that changes most.
 */
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../e2e/browser.mjs';

const WATCH_MS = 25_000;
const WARM_UP_MS = 3_000;
const FRAMES = 60;

export interface PageSamples {
  /** Age of the newest mark at each painting of figures. */
  readonly figuresMs: readonly number[];
  /** From the marks behind a state change to the painting of its card. */
  readonly statesMs: readonly number[];
  /** State changes that came and whose card was never there. */
  readonly missed: number;
}

export interface PaintSamples {
  readonly alerts: PageSamples;
  readonly overview: PageSamples;
  /** One animation frame to the next, with nothing to measure. */
  readonly frameMs: readonly number[];
}

interface Observed {
  figuresMs: number[];
  statesMs: number[];
  /** State changes whose card is not there yet: by journal number, when the marks behind them were accepted. */
  awaited: Map<number, number>;
  changesByAccount: Map<string, number>;
}

declare global {
  interface Window {
    plimsollObserved: Observed;
  }
}

/** Runs inside the page before its own scripts: reads the socket's frames and notices what the page then shows of them. */
function observePage(accountId: string | undefined): void {
  const observed: Observed = {
    figuresMs: [],
    statesMs: [],
    awaited: new Map(),
    changesByAccount: new Map(),
  };
  window.plimsollObserved = observed;
  let acceptedAt = 0;
  let isInFrame = false;

  const channel = new MessageChannel();
  const afterTask: (() => void)[] = [];
  channel.port1.addEventListener('message', () => afterTask.shift()?.());
  channel.port1.start();
  /** A frame's callbacks and its paint are one task: a message sent from within comes after the paint. */
  function whenPainted(action: () => void): void {
    afterTask.push(action);
    channel.port2.postMessage(0);
  }
  const nativeFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    nativeFrame((time) => {
      isInFrame = true;
      whenPainted(() => {
        isInFrame = false;
      });
      callback(time);
    });

  function take(text: unknown): void {
    if (typeof text !== 'string') return;
    if (text.startsWith('42["market"')) acceptedAt = JSON.parse(text.slice(2))[1].acceptedAt;
    if (!text.startsWith('42["rows"')) return;
    const patch = JSON.parse(text.slice(2))[1];
    if (patch.topic !== 'alerts' || patch.acceptedAt === undefined) return;
    for (const row of patch.rows) {
      if (row.body.kind !== 'transition') continue;
      const { changesByAccount } = observed;
      changesByAccount.set(row.accountId, (changesByAccount.get(row.accountId) ?? 0) + 1);
      if (accountId !== undefined && row.accountId !== accountId) continue;
      observed.awaited.set(row.seq, patch.acceptedAt);
    }
  }
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => take(data));
    }
  };

  function isShown(seq: number): boolean {
    const cards = [...document.querySelectorAll(`[data-row-seq~="${seq}"]`)];
    return cards.some((card) => card.checkVisibility());
  }
  function changed(mutations: readonly MutationRecord[]): void {
    const hasFigures = mutations.some((one) => one.attributeName === 'data-paint-delay-ms');
    const shown = [...observed.awaited].filter(([seq]) => isShown(seq));
    for (const [seq] of shown) observed.awaited.delete(seq);
    const newest = acceptedAt;
    const painted = (): void => {
      const now = Date.now();
      if (hasFigures && newest > 0) observed.figuresMs.push(now - newest);
      for (const [, since] of shown) observed.statesMs.push(now - since);
    };
    if (!hasFigures && shown.length === 0) return;
    if (isInFrame) whenPainted(painted);
    else nativeFrame(() => whenPainted(painted));
  }
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(changed).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-row-seq', 'data-paint-delay-ms'],
    });
  });
}

interface Watched extends PageSamples {
  readonly mostRestless: string | undefined;
}

async function watch(
  context: BrowserContext,
  address: string,
  accountId?: string,
): Promise<Watched> {
  const page = await context.newPage();
  await page.addInitScript(observePage, accountId);
  await page.goto(address);
  await page.waitForTimeout(WARM_UP_MS);
  // A list that is cut off never shows some of the changes.
  for (const more of await page.getByRole('button', { name: 'Show older' }).all()) {
    await more.click();
  }
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    const { figuresMs, statesMs, awaited } = window.plimsollObserved;
    figuresMs.length = 0;
    statesMs.length = 0;
    awaited.clear();
  });
  await page.waitForTimeout(WATCH_MS);
  const watched = await page.evaluate((patienceMs) => {
    const { figuresMs, statesMs, awaited, changesByAccount } = window.plimsollObserved;
    const latest = Date.now() - patienceMs;
    const missed = [...awaited.values()].filter((since) => since < latest).length;
    const byChanges = [...changesByAccount].toSorted((left, right) => right[1] - left[1]);
    return { figuresMs, statesMs, missed, mostRestless: byChanges[0]?.[0] };
  }, WARM_UP_MS);
  await page.close();
  return watched;
}

/** On a page without anything on it. */
async function frameSamples(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (count) => {
    const next = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const samples: number[] = [];
    for (let last = await next(); samples.length < count;) {
      const now = await next();
      samples.push(now - last);
      last = now;
    }
    return samples;
  }, FRAMES);
}

/** Undefined without a browser. */
export async function paintSamples(address: string): Promise<PaintSamples | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const context = await browser.newContext();
  const alerts = await watch(context, `${address}/alerts`);
  const restless = alerts.mostRestless;
  const overview = await watch(context, `${address}/?account=${restless ?? ''}`, restless);
  const frameMs = await frameSamples(await context.newPage());
  await browser.close();
  return { alerts, overview, frameMs };
}
