/** What the server can say of itself when a page asks: how long the last minute's decisions took, how old each price got. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeedReading, type Quantiles, type ServerStatus } from '#lib/wire/protocol.ts';
import { type LoopNews } from '../risk-client.ts';
import { type LoopReport } from '../worker-messages.ts';

/** Reports come once a second, market frames ten times: both lists hold a minute. */
const REPORTS_KEPT = 60;
const AGES_KEPT = 600;

export interface SelfWatch {
  hear(news: LoopNews): void;
  status(now: { readonly wallTime: number; readonly clients: number }): Promise<ServerStatus>;
}

export function createSelfWatch(): SelfWatch {
  let folder: string | undefined;
  let reports: readonly LoopReport[] = [];
  const ages = new Map<string, number[]>();
  return {
    hear: (news) => {
      if (news.kind === 'opened') {
        ({ folder } = news);
        reports = [];
        ages.clear();
      }
      if (news.kind === 'report') reports = [...reports.slice(1 - REPORTS_KEPT), news.report];
      if (news.kind === 'market') {
        for (const mark of news.frame.marks) keepAge(ages, mark.id, news.frame.runTime - mark.time);
      }
    },
    status: async ({ wallTime, clients }) => ({
      wallTime,
      clients,
      upSeconds: Math.floor(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      storedBytes: folder === undefined ? null : await bytesOf(folder),
      journalSeq: reports.at(-1)?.journalSeq ?? null,
      conservationHolds: reports.at(-1)?.conservationHolds ?? null,
      decisionMs: quantilesOf(reports.flatMap((report) => report.decisionMs)),
      commitMs: quantilesOf(reports.flatMap((report) => report.commitMs)),
      feeds: [...ages].map(([id, ageMs]) => feedReading(id, ageMs)),
    }),
  };
}

function keepAge(ages: Map<string, number[]>, id: string, ageMs: number): void {
  const kept = ages.get(id) ?? [];
  kept.push(ageMs);
  if (kept.length > AGES_KEPT) kept.shift();
  ages.set(id, kept);
}

function feedReading(id: string, ages: readonly number[]): FeedReading {
  const sorted = ages.toSorted((a, b) => a - b);
  return { id, p95AgeMs: rank(sorted, 0.95), longestAgeMs: rank(sorted, 1) };
}

/** Null without a sample. */
export function quantilesOf(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: rank(sorted, 0.5), p95: rank(sorted, 0.95), samples: sorted.length };
}

function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** A run that is being closed may take its files away meanwhile. */
async function bytesOf(folder: string): Promise<number | null> {
  try {
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
    return sizes.reduce((sum, { size }) => sum + size, 0);
  } catch {
    return null;
  }
}
