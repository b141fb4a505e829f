/** Where the inputs of a receipt come from, for accounts out of a file. */
import { BINANCE_TIERS_DATE } from '../market/binance-tiers-date.ts';
import { type TimestampMs, utcText } from '../units/time.ts';
import { type AccountFile } from './account-file.ts';
import { type InputKind, type Provenance, type ProvenanceOf } from './receipt-inputs.ts';

/** @param source what the reader calls the file, such as "account file" */
export function sourcesOfFile({ record }: AccountFile, source: string): ProvenanceOf {
  const told = (time: TimestampMs | undefined): Provenance => ({
    source,
    time: utcText(time ?? record.asOf),
  });
  return (input, of) => {
    const quotes = QUOTES[input];
    if (quotes !== undefined) {
      return told(record[quotes].find(({ symbol }) => symbol === of)?.time);
    }
    if (input === 'asset price' && !record.assetPrices.some(({ asset }) => asset === of)) {
      return { source: 'a dollar counts as one', time: null };
    }
    if (input !== 'contract' && input !== 'risk tier') return told(undefined);
    const described = record.instruments.find(({ symbol }) => symbol === symbolIn(input, of));
    const isOwn = input === 'contract' ? described !== undefined : described?.tiers !== undefined;
    return isOwn ? told(undefined) : BUILT_IN;
  };
}

const QUOTES: Partial<Record<InputKind, 'marks' | 'indexPrices'>> = {
  mark: 'marks',
  index: 'indexPrices',
};

const BUILT_IN: Provenance = { source: 'built-in table of Binance', time: BINANCE_TIERS_DATE };

/** A tier is named by its contract and its number. */
function symbolIn(input: InputKind, of: string): string {
  return input === 'risk tier' ? of.slice(0, of.lastIndexOf(' ')) : of;
}
