import { expect, it } from 'vitest';
import { readConfig } from '#server/config.ts';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { checkPromise } from './promise.ts';

/** All hundred by `npm run test:deep` or `npm run headless -- --promise 1-100`; the first ones every time. */
const SEEDS = process.env['PLIMSOLL_DEEP'] === undefined ? 3 : 100;
const PATIENCE_MS = SEEDS * 60_000;

it(
  `warns within half a minute and liquidates within two, for seeds 1 to ${SEEDS} (rulings J7)`,
  () => {
    const config = readConfig(
      {},
      SCENARIOS.map(({ id }) => id),
    );
    if (!config.ok) throw new Error(config.error.join('; '));
    const { accounts, input, speed } = config.value;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const found = checkPromise({ seed: String(seed), accounts, input }, speed);
      expect(found).toMatchObject({ ok: true, value: { seed: String(seed), kept: true } });
    }
  },
  PATIENCE_MS,
);
