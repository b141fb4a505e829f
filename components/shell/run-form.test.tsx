import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { runExample } from '#components/live/example-facts.ts';
import { type ControlCommand } from '#lib/wire/protocol.ts';
import { RunForm } from './run-form.tsx';

afterEach(cleanup);

it('says what a seed may be, and starts no run without one', () => {
  const send = vi.fn<(command: ControlCommand) => void>();
  render(<RunForm run={runExample()} send={send} />);
  const field = screen.getByRole('textbox', { name: 'seed' });
  expect(field).toHaveProperty('maxLength', 64);
  expect(screen.getByText(/^Any text of up to 64 characters/)).toBeTruthy();
  fireEvent.change(field, { target: { value: '  ' } });
  expect(screen.getByText(/^A run needs a seed\./)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Start run' }));
  fireEvent.change(field, { target: { value: 'abc' } });
  fireEvent.click(screen.getByRole('button', { name: 'Start run' }));
  expect(send).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Start run' }));
  expect(send).toHaveBeenCalledWith(expect.objectContaining({ kind: 'start-run', seed: 'abc' }));
});
