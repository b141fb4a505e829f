/** What a reader sees: a real Chromium on the Overview page, timed from the marks' acceptance to the frame after the paint. */
import { chromium } from '@playwright/test';
import { findChromium } from '../../e2e/browser.mjs';

const WATCH_MS = 25_000;
const WARM_UP_MS = 3_000;

export interface PaintSamples {
  /** Age of the newest mark whenever something was painted. */
  readonly figuresMs: readonly number[];
  /** From the marks behind a state change to the paint that shows it. */
  readonly statesMs: readonly number[];
  /** One animation frame to the next while idle. */
  readonly frameMs: readonly number[];
}

declare global {
  interface Window {
    plimsollSamples: { figuresMs: number[]; statesMs: number[]; frameMs: number[] };
  }
}

/** Runs inside the page before its own scripts: reads the socket's frames and notices what the page then changes. */
function observePage(): void {
  const samples = { figuresMs: [] as number[], statesMs: [] as number[], frameMs: [] as number[] };
  window.plimsollSamples = samples;
  let acceptedAt = 0;
  let stateAcceptedAt = 0;
  let isWaiting = false;

  function read(text: unknown): void {
    if (typeof text !== 'string') return;
    const found = /"acceptedAt":(\d+)/.exec(text)?.[1];
    if (found === undefined) return;
    if (text.startsWith('42["market"')) acceptedAt = Number(found);
    if (text.startsWith('42["rows"')) stateAcceptedAt = Number(found);
  }
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => read(data));
    }
  };

  function painted(): void {
    isWaiting = false;
    const now = Date.now();
    if (acceptedAt > 0) samples.figuresMs.push(now - acceptedAt);
    if (stateAcceptedAt > 0) samples.statesMs.push(now - stateAcceptedAt);
    stateAcceptedAt = 0;
  }
  function changed(): void {
    if (isWaiting) return;
    isWaiting = true;
    // The frame's callbacks come before its paint, a message after it.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', painted);
      channel.port1.start();
      channel.port2.postMessage(0);
    });
  }
  document.addEventListener('DOMContentLoaded', () => {
    const observer = new MutationObserver(changed);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  let last = 0;
  function frame(at: number): void {
    if (last > 0) samples.frameMs.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}

/** Undefined without a browser. */
export async function paintSamples(address: string): Promise<PaintSamples | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const page = await browser.newPage();
  await page.addInitScript(observePage);
  await page.goto(address);
  await page.waitForTimeout(WARM_UP_MS);
  await page.evaluate(() => {
    const { figuresMs, statesMs, frameMs } = window.plimsollSamples;
    figuresMs.length = 0;
    statesMs.length = 0;
    frameMs.length = 0;
  });
  await page.waitForTimeout(WATCH_MS);
  const samples = await page.evaluate(() => window.plimsollSamples);
  await browser.close();
  return samples;
}
