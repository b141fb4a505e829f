import fc from 'fast-check';

/** Cases per property: a hundred in `npm test`, ten thousand in `npm run test:deep`. */
const DEEP_RUNS = 10_000;
const QUICK_RUNS = 100;

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  numRuns: process.env.PLIMSOLL_DEEP === '1' ? DEEP_RUNS : QUICK_RUNS,
});
