/** Toasts: news, not storage (ux.md 4.13). At most three; mild ones leave by themselves, everything is in the inbox as well. */
import { createStore } from 'zustand/vanilla';
import { isGrave, type PoolNews } from './account-news.ts';
import { type Absence } from './catch-up.ts';

/** News of the whole book since the reader dismissed the last: a tally, not one toast for each. */
export interface BookNews {
  /** Accounts that came to it. */
  readonly critical: ReadonlySet<string>;
  readonly liquidated: ReadonlySet<string>;
  /** Run time of the first. */
  readonly since: number;
}

export type ToastBody =
  | { readonly kind: 'pool'; readonly news: PoolNews }
  | { readonly kind: 'book'; readonly news: BookNews }
  | { readonly kind: 'catch-up'; readonly absence: Absence };

export interface Toast {
  /** A newer toast of the same key takes its place. */
  readonly key: string;
  readonly body: ToastBody;
  /** Wall time at which it leaves; undefined: when it is dismissed. */
  readonly until: number | undefined;
}

const TOASTS_MAX = 3;
export const TOAST_MS = 8_000;

export function poolToast(news: PoolNews, wallNow: number): Toast {
  const until = isGrave(news.to) ? undefined : wallNow + TOAST_MS;
  return { key: news.poolId, body: { kind: 'pool', news }, until };
}

/** Newest first. When there are too many, the oldest that would leave by itself anyway goes, else the oldest. */
export function withToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  const all = [toast, ...toasts.filter(({ key }) => key !== toast.key)];
  if (all.length <= TOASTS_MAX) return all;
  const mild = all.findLastIndex(({ until }) => until !== undefined);
  return all.toSpliced(mild === -1 ? all.length - 1 : mild, 1);
}

export function withoutExpired(toasts: readonly Toast[], wallNow: number): readonly Toast[] {
  const left = toasts.filter(({ until }) => until === undefined || until > wallNow);
  return left.length === toasts.length ? toasts : left;
}

export const toastStore = createStore<{ readonly toasts: readonly Toast[] }>(() => ({
  toasts: [],
}));

export function showToast(toast: Toast): void {
  toastStore.setState(({ toasts }) => ({ toasts: withToast(toasts, toast) }));
}

export function showOnly(toast: Toast): void {
  toastStore.setState({ toasts: [toast] });
}

export function dismissToast(key: string): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.key !== key) }));
}

export function dropExpired(wallNow: number): void {
  const { toasts } = toastStore.getState();
  const left = withoutExpired(toasts, wallNow);
  if (left !== toasts) toastStore.setState({ toasts: left });
}
