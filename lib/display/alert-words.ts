/** What an alert's card says: which figure crossed which level, in which direction (ux.md 4). */
import { type RowBody } from '../engine/row.ts';
import { price, rate, type Price } from '../units/money.ts';
import { type Format } from './format.ts';
import { ageText } from './time.ts';
import { severityRank, stateWord } from './words.ts';

export type TransitionBody = Extract<RowBody, { readonly kind: 'transition' }>;

export type Direction = 'worse' | 'better' | 'doubt';

/** `doubt`: an input went missing or came back, and the state stayed what it was. */
export function directionOf(body: TransitionBody): Direction {
  if (body.by === 'unknown') return 'doubt';
  if (body.from === body.to) return 'worse';
  if (body.to === 'liquidated') return 'worse';
  return severityRank(body.to) < severityRank(body.from) ? 'worse' : 'better';
}

/** `Healthy to Watch`, `Warning, worse by a step`, or what became of the inputs. */
export function headline(body: TransitionBody): string {
  if (directionOf(body) === 'doubt')
    return body.value === 'known' ? 'Prices are back' : `Unknown: ${silence(body)}`;
  if (body.from === body.to) return `${stateWord(body.to)}, worse by a step`;
  return `${stateWord(body.from)} to ${stateWord(body.to)}`;
}

/** `no BTCUSDT mark for 14 s`: whose price is missing or stale, where it is that of a contract. */
function silence({ instrument, markAgeMs }: TransitionBody): string {
  if (instrument === null) return 'a price is missing or stale';
  return markAgeMs === null
    ? `no ${instrument} mark yet`
    : `no ${instrument} mark for ${ageText(markAgeMs)}`;
}

/** `distance 0.93 daily moves crossed 1 downward`. */
export function crossing(body: TransitionBody, format: Format): string {
  switch (body.by) {
    case 'distance':
      return movesCrossed(body, format);
    case 'percent':
      return sharesCrossed(body, 'distance', (text) => room(text, format));
    case 'ratio':
      return ratioCrossed(body, format);
    case 'probability':
      return sharesCrossed(body, 'chance of liquidation within an hour', (text) =>
        share(text, format),
      );
    case 'unknown':
      return body.value === 'known'
        ? `inputs are fresh again, still ${stateWord(body.to)}`
        : `it was ${stateWord(body.from)} before`;
    case 'liquidation':
      return `${ratioPhrase(body.value, format)}: closed by the engine`;
  }
}

/** At that moment the pool could be liquidated as it stood. */
export function wasPastLiquidation({ marginRatio }: TransitionBody): boolean {
  return marginRatio !== null && !(Number(marginRatio) < 1);
}

/** `price 59,340.0 (BTCUSDT), 0.4 s old`. Undefined where no price was used. */
export function priceUsed(
  body: TransitionBody,
  tickSize: Price | undefined,
  format: Format,
): string | undefined {
  if (body.mark === null || body.instrument === null) return undefined;
  const text = tickSize === undefined ? body.mark : format.price(price(body.mark), tickSize).text;
  return `${body.instrument} ${text}${body.markAgeMs === null ? '' : `, ${format.age(body.markAgeMs)} old`}`;
}

function crossed(body: TransitionBody, subject: string, level: string): string {
  if (body.level === 'none') return subject;
  return directionOf(body) === 'worse'
    ? `${subject} crossed ${level}`
    : `${subject} is back past ${level}`;
}

/** A figure that is written as its level is says nothing beside it: it is left out. */
function toldApart(name: string, figure: string, level: string): string {
  return figure === level ? name : `${name} ${figure}`;
}

const MOVES_DECIMALS = 2;
const MOVES_DECIMALS_TRIED = [MOVES_DECIMALS, 3, 4] as const;

function sharesCrossed(
  body: TransitionBody,
  name: string,
  written: (text: string) => string,
): string {
  const level = written(body.level);
  return crossed(body, toldApart(name, written(body.value), level), level);
}

/** With as many digits as the two need to differ. */
function movesCrossed(body: TransitionBody, format: Format): string {
  const written = (text: string, decimals: number): string => moves(text, decimals, format);
  const enough = MOVES_DECIMALS_TRIED.find(
    (decimals) => written(body.value, decimals) !== written(body.level, decimals),
  );
  const decimals = enough ?? MOVES_DECIMALS;
  return sharesCrossed(body, 'distance', (text) => written(text, decimals));
}

function moves(text: string, decimals: number, format: Format): string {
  return isNumber(text) ? `${format.measure(Number(text), decimals)} daily moves` : word(text);
}

function ratioCrossed(body: TransitionBody, format: Format): string {
  const { convention } = format;
  const figure = ratioPhrase(body.value, format);
  if (!isNumber(body.level)) return crossed(body, figure, body.level);
  const level = convention.level(rate(body.level));
  if (!isNumber(body.value)) return crossed(body, `${figure},`, `${convention.word} ${level}`);
  const isSame = figure === ratioPhrase(body.level, format);
  return crossed(body, isSame ? convention.word : figure, level);
}

/** `margin ratio 85.1 %`, or the one word where there is no ratio. */
function ratioPhrase(text: string, format: Format): string {
  if (isNumber(text))
    return `${format.convention.word} ${format.marginRatio({ kind: 'ratio', value: rate(text) }).text}`;
  return text === 'equity-gone' || text === 'deficit'
    ? format.marginRatio({ kind: text }).text
    : `${format.convention.word} ${word(text)}`;
}

function share(text: string, format: Format): string {
  return isNumber(text) ? format.share(rate(text)).text : word(text);
}

/** A distance as rows show it: cut down. */
function room(text: string, format: Format): string {
  return isNumber(text) ? format.distance(rate(text)).text : word(text);
}

/** No measure, in the word that rows have for it. */
function word(text: string): string {
  return text === 'none' ? 'None' : text;
}

function isNumber(text: string): boolean {
  return Number.isFinite(Number(text));
}
