'use client';
/** How a reader looks at the book: order and filter stand in the address; the order is kept in the browser too. */
import { useAddressChoice, type Query } from '#components/table/address-choice.ts';
import { keep, readKept } from '#components/table/kept-choice.ts';
import { SHOWN_STATES } from '#lib/display/words.ts';
import { BAND_UNKNOWN, DESK_SHOCKS } from '#lib/wire/protocol.ts';
import { DESK_COLUMN_META } from './account-columns.tsx';
import { WORST_ACCOUNTS_FIRST, type DeskView } from './desk-query.ts';

const KEPT_AS = 'desk';

type DeskOrder = Pick<DeskView, 'sort' | 'descending'>;

/** `pnl`, or `-pnl` for the largest first: the name is the column's. */
export function orderText({ sort, descending }: DeskOrder): string {
  return `${descending ? '-' : ''}${sort}`;
}

function orderFrom(text: string | null | undefined): DeskOrder | undefined {
  const sort = Object.values(DESK_COLUMN_META)
    .map((meta) => meta.sort)
    .find((one) => one !== undefined && one === text?.replace(/^-/, ''));
  return sort === undefined ? undefined : { sort, descending: text?.startsWith('-') === true };
}

export function deskViewFrom(query: Query, kept: DeskOrder): DeskView {
  const states = query.get('state')?.split(',') ?? [];
  return {
    ...(orderFrom(query.get('sort')) ?? { sort: kept.sort, descending: kept.descending }),
    states: SHOWN_STATES.filter((state) => states.includes(state)),
    text: query.get('find') ?? '',
    coin: query.get('coin'),
    band: bandFrom(query.get('band')),
    shock: DESK_SHOCKS.find((share) => share === query.get('shock')) ?? null,
  };
}

function bandFrom(text: string | null): number | null {
  const band = Number(text ?? Number.NaN);
  return Number.isInteger(band) && band >= 0 && band <= BAND_UNKNOWN ? band : null;
}

/** The words of the address for a view; an empty one is left out of it. */
export function deskAddressWords(view: DeskView): Readonly<Record<string, string>> {
  const order = orderText(view);
  return {
    sort: order === orderText(WORST_ACCOUNTS_FIRST) ? '' : order,
    state: view.states.join(','),
    find: view.text,
    coin: view.coin ?? '',
    band: view.band === null ? '' : String(view.band),
    shock: view.shock ?? '',
  };
}

export function useDeskView(): {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
} {
  const [view, setView] = useAddressChoice({ read: readView, wordsOf: deskAddressWords });
  return {
    view,
    setView: (next) => {
      keep(KEPT_AS, orderText(next));
      setView(next);
    },
  };
}

function readView(query: Query): DeskView {
  const kept = readKept(KEPT_AS);
  return deskViewFrom(
    query,
    orderFrom(typeof kept === 'string' ? kept : undefined) ?? WORST_ACCOUNTS_FIRST,
  );
}
