/** Every page of the product: header, bottom bar, `g` keys and command menu are made of this one list. */
import { Activity, Bell, History, LayoutGrid, Siren, type LucideIcon } from 'lucide-react';

export interface PageEntry {
  readonly href: string;
  readonly name: string;
  /** Second key after `g`. */
  readonly key: string;
  readonly Icon: LucideIcon;
}

export const PAGES: readonly PageEntry[] = [
  { href: '/', name: 'Overview', key: 'o', Icon: Activity },
  { href: '/desk', name: 'Desk', key: 'd', Icon: LayoutGrid },
  { href: '/alerts', name: 'Alerts', key: 'a', Icon: Bell },
  { href: '/liquidations', name: 'Liquidations', key: 'l', Icon: Siren },
  { href: '/replay', name: 'Replay', key: 'r', Icon: History },
];

export function isOnPage(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
