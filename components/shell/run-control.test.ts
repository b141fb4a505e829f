// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { type ControlCommand } from '#lib/wire/protocol.ts';
import { goTo, sendControl, stay, useRunControl } from './run-control.ts';

function sessionThat(answers: { ok: true } | 'refuses') {
  const sent: ControlCommand[] = [];
  return {
    sent,
    control: async (command: ControlCommand) => {
      sent.push(command);
      return answers === 'refuses'
        ? ({ ok: false, code: 'malformed', message: 'expected a run time' } as const)
        : answers;
    },
  };
}
const now = () => renderHook(() => useRunControl((state) => state)).result.current;

it('goes forward at once, and says so until the server has answered', async () => {
  const session = sessionThat({ ok: true });
  goTo(session, { runTime: 200, now: 100 });
  expect(session.sent).toEqual([{ kind: 'seek', runTime: 200 }]);
  expect(now()).toMatchObject({ seekSent: 200, question: undefined });
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(now().seekSent).toBeUndefined();
});

it('asks before it goes back, and sends nothing to who stays', () => {
  const session = sessionThat({ ok: true });
  goTo(session, { runTime: 99, now: 100 });
  expect(now().question).toBe(99);
  stay();
  expect(now().question).toBeUndefined();
  expect(session.sent).toEqual([]);
});

it('keeps a refusal until the next command', async () => {
  await sendControl(sessionThat('refuses'), { kind: 'pause' });
  expect(now().refusal).toBe('expected a run time');
  await sendControl(sessionThat({ ok: true }), { kind: 'pause' });
  expect(now().refusal).toBeUndefined();
});
