/** Where the inputs of a receipt come from, as this page knows it. Pure. */
import { BINANCE_TIERS_DATE } from '#lib/market/binance-tiers-date.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { timestampMs, utcText } from '#lib/units/time.ts';
import { type InputKind, type Provenance, type ProvenanceOf } from '#lib/wire/receipt-inputs.ts';
import { type ReceiptAsk } from './receipt-ask.ts';

export interface ServerWords {
  readonly mode: 'demo' | 'replay' | undefined;
  /** Contracts whose prices are modelled after another coin's. */
  readonly modelled: ReadonlySet<string>;
  /** Wall clock, for facts that were never given a time. */
  readonly wallNow: number;
}

/** Time of the newest mark; of the file where no mark is this server's. */
export function askedAt({ basis, imported }: ReceiptAsk, { wallNow }: ServerWords): string {
  const isLive = imported === undefined || imported.liveBy.size > 0;
  if (!isLive) return utcText(imported.asOf);
  const times = [...basis.market.marks.values()].map(({ time }) => time);
  return utcText(times.length === 0 ? timestampMs(wallNow) : timestampMs(Math.max(...times)));
}

export function sourcesOf(ask: ReceiptAsk, words: ServerWords): ProvenanceOf {
  const own = ofServer(ask, words);
  const { imported } = ask;
  if (imported === undefined) return own;
  return (input, of) => {
    const isLive = QUOTED.includes(input) && imported.liveBy.has(instrumentId(of));
    const isPrice = input === 'asset price' && imported.liveBy.size > 0;
    return isLive || isPrice ? own(input, of) : imported.sources(input, of);
  };
}

const QUOTED: readonly InputKind[] = ['mark', 'index'];

function ofServer(ask: ReceiptAsk, words: ServerWords): ProvenanceOf {
  const { market } = ask.basis;
  const time = askedAt(ask, words);
  const run = words.mode === 'replay' ? 'replay of this server' : 'demo of this server, simulated';
  return (input, of): Provenance => {
    switch (input) {
      case 'mark':
      case 'index': {
        const mark = market.marks.get(instrumentId(of));
        const modelled = words.modelled.has(of) ? ', modelled' : '';
        return {
          source: `${run}${modelled}`,
          time: mark === undefined ? time : utcText(mark.time),
        };
      }
      case 'risk tier':
      case 'contract':
        return { source: 'contracts of this run, after Binance', time: BINANCE_TIERS_DATE };
      case 'asset price':
        return { source: run, time };
      case 'pool':
      case 'wallet':
      case 'position':
      case 'joined position':
      case 'order':
        return { source: 'ledger of this run', time };
    }
  };
}
