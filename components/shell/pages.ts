/** Every page of the product: header, bottom bar, `g` keys and command menu are made of this one list. */
import {
  Activity,
  Bell,
  FileUp,
  FlaskConical,
  Gauge,
  History,
  LayoutGrid,
  Settings2,
  Siren,
  type LucideIcon,
} from 'lucide-react';

export interface PageEntry {
  readonly href: string;
  readonly name: string;
  /** Second key after `g`. */
  readonly key: string;
  readonly Icon: LucideIcon;
  /** Width from which it stands in the header itself; below, and without one, it stands under More. */
  readonly inHeaderFrom?: 'md' | 'lg';
  /** Stands in the bar under the thumb: four of them, the rest under More. */
  readonly underThumb?: true;
}

export const PAGES: readonly PageEntry[] = [
  { href: '/', name: 'Overview', key: 'o', Icon: Activity, inHeaderFrom: 'md', underThumb: true },
  { href: '/what-if', name: 'What-if', key: 'w', Icon: FlaskConical, inHeaderFrom: 'lg' },
  { href: '/desk', name: 'Desk', key: 'd', Icon: LayoutGrid, inHeaderFrom: 'md', underThumb: true },
  { href: '/alerts', name: 'Alerts', key: 'a', Icon: Bell, inHeaderFrom: 'md', underThumb: true },
  { href: '/liquidations', name: 'Liquidations', key: 'l', Icon: Siren, inHeaderFrom: 'lg' },
  { href: '/replay', name: 'Replay', key: 'r', Icon: History, inHeaderFrom: 'lg' },
  { href: '/import', name: 'Import', key: 'i', Icon: FileUp },
  { href: '/status', name: 'Status', key: 's', Icon: Gauge },
  { href: '/settings', name: 'Settings', key: ',', Icon: Settings2 },
];

export function isOnPage(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
