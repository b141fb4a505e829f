/** An imported account on the marks that move: the server's for contracts that it has, the file's own for the others. Pure. */
import { accountViewOf, type AccountView } from '#components/health/pool-view.ts';
import { alertRulesFrom } from '#components/levels/rules-in-force.ts';
import { stateByFigures } from '#components/what-if/plan.ts';
import { type AssetPrice, type Market } from '#lib/margin/account.ts';
import { type AccountHealth } from '#lib/margin/figures.ts';
import { assessAccount, type AssessInput } from '#lib/margin/health.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type MarkReading } from '#lib/market/mark.ts';
import { instrumentId, type InstrumentId } from '#lib/units/ids.ts';
import { price, rate } from '#lib/units/money.ts';
import { ONE } from '#lib/units/decimal.ts';
import { toFacts, type AccountFacts, type AccountFile } from '#lib/wire/account-file.ts';
import { type Imported } from '#lib/wire/import/assemble.ts';
import { withDoubts } from '#lib/wire/import/doubt.ts';
import { type AccountText, type MarkWire, type PoolText } from '#lib/wire/protocol.ts';

export interface LiveMarks {
  readonly market: Market;
  readonly marks: ReadonlyMap<string, MarkWire>;
}

export interface Watched {
  readonly text: AccountText;
  readonly health: AccountHealth;
  readonly view: AccountView;
  /** The server's contract whose mark each contract of the account runs on. */
  readonly liveBy: ReadonlyMap<InstrumentId, InstrumentId>;
  readonly assumptions: readonly string[];
}

/** @param live undefined: everything stands on the file's own marks */
export function watchedAccount(imported: Imported, live: LiveMarks | undefined): Watched {
  const { file, venue } = imported;
  const facts = toFacts(file);
  const liveBy = live === undefined ? new Map() : livePairs(facts, live.market);
  const input = live === undefined ? facts : withLive(facts, live, liveBy);
  const health = withDoubts(assessAccount(input), imported);
  const marks = wiresOf(liveBy, live);
  const text = accountTextOf(input, health, marks, `from ${venue}`);
  const view = accountViewOf({ text, facts: input.account, health, market: input.market, marks });
  return { text, health, view, liveBy, assumptions: facts.assumptions };
}

/** Whether the server has a mark for any contract of the account. */
export function canBeLive({ instruments }: AccountFile, server: Market | undefined): boolean {
  if (server === undefined) return false;
  const servers = [...server.instruments.values()].filter(({ id }) => server.marks.has(id));
  return [...instruments.values()].some((own) => twinOf(own, servers) !== undefined);
}

/** Some venues write bitcoin so. */
function coinOf(asset: string): string {
  return asset === 'XBT' ? 'BTC' : asset;
}

/** The server's contract on the same coin, of the same kind, in the same currency; perpetual for perpetual. */
function livePairs(
  { market }: AccountFacts,
  server: Market,
): ReadonlyMap<InstrumentId, InstrumentId> {
  const servers = [...server.instruments.values()].filter(({ id }) => server.marks.has(id));
  return new Map(
    [...market.instruments.values()].flatMap((own) => {
      const twin = twinOf(own, servers);
      return twin === undefined ? [] : [[own.id, twin.id] as const];
    }),
  );
}

function twinOf(own: Instrument, servers: readonly Instrument[]): Instrument | undefined {
  return servers.find((one) => one.id === own.id) ?? servers.find((one) => isTwin(one, own));
}

function isTwin(one: Instrument, own: Instrument): boolean {
  return (
    one.kind === own.kind &&
    one.base === coinOf(own.base) &&
    one.quote === own.quote &&
    one.expiry.kind === 'perpetual' &&
    own.expiry.kind === 'perpetual'
  );
}

function withLive(
  facts: AccountFacts,
  live: LiveMarks,
  liveBy: ReadonlyMap<InstrumentId, InstrumentId>,
): AssessInput {
  const marks = new Map<InstrumentId, MarkReading>(facts.market.marks);
  const indexPrices = new Map(facts.market.indexPrices);
  for (const [own, server] of liveBy) {
    const reading = live.market.marks.get(server);
    const wire = live.marks.get(server);
    if (reading !== undefined) marks.set(own, reading);
    if (wire !== undefined && indexPrices.has(own)) indexPrices.set(own, price(wire.index));
  }
  return {
    account: facts.account,
    rules: facts.rules,
    market: { ...facts.market, marks, indexPrices, assetPrices: assetPricesOf(facts, live.market) },
  };
}

/** Prices of coins move with the server too, where it has them; how much of them counts stays the file's word. */
function assetPricesOf(facts: AccountFacts, server: Market): Market['assetPrices'] {
  const prices = new Map(facts.market.assetPrices);
  const held = new Set([...facts.account.wallets.keys(), ...prices.keys()]);
  for (const [asset, given] of server.assetPrices) {
    const own = [...held].find((one) => coinOf(one) === asset);
    if (own === undefined) continue;
    prices.set(own, livePrice(given, prices.get(own)));
  }
  return prices;
}

function livePrice(given: AssetPrice, own: AssetPrice | undefined): AssetPrice {
  return { ...given, collateralWeight: own?.collateralWeight ?? rate(ONE) };
}

function wiresOf(
  liveBy: ReadonlyMap<InstrumentId, InstrumentId>,
  live: LiveMarks | undefined,
): ReadonlyMap<string, MarkWire> {
  return new Map(
    [...liveBy].flatMap(([own, server]) => {
      const wire = live?.marks.get(server);
      return wire === undefined ? [] : [[String(own), wire] as const];
    }),
  );
}

/** What a server would say of it: its states are what the figures alone would enter, by the default levels. */
function accountTextOf(
  { account, market, rules }: AssessInput,
  health: AccountHealth,
  marks: ReadonlyMap<string, MarkWire>,
  venue: string,
): AccountText {
  const base = {
    facts: { account, market, rules },
    health,
    at: 0,
    volatility: volatilityOf(market, marks),
    // Levels that people set are about accounts of the run: this one is none.
    rules: NO_RULES,
  };
  return {
    accountId: account.id,
    label: venue,
    openedAt: 0,
    positionMode: account.positionMode,
    assetMode: account.assetMode,
    wallets: [],
    positions: [],
    orders: [],
    pools: health.pools.map((pool) => {
      const state = stateByFigures(pool, base);
      return {
        ...UNTOLD,
        poolId: pool.id,
        alertState: state === 'unknown' ? 'healthy' : state,
        screenState: state,
      };
    }),
  };
}

const NO_RULES = alertRulesFrom([]);

const UNTOLD: Omit<PoolText, 'poolId' | 'alertState' | 'screenState'> = {
  since: 0,
  unknownSince: null,
  acknowledged: null,
  pinnedUntil: null,
  asking: null,
  phase: 'none',
  bounded: false,
  reason: null,
};

/** Measured where the coin is live, the contract's own otherwise. */
function volatilityOf(
  { instruments }: Market,
  marks: ReadonlyMap<string, MarkWire>,
): ReadonlyMap<string, number> {
  return new Map(
    [...instruments.values()].map(({ id, base, dailyVolatility }) => [
      base,
      marks.get(id)?.volatility ?? dailyVolatility,
    ]),
  );
}

/** The file's own time of a mark that is not live, for its age. */
export function fileMarkOf(file: AccountFile, symbol: string): number | undefined {
  const mark = file.record.marks.find((one) => instrumentId(one.symbol) === symbol);
  return mark === undefined ? undefined : (mark.time ?? file.record.asOf);
}
