/** Topics of journal rows: followed while somebody reads them, asked for anew after a gap. */
import { type RowsPatch } from '#lib/wire/protocol.ts';
import { applyRowsPatch } from '#lib/wire/replica.ts';
import { rowsDue } from './catch-up.ts';
import { type Topic } from './live-store.ts';
import { isUp, settle, type Wiring } from './live-wiring.ts';
import { countDropped } from './wire-drill.ts';

/** Rows of a topic that the page holds. */
export const ROWS_KEPT = 2_000;

export function catchUp(wiring: Wiring, topic: Topic): void {
  wiring.link?.send('follow', { topic, limit: ROWS_KEPT }, (answer) => {
    if (answer.ok) takeRows(wiring, answer.patch);
    else settle(wiring, rowsDue(topic));
  });
}

export function takeRows(wiring: Wiring, patch: RowsPatch): void {
  const { draft, painter } = wiring;
  const held = draft.rows.get(patch.topic);
  const applied = applyRowsPatch(held, patch, ROWS_KEPT);
  if (applied.kind === 'repeated') countDropped(draft, 'repeated');
  if (applied.kind === 'resync') {
    countDropped(draft, 'gaps');
    catchUp(wiring, patch.topic);
  }
  if (applied.kind !== 'applied') return;
  draft.rows.set(patch.topic, applied.replica);
  const heldTo = held?.rows.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  draft.catchUp.rows += patch.rows.filter(({ seq }) => seq > heldTo).length;
  settle(wiring, rowsDue(patch.topic));
  painter.stateChanged();
}

export function follow(wiring: Wiring, topic: Topic): () => void {
  const { draft, followed } = wiring;
  const readers = followed.get(topic) ?? 0;
  followed.set(topic, readers + 1);
  if (readers === 0 && isUp(wiring)) catchUp(wiring, topic);
  return () => {
    const left = (followed.get(topic) ?? 1) - 1;
    if (left > 0) {
      followed.set(topic, left);
      return;
    }
    followed.delete(topic);
    draft.rows.delete(topic);
    settle(wiring, rowsDue(topic));
    wiring.link?.send('unfollow', { topic });
  };
}
