/** The longest task of a page by the processor time it took: what else the machine does is not in it. */
import { type Browser } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time; not told of every event. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds, while `action` lasts. Every page that is open counts. */
export async function longestTaskMs(
  browser: Browser,
  action: () => Promise<void>,
): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  // What the browser tells has no type of its own.
  session.on('Tracing.dataCollected', ({ value }) =>
    events.push(...(value as unknown as readonly TraceEvent[])),
  );
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel'] },
    transferMode: 'ReportEvents',
  });
  await action();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return longestOf(events) / 1_000;
}

function longestOf(events: readonly TraceEvent[]): number {
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const ofPages = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return events.reduce(
    (most, event) =>
      event.ph === 'X' && ofPages.has(threadOf(event)) ? Math.max(most, event.tdur ?? 0) : most,
    0,
  );
}
