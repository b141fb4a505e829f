/** Journal rows by topic, each patch saying which row went before it, so that a reader who missed one asks again. */
import { type JournalRow } from '#lib/engine/row.ts';
import { type RowsPatch } from '#lib/wire/protocol.ts';
import { type JournalReader } from '../store/store.ts';

export type Topic = RowsPatch['topic'];
const TOPICS: readonly Topic[] = ['alerts', 'liquidations'];

/** Which rows belong to a topic. */
export const TOPIC_KINDS: Readonly<Record<Topic, readonly JournalRow['body']['kind'][]>> = {
  alerts: [
    'transition',
    'acknowledged',
    'acknowledgement-undone',
    'acknowledgement-lapsed',
    'escalated',
  ],
  liquidations: ['liquidation-planned', 'liquidation-step', 'liquidation-settled'],
};

/** Rows of a topic that take the place of all that a reader holds, where too many came at once. */
const NEWEST_TOLD = 200;

export interface RowTopics {
  /** What these new rows mean to each topic's readers; nothing for a topic without one among them. */
  patchesOf(rows: readonly JournalRow[], acceptedAt: number): readonly RowsPatch[];
  /** The same of so many new rows, the newest with this number, that of each topic with any only the newest are told. */
  newestUpTo(seq: number): readonly RowsPatch[];
  /** The newest rows of a topic that have been told, oldest first. Later ones follow as patches, without gap or repeat. */
  snapshot(topic: Topic, limit: number): RowsPatch;
  /** Rows of a topic before a journal number, oldest first. */
  older(p: {
    readonly topic: Topic;
    readonly beforeSeq: number;
    readonly limit: number;
  }): Pick<RowsPatch, 'rows' | 'previousSeq'>;
  /** A patch without rows: who lacks what went before it notices, and asks again. */
  signOf(topic: Topic): RowsPatch;
}

/** @param toldSeq journal number up to which rows are the past; later ones come through `patchesOf`. */
export function createRowTopics(reader: JournalReader, toldSeq: number): RowTopics {
  const last = new Map<Topic, number>(
    TOPICS.map((topic) => {
      const kinds = TOPIC_KINDS[topic];
      return [topic, reader.newestRows({ kinds, upToSeq: toldSeq, limit: 1 }).rows[0]?.seq ?? 0];
    }),
  );
  function newest(topic: Topic, upToSeq: number, limit: number): RowsPatch {
    const found = reader.newestRows({ kinds: TOPIC_KINDS[topic], upToSeq, limit });
    return { topic, snapshot: true, ...found };
  }

  return {
    newestUpTo: (seq) =>
      TOPICS.flatMap((topic) => {
        const patch = newest(topic, seq, NEWEST_TOLD);
        const newestSeq = patch.rows.at(-1)?.seq ?? 0;
        if (newestSeq === (last.get(topic) ?? 0)) return [];
        last.set(topic, newestSeq);
        return [patch];
      }),
    patchesOf: (rows, acceptedAt) =>
      TOPICS.flatMap((topic) => {
        const own = rows.filter(({ body }) => TOPIC_KINDS[topic].includes(body.kind));
        const newest = own.at(-1);
        if (newest === undefined) return [];
        const previousSeq = last.get(topic) ?? 0;
        last.set(topic, newest.seq);
        return [{ topic, snapshot: false, previousSeq, rows: own, acceptedAt }];
      }),
    snapshot: (topic, limit) => newest(topic, last.get(topic) ?? 0, limit),
    older: ({ topic, beforeSeq, limit }) => {
      const upToSeq = Math.min(beforeSeq - 1, last.get(topic) ?? 0);
      return reader.newestRows({ kinds: TOPIC_KINDS[topic], upToSeq, limit });
    },
    signOf: (topic) => ({ topic, snapshot: false, previousSeq: last.get(topic) ?? 0, rows: [] }),
  };
}
