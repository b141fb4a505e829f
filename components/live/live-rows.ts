/** Topics of journal rows: followed while somebody reads them, asked for anew after a gap. */
import { type RowsPatch } from '#lib/wire/protocol.ts';
import { applyRowsPatch } from '#lib/wire/replica.ts';
import { rowsDue } from './catch-up.ts';
import { type Topic } from './live-store.ts';
import { isUp, settle, type Wiring } from './live-wiring.ts';
import { countDropped } from './wire-drill.ts';

/** Rows of a topic that the page holds, and takes at once. */
const ROWS_KEPT = 2_000;
/** With all that was asked for besides. */
const ROWS_KEPT_MAX = 20_000;

export function catchUp(wiring: Wiring, topic: Topic): void {
  wiring.link?.send('follow', { topic, limit: ROWS_KEPT }, (answer) => {
    if (answer.ok) takeRows(wiring, answer.patch);
    else settle(wiring, rowsDue(topic));
  });
}

export function takeRows(wiring: Wiring, patch: RowsPatch): void {
  const { draft, painter } = wiring;
  const held = draft.rows.get(patch.topic);
  const keep = patch.snapshot ? ROWS_KEPT : Math.max(ROWS_KEPT, held?.rows.length ?? 0);
  const applied = applyRowsPatch(held, patch, keep);
  if (applied.kind === 'repeated') countDropped(draft, 'repeated');
  if (applied.kind === 'resync') {
    countDropped(draft, 'gaps');
    catchUp(wiring, patch.topic);
  }
  if (applied.kind !== 'applied') return;
  draft.rows.set(patch.topic, applied.replica);
  const isCut = (held?.rows.length ?? 0) + patch.rows.length > keep;
  tellOlder(wiring, patch.topic, patch.snapshot ? patch.previousSeq > 0 : isCut ? true : undefined);
  const heldTo = held?.rows.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  draft.catchUp.rows += patch.rows.filter(({ seq }) => seq > heldTo).length;
  settle(wiring, rowsDue(patch.topic));
  painter.stateChanged();
}

/** @param isThere undefined: as it was. */
function tellOlder({ draft }: Wiring, topic: Topic, isThere: boolean | undefined): void {
  if (isThere === true) draft.olderThere.add(topic);
  else if (isThere === false) draft.olderThere.delete(topic);
}

/** Puts older rows before those that the page holds. The sentence that says why not. */
export function readOlder(wiring: Wiring, topic: Topic): Promise<string | undefined> {
  const { draft, link, painter } = wiring;
  const first = draft.rows.get(topic)?.rows[0];
  if (first === undefined || link === undefined)
    return Promise.resolve('The page is not connected');
  const request = { topic, beforeSeq: first.seq, limit: ROWS_KEPT };
  return new Promise((resolve) => {
    link.send('older-rows', request, (answer) => {
      if (!answer.ok) return resolve(answer.message);
      const held = draft.rows.get(topic);
      // A snapshot came meanwhile: what was asked for does not join it.
      if (held?.rows[0]?.seq !== first.seq) return resolve(undefined);
      const rows = [...answer.rows, ...held.rows];
      draft.rows.set(topic, { ...held, rows });
      tellOlder(wiring, topic, answer.previousSeq > 0 && rows.length < ROWS_KEPT_MAX);
      painter.stateChanged();
      resolve(undefined);
    });
  });
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
    draft.olderThere.delete(topic);
    settle(wiring, rowsDue(topic));
    wiring.link?.send('unfollow', { topic });
  };
}
