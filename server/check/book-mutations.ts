/** One-line breaks of the rules of the book: each must make a test that cites its rule fail. */
import { type Mutation, type MutationRow } from './mutations.ts';

function broken(test: string, rows: readonly MutationRow[]): readonly Mutation[] {
  return rows.map(([rule, file, find, replace]) => ({
    rule,
    file: `lib/book/${file}`,
    find,
    replace,
    test: `lib/book/${test}`,
  }));
}

export const BOOK_MUTATIONS: readonly Mutation[] = [
  ...broken('book.test.ts', [
    ['BO1', 'excess.ts', '(touched[0] ?? 0) * DOUBT_SHARE + (rowsOf[0] ?? 0) * DOUBT_MONEY', '0'],
    ['BO2', 'examine.ts', 'cut(radius, examiner.beyond);', ''],
    ['BO2', 'examine.ts', 'cut(examiner.radius, inside);', ''],
    ['BO3', 'market-columns.ts', 'Math.expm1(reach) / radiusMax', 'Math.expm1(reach) / 4'],
    ['BO3', 'excess.ts', 'grows = rateTop * notional', 'grows = 0 * rateTop'],
    ['BO4', 'ways.ts', 'isOwn ? (levels.fall[row] ?? 1)', 'isOwn ? 1'],
    ['BO4', 'ways.ts', 'excess - reach * (times - 1)', 'excess - reach * 0'],
    ['BO4', 'ways.ts', 'return kept > 0 && own.fall', 'return own.fall !== 0 || own.fall'],
    ['BO5', 'joint.ts', 'lens.coins > 1 && hasClosedForm(lens)', 'false'],
    ['BO6', 'examine.ts', 'if (isLinear && !(own >= room.rise)) room.rise = own;', ''],
    ['BO7', 'motion-clock.ts', 'radius.fall - rise.away', 'radius.fall + rise.away'],
    ['BO7', 'book.ts', 'radius.fall - (clock.risen', 'radius.fall + (clock.risen'],
    ['BO7', 'due-index.ts', 'falls <= (fall[by] ?? 0) ||', ''],
    ['BO7', 'due-index.ts', 'falls - (fallBase[by] ?? 0)', '2 * falls - (fallBase[by] ?? 0)'],
    ['BO7', 'motion-clock.ts', 'if (clock.away <= ANCHORED_WITHIN) return;', ''],
    ['BO8', 'market-terms.ts', '(2 * most) /', '(0 * most) /'],
    ['BO9', 'apart.ts', '(lead * density.named) /', '(lead * 0) /'],
    ['BO10', 'pool-columns.ts', 'position.lots >= LOTS_MAX ||', 'position.lots > LOTS_MAX ||'],
    [
      'BO10',
      'rows.ts',
      'giveBack(rows, at.first + count, at.count - count);',
      'giveBack(rows, at.first, at.count);',
    ],
    ['BO11', 'exact.ts', 'isBreached(figures) ||', ''],
    ['BO12', 'funding.ts', 'owe(book, coin, (most', 'owe(book, coin, (0 * most'],
    ['BO14', 'funding.ts', 'Math.exp(farthest) * lonely', 'Math.exp(farthest)'],
    ['BO14', 'lone.ts', 'lone.near - outerWay(lens, standing)', 'lone.near'],
    ['BO14', 'lone.ts', 'const counts = 1 - (tiers', 'const counts = 1 + (tiers'],
    ['BO14', 'lone.ts', '(1 + (tiers[tier + 1] ?? 0))', '1'],
    ['BO14', 'lone.ts', 'const apart = END_DOUBT * end.doubt', 'const apart = 0'],
    ['BO14', 'lone.ts', 'if (!(lone.growth > 0)) return false;', ''],
    ['BO14', 'lone.ts', 'radius.rise = Math.min(radius.rise, lone.growth);', 'radius.rise += 0;'],
    ['BO14', 'lone.ts', '|| market.bends[code] !== 1', ''],
    [
      'BO14',
      'lone.ts',
      'limitAt(lens, levels, LEAVE + state - 1) * (1 - WAY_DOUBT) - lone.far',
      'Infinity',
    ],
  ]),
  ...broken('bad-input.test.ts', [
    ['BO13', 'terms.ts', 'called < terms.pace && terms.waiting > 0', 'terms.waiting > 0'],
    ['BO13', 'terms.ts', 'if (paid === 0) continue;', 'if (paid === 0 || paid === part) continue;'],
  ]),
];
