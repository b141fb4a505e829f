/** How a question is refused: a code for programs, a sentence for people. */
import { type Refusal } from '#lib/wire/protocol.ts';

export function refuse(code: Refusal['code'], message: string): Refusal {
  return { ok: false, code, message };
}
