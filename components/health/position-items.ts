/** What stands in the table, line by line: positions, and above the legs of one symbol their net. Pure. */
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { type PositionView } from './pool-view.ts';

export interface PositionGroup {
  readonly symbol: string;
  readonly views: readonly PositionView[];
  /** That of its worst member. */
  readonly state: ShownState;
}

export type TableItem =
  | { readonly kind: 'position'; readonly key: string; readonly view: PositionView }
  | { readonly kind: 'group'; readonly key: string; readonly group: PositionGroup };

export function plainItems(views: readonly PositionView[]): readonly TableItem[] {
  return views.map((view) => ({ kind: 'position', key: view.key, view }));
}

/** Groups stand where their first member would; one alone needs no net line. */
export function itemsBySymbol(views: readonly PositionView[]): readonly TableItem[] {
  const bySymbol = new Map<string, PositionView[]>();
  for (const view of views) {
    const members = bySymbol.get(view.position.instrumentId);
    if (members === undefined) bySymbol.set(view.position.instrumentId, [view]);
    else members.push(view);
  }
  return [...bySymbol].flatMap(([symbol, members]) =>
    members.length === 1 ? plainItems(members) : [netLine(symbol, members), ...plainItems(members)],
  );
}

function netLine(symbol: string, views: readonly PositionView[]): TableItem {
  const [first] = views
    .map(({ pool }) => pool.state)
    .toSorted((a, b) => severityRank(a) - severityRank(b));
  return {
    kind: 'group',
    key: `group|${symbol}`,
    group: { symbol, views, state: first ?? 'healthy' },
  };
}
