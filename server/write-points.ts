/**
 * Named places around every durable write, where the kill tests strike (rulings J3). In ordinary life each is a call that does
 * nothing. PLIMSOLL_KILL_AT="<name>[:n]" makes the n-th passing of that place the process's last moment.
 */
import { fail, ok, type Result } from '#lib/contract.ts';
import { shown } from '#lib/wire/expectation.ts';

export const WRITE_POINTS = [
  'before-group-commit',
  'after-group-commit',
  'between-plan-and-execution',
  'before-head',
  'after-head',
  'before-checkpoint',
  'after-checkpoint',
  'before-publish',
] as const;
export type WritePoint = (typeof WRITE_POINTS)[number];

export type WritePointHook = (point: WritePoint) => void;

export const passEveryPoint: WritePointHook = () => {};

/** A hook that calls `strike` at the place and count that `spec` names; an empty spec never strikes. */
export function writePointHook(spec: string, strike: () => void): Result<WritePointHook> {
  if (spec === '') return ok(passEveryPoint);
  const [name, count = '1'] = spec.split(':');
  const wanted = WRITE_POINTS.find((point) => point === name);
  if (wanted === undefined || !/^[1-9]\d{0,8}$/.test(count)) {
    return fail(
      `PLIMSOLL_KILL_AT is ${shown(spec)}, expected one of ${WRITE_POINTS.join(', ')}, and ":n" after it to wait for the n-th passing`,
    );
  }
  let left = Number(count);
  return ok((point) => {
    if (point !== wanted) return;
    left -= 1;
    if (left === 0) strike();
  });
}
