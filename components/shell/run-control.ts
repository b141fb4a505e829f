/** What this page asked of the run: a question before everybody goes back, a seek on its way, and why something was refused. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type LiveSession } from '#components/live/live-session.ts';
import { type ControlCommand } from '#lib/wire/protocol.ts';

export interface RunControl {
  readonly refusal: string | undefined;
  /** Run time to go back to, if the reader says yes. */
  readonly question: number | undefined;
  /** Run time of a seek that the server has not answered yet. */
  readonly seekSent: number | undefined;
}

const NOTHING: RunControl = { refusal: undefined, question: undefined, seekSent: undefined };
const control = createStore<RunControl>(() => NOTHING);

export function useRunControl<Part>(select: (state: RunControl) => Part): Part {
  return useStore(control, select);
}

type Session = Pick<LiveSession, 'control'> | undefined;

/** Acts for every viewer. */
export async function sendControl(session: Session, command: ControlCommand): Promise<void> {
  control.setState({
    ...NOTHING,
    seekSent: command.kind === 'seek' ? command.runTime : undefined,
  });
  const refusal = await session?.control(command).then(
    (answer) => (answer.ok ? undefined : answer.message),
    () => 'The command did not reach the server',
  );
  control.setState({ refusal, seekSent: undefined });
}

/** Forward the run is played there; back it is played again from its beginning, which is asked first. */
export function goTo(
  session: Session,
  { runTime, now }: { readonly runTime: number; readonly now: number },
): void {
  if (runTime < now) control.setState({ refusal: undefined, question: runTime });
  else void sendControl(session, { kind: 'seek', runTime });
}

export function stay(): void {
  control.setState({ question: undefined });
}
