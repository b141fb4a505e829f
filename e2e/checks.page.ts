/** What the sixteen checks of ux.md 14 look at besides the pages: rows on the wire, levels that force a state. */
import { type Page } from '@playwright/test';
import { type RowWire } from '#lib/wire/protocol.ts';
import { expect } from './server-fixture.ts';

type Body<Kind extends RowWire['body']['kind']> = Extract<RowWire['body'], { readonly kind: Kind }>;
export type TransitionRow = RowWire & { readonly body: Body<'transition'> };

/** Journal rows of the alerts topic that reached the page, each once, oldest first. */
export interface HeardRows {
  readonly all: () => readonly RowWire[];
  readonly transitions: () => readonly TransitionRow[];
  /** How many frames of market figures came. */
  readonly frames: () => number;
}

/** Listens from the page's next load on. */
export function hearRows(page: Page): HeardRows {
  const rows = new Map<number, RowWire>();
  let frames = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = payload.toString();
      if (text.startsWith('42["market"')) frames += 1;
      for (const row of rowsIn(text)) rows.set(row.seq, row);
    }),
  );
  const all = (): readonly RowWire[] => [...rows.values()].toSorted((a, b) => a.seq - b.seq);
  return {
    all,
    transitions: () => all().filter(isTransition),
    frames: () => frames,
  };
}

function isTransition(row: RowWire): row is TransitionRow {
  return row.body.kind === 'transition';
}

/** Of `42["rows",patch]` and of the answer `43<id>[{patch}]` to whoever begins to follow a topic. */
function rowsIn(text: string): readonly RowWire[] {
  const json = /^4[23]\d*(\[.*)$/s.exec(text)?.[1];
  if (json === undefined || !json.includes('"topic":"alerts"')) return [];
  const parts: readonly { readonly rows?: RowWire[]; readonly patch?: { rows: RowWire[] } }[] =
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
