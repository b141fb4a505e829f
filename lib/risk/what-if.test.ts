import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import {
  accountFrom,
  assess,
  contractOf,
  marketFrom,
  poolIn,
  positionOf,
  shown,
  type Scene,
} from '../margin/examples.ts';
import { assessAccount, type AssessInput } from '../margin/health.ts';
import { houseRules } from '../margin/venues/house.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { money, quantity, rate } from '../units/money.ts';
import { type Change, type MarginKind, type Outcome, type Refusal } from './change.ts';
import { applyWhatIf } from './what-if.ts';

const BTC = contractOf({ id: 'BTCUSDT' });
const DATED = contractOf({ id: 'BTCUSDT_DATED', dated: true });
const ETH = contractOf({ id: 'ETHUSDT', base: 'ETH' });
const USDT = assetId('USDT');
const ref = { instrumentId: BTC.id, positionSide: 'both' } as const;
/** 2 BTC from 60,000 at 10x: initial margin 12,000 there, maintenance 550. */
const LONG = positionOf({ on: BTC, size: '2', entry: '60000' });

function factsOf(scene: Scene): AssessInput {
  const full = { instruments: [BTC, DATED, ETH], marks: { BTCUSDT: '60000' }, ...scene };
  return { account: accountFrom(full), market: marketFrom(full), rules: houseRules };
}

function done(scene: Scene, changes: readonly Change[]): Outcome {
  const outcome = applyWhatIf(factsOf(scene), changes);
  assert(outcome.ok, `no change is refused: ${outcome.ok ? '' : outcome.error.refusal.kind}`);
  return outcome.value;
}

function refusal(scene: Scene, changes: readonly Change[]): Refusal {
  const outcome = applyWhatIf(factsOf(scene), changes);
  assert(!outcome.ok, 'a change is refused');
  return outcome.error.refusal;
}

function wallet(outcome: Outcome): string | undefined {
  return outcome.facts.account.wallets.get(USDT)?.toFixed();
}

function deposit(amount: string): Change {
  return { kind: 'deposit', asset: USDT, amount: money(amount) };
}
function withdraw(amount: string): Change {
  return { kind: 'withdraw', asset: USDT, amount: money(amount) };
}
function resize(by: string): Change {
  return { kind: 'resize', ...ref, by: quantity(by) };
}
function open(size: string, leverage = '50', marginKind: MarginKind = 'cross'): Change {
  return { kind: 'open', ...ref, size: quantity(size), leverage: rate(leverage), marginKind };
}
function move(coin: string, share: string): Change {
  return { kind: 'price', coin: assetId(coin), share: rate(share) };
}

describe('changes in their order', () => {
  const scene: Scene = { wallets: { USDT: '12000' }, positions: [LONG] };

  it('[WI1] each stands on those before it, and the same engine assesses what comes out', () => {
    expect(wallet(done(scene, [deposit('1000'), withdraw('1000')]))).toBe('12000');
    const turned = applyWhatIf(factsOf(scene), [withdraw('1000'), deposit('1000')]);
    expect(turned).toMatchObject({ ok: false, error: { index: 0 } });
    const later = applyWhatIf(factsOf(scene), [deposit('1'), deposit('-1')]);
    expect(later).toMatchObject({
      ok: false,
      error: { index: 1, refusal: { kind: 'not-above-zero' } },
    });
  });

  it('[WI1] gives what facts of that kind give, and leaves the facts that it came from', () => {
    const facts = factsOf(scene);
    const outcome = applyWhatIf(facts, [deposit('1000'), move('BTC', '-0.05')]);
    const like = assess({
      ...scene,
      instruments: [BTC],
      marks: { BTCUSDT: '57000' },
      wallets: { USDT: '13000' },
    });
    assert(outcome.ok, 'both can be made');
    const after = poolIn(assessAccount(outcome.value.facts), 'cross:USDT');
    expect(shown(after.marginExcess)).toBe(shown(poolIn(like, 'cross:USDT').marginExcess));
    expect(facts.account.wallets.get(USDT)?.toFixed()).toBe('12000');
  });

  it('[WI1] adds up what several cost', () => {
    const { cost } = done(scene, [resize('-0.5'), resize('-0.5'), { kind: 'close', ...ref }]);
    expect(cost.fees.get(USDT)?.toFixed()).toBe('60');
  });
});

describe('money in and out', () => {
  const scene: Scene = { wallets: { USDT: '13000' }, positions: [LONG] };

  it('[WI2] lets out what is withdrawable and not one unit more', () => {
    expect(wallet(done(scene, [withdraw('1000')]))).toBe('12000');
    const { kind, ...rest } = refusal(scene, [withdraw('1000.00000001')]);
    expect(kind).toBe('above-withdrawable');
    expect(rest).toMatchObject({ limit: money('1000') });
  });

  it('[WI2] says of a stale pool that what may leave is unknown', () => {
    expect(refusal({ ...scene, stale: ['BTCUSDT'] }, [withdraw('1')])).toEqual({
      kind: 'pool-unknown',
      why: { kind: 'mark-stale', instrumentId: BTC.id },
    });
  });

  it.each([
    ['0', 'not-above-zero'],
    ['-5', 'not-above-zero'],
    ['0.000000001', 'not-in-the-ledger'],
    ['1000000000000001', 'not-in-the-ledger'],
  ])('[WI2] takes no deposit of %s', (amount, kind) => {
    expect(refusal(scene, [deposit(amount)]).kind).toBe(kind);
  });

  it('[WI2] takes no asset that backs nothing', () => {
    const change: Change = { kind: 'deposit', asset: assetId('SHIB'), amount: money('1') };
    expect(refusal(scene, [change]).kind).toBe('asset-unknown');
    const unpriced: Scene = { ...scene, mode: 'multi', assets: { USDC: ['1'] } };
    expect(refusal(unpriced, [deposit('1')]).kind).toBe('asset-unknown');
  });
});

describe('a trade at the mark', () => {
  const scene: Scene = {
    wallets: { USDT: '12000' },
    positions: [LONG],
    marks: { BTCUSDT: '61000' },
  };

  it('[WI3] books realized PnL and fee to the wallet, and keeps the value at entry of what is left', () => {
    const outcome = done(scene, [resize('-1')]);
    expect(wallet(outcome)).toBe('12969.5');
    expect(outcome.cost.realizedPnl.get(USDT)?.toFixed()).toBe('1000');
    expect(outcome.cost.fees.get(USDT)?.toFixed()).toBe('30.5');
    expect(outcome.facts.account.positions).toMatchObject([
      { signedSize: quantity('1'), openValue: money('60000') },
    ]);
  });

  it('[WI3] cuts the value that closing takes out toward zero, and a fee up', () => {
    const odd = { ...LONG, signedSize: quantity('0.003'), openValue: money('180.00000001') };
    const outcome = done({ ...scene, marks: { BTCUSDT: '60000.01' }, positions: [odd] }, [
      resize('-0.001'),
    ]);
    expect(outcome.facts.account.positions[0]?.openValue.toFixed()).toBe('120.00000001');
    // 60.00001 x 0.0005 = 0.030000005 is on the grid only when it is rounded up.
    expect(outcome.cost.fees.get(USDT)?.toFixed()).toBe('0.03000001');
  });

  it('[WI3] through zero closes first, then opens at the mark', () => {
    const outcome = done(scene, [resize('-3')]);
    expect(outcome.cost.realizedPnl.get(USDT)?.toFixed()).toBe('2000');
    expect(outcome.facts.account.positions).toMatchObject([
      { signedSize: quantity('-1'), openValue: money('-61000') },
    ]);
  });

  it.each([
    ['0', 'not-above-zero'],
    ['0.0005', 'not-on-lot'],
    ['1000000000000000', 'not-in-the-ledger'],
  ])('[WI3] refuses a size of %s', (size, kind) => {
    expect(refusal(scene, [resize(size)]).kind).toBe(kind);
  });

  it('[WI3] is blocked where the mark is stale, missing, or of a contract that nobody knows', () => {
    expect(refusal({ ...scene, stale: ['BTCUSDT'] }, [resize('-1')]).kind).toBe('mark-stale');
    const eth = { kind: 'open', instrumentId: ETH.id, positionSide: 'both' } as const;
    const terms = { size: quantity('1'), leverage: rate('10'), marginKind: 'cross' } as const;
    expect(refusal(scene, [{ ...eth, ...terms }]).kind).toBe('mark-missing');
    const none = instrumentId('NONE');
    expect(refusal(scene, [{ ...eth, ...terms, instrumentId: none }]).kind).toBe(
      'instrument-unknown',
    );
    expect(refusal(scene, [{ ...eth, kind: 'close' }]).kind).toBe('no-position');
  });

  it('[WI3] keeps to the account’s mode and to how the contract is held', () => {
    expect(refusal(scene, [open('1', '50', 'isolated')])).toEqual({
      kind: 'held-otherwise',
      held: 'cross',
    });
    expect(refusal({ ...scene, mode: 'multi' }, [open('1', '50', 'isolated')]).kind).toBe(
      'isolated-needs-single',
    );
    const leg = { ...resize('-1'), positionSide: 'long' } as const;
    const hedged = positionOf({ on: BTC, size: '0.5', entry: '60000', side: 'long' });
    expect(refusal({ ...scene, positions: [hedged] }, [leg]).kind).toBe('leg-holds-less');
    expect(refusal({ ...scene, positions: [hedged] }, [open('1')]).kind).toBe('side-not-in-mode');
  });
});

describe('an isolated position', () => {
  const own = positionOf({ on: BTC, size: '2', entry: '60000', isolated: '6000' });
  const scene: Scene = {
    wallets: { USDT: '100' },
    positions: [own],
    marks: { BTCUSDT: '61000' },
  };

  it('[WI4] gives back its share of its wallet with the result of what closes', () => {
    const outcome = done(scene, [resize('-1')]);
    // 6,000 + 1,000 - (3,000 + 1,000), and the cross wallet pays the fee of 30.5.
    expect(outcome.facts.account.positions[0]?.marginMode).toMatchObject({ wallet: money('3000') });
    expect(wallet(outcome)).toBe('4069.5');
  });

  it('[WI4] gives back everything when it is closed', () => {
    expect(wallet(done(scene, [{ kind: 'close', ...ref }]))).toBe('8039');
  });

  it('[WI4] takes its initial margin from the cross wallet when it opens', () => {
    const outcome = done({ wallets: { USDT: '5000' } }, [open('1', '20', 'isolated')]);
    expect(outcome.facts.account.positions[0]?.marginMode).toMatchObject({ wallet: money('3000') });
    expect(wallet(outcome)).toBe('1970');
  });
});

describe('what opens', () => {
  it('[WI5] needs its initial margin and its fee, to the unit', () => {
    expect(wallet(done({ wallets: { USDT: '6150' } }, [open('5')]))).toBe('6000');
    expect(refusal({ wallets: { USDT: '6149.99999999' } }, [open('5')])).toMatchObject({
      kind: 'above-free-margin',
      needed: money('6150'),
      free: money('6149.99999999'),
    });
  });

  it('[WI5] takes no more leverage than the tier that it comes into allows, and no size beyond the last', () => {
    const rich: Scene = { wallets: { USDT: '100000000' } };
    expect(refusal(rich, [open('5', '50.0001')])).toMatchObject({
      kind: 'leverage-above-tier',
      tier: 3,
    });
    expect(refusal(rich, [open('834', '1')]).kind).toBe('above-last-tier');
    expect(refusal(rich, [open('1', '0')]).kind).toBe('leverage-not-sound');
  });

  it('[WI5] does not bind what only closes', () => {
    const poor: Scene = { wallets: { USDT: '-5000' }, positions: [LONG] };
    expect(wallet(done(poor, [resize('-1')]))).toBe('-5030');
  });
});

it('[WI6] what a close loses beyond the pool is not taken from the next deposit', () => {
  const scene: Scene = {
    wallets: { USDT: '1000' },
    positions: [LONG],
    marks: { BTCUSDT: '59000' },
  };
  const outcome = done(scene, [{ kind: 'close', ...ref }]);
  expect(wallet(outcome)).toBe('0');
  expect(outcome.cost.deficits.get(USDT)?.toFixed()).toBe('1059');
});

describe('leverage', () => {
  const scene: Scene = { wallets: { USDT: '13000' }, positions: [LONG] };
  const leverage = (of: string): Change => ({ kind: 'leverage', ...ref, leverage: rate(of) });

  it('[WI7] lower asks for more initial margin, which must be free', () => {
    const health = assessAccount(done(scene, [leverage('9.6')]).facts);
    expect(shown(poolIn(health, 'cross:USDT').initialMargin)).toBe('12500');
    expect(refusal(scene, [leverage('8')])).toMatchObject({
      kind: 'above-free-margin',
      needed: money('3000'),
      free: money('1000'),
    });
  });

  it('[WI7] higher goes as far as the tier', () => {
    expect(done(scene, [leverage('100')]).facts.account.positions[0]?.leverage.toFixed()).toBe(
      '100',
    );
    expect(refusal(scene, [leverage('101')])).toMatchObject({
      kind: 'leverage-above-tier',
      tier: 2,
    });
    expect(refusal(scene, [leverage('1.00005')]).kind).toBe('leverage-not-sound');
    expect(refusal({ ...scene, stale: ['BTCUSDT'] }, [leverage('20')]).kind).toBe('mark-stale');
  });
});

describe('margin of an isolated position', () => {
  const own = positionOf({ on: BTC, size: '2', entry: '60000', isolated: '12500' });
  const scene: Scene = { wallets: { USDT: '1000' }, positions: [own] };
  const margin = (amount: string): Change => ({ kind: 'margin', ...ref, amount: money(amount) });

  it('[WI8] comes from the cross wallet and goes back to it, no further than either lets it out', () => {
    const more = done(scene, [margin('1000')]);
    expect(wallet(more)).toBe('0');
    expect(more.facts.account.positions[0]?.marginMode).toMatchObject({ wallet: money('13500') });
    expect(refusal(scene, [margin('1000.01')])).toMatchObject({ limit: money('1000') });
    expect(wallet(done(scene, [margin('-500')]))).toBe('1500');
    expect(refusal(scene, [margin('-500.01')])).toMatchObject({ limit: money('500') });
  });

  it('[WI8] does not exist for a cross position', () => {
    expect(refusal({ ...scene, positions: [LONG] }, [margin('1')]).kind).toBe('not-isolated');
  });
});

describe('a price move', () => {
  const scene: Scene = {
    wallets: { USDT: '12000' },
    marks: { BTCUSDT: '60000.03', BTCUSDT_DATED: '61000', ETHUSDT: '3000' },
    assets: { BTC: ['60000.03'], USDT: ['1'] },
  };
  const priceOf = (outcome: Outcome, id: string): string | undefined =>
    outcome.facts.market.marks.get(instrumentId(id))?.price.toFixed();

  it('[WI9] takes all contracts of the coin along, to their ticks, and the coin as collateral exactly', () => {
    const outcome = done(scene, [move('BTC', '-0.001')]);
    expect(['BTCUSDT', 'BTCUSDT_DATED', 'ETHUSDT'].map((id) => priceOf(outcome, id))).toEqual([
      '59940.03',
      '60939',
      '3000',
    ]);
    expect(outcome.facts.market.assetPrices.get(assetId('BTC'))?.index.toFixed()).toBe(
      '59940.02997',
    );
  });

  it('[WI9] never ends at no price at all', () => {
    expect(priceOf(done(scene, [move('BTC', '-0.99999999')]), 'BTCUSDT')).toBe('0.01');
  });

  it('[WI9] moves an asset that has no contract', () => {
    const outcome = done(scene, [move('USDT', '-0.02')]);
    expect(outcome.facts.market.assetPrices.get(USDT)?.index.toFixed()).toBe('0.98');
  });

  it('[WI9] is refused beyond what a mark may do, for no coin, and for a coin that is silent', () => {
    expect(refusal(scene, [move('BTC', '-1')]).kind).toBe('move-out-of-range');
    expect(refusal(scene, [move('BTC', '9.01')]).kind).toBe('move-out-of-range');
    expect(priceOf(done(scene, [move('BTC', '9')]), 'BTCUSDT')).toBe('600000.3');
    expect(refusal(scene, [move('DOGE', '0.1')]).kind).toBe('coin-unknown');
    expect(refusal({ ...scene, stale: ['BTCUSDT_DATED'] }, [move('BTC', '0.1')])).toEqual({
      kind: 'mark-stale',
      instrumentId: DATED.id,
    });
  });
});
