import fc from 'fast-check';

/** Cases per property: a hundred in `npm test`, ten thousand in `npm run test:deep`. */
const DEEP_RUNS = 10_000;
const QUICK_RUNS = 100;

/** What `npm test` looks at, so that the same commit gets the same verdict each time. */
const QUICK_SEED = 20_251_010;

const deep = process.env.PLIMSOLL_DEEP === '1';
const asked = process.env.FUZZ_SEED;
const quick = deep ? {} : { seed: QUICK_SEED };
const seeded = asked === undefined ? quick : { seed: Number(asked) };

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  numRuns: deep ? DEEP_RUNS : QUICK_RUNS,
  ...seeded,
});
if ('seed' in seeded) console.log(`properties: seed ${seeded.seed}`);
