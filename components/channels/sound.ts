/** Tones by the browser's own synthesiser. It may start only in a press of the reader's, so the press that switches sound on wakes it. */
import { createStore } from 'zustand/vanilla';
import { type Muted, type Tone } from './alarm.ts';

interface Note {
  readonly hertz: number;
  readonly atS: number;
  readonly lastsS: number;
}

/** Rising is mild, falling is grave; each is told from the others without its pitch by the number of its notes. */
const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  test: [{ hertz: 660, atS: 0, lastsS: 0.18 }],
  unknown: [{ hertz: 330, atS: 0, lastsS: 0.5 }],
  warning: [
    { hertz: 587, atS: 0, lastsS: 0.16 },
    { hertz: 784, atS: 0.2, lastsS: 0.22 },
  ],
  critical: [0, 0.2, 0.4].map((atS) => ({ hertz: 932, atS, lastsS: 0.12 })),
  liquidating: [
    { hertz: 622, atS: 0, lastsS: 0.25 },
    { hertz: 466, atS: 0.28, lastsS: 0.25 },
    { hertz: 311, atS: 0.56, lastsS: 0.25 },
    { hertz: 233, atS: 0.84, lastsS: 0.5 },
  ],
};
const LOUDNESS = 0.18;
const FADE_S = 0.02;

export const soundStore = createStore<{
  /** The browser lets the page be heard. */
  readonly awake: boolean;
  readonly muted: Muted;
}>(() => ({ awake: false, muted: new Map() }));

let context: AudioContext | undefined;

/** To be called in a press of the reader's. */
export async function wakeSound(): Promise<boolean> {
  context ??= new AudioContext();
  await context.resume();
  const awake = context.state === 'running';
  soundStore.setState({ awake });
  return awake;
}

/** Silent where the page is not awake. */
export function playTone(tone: Tone): void {
  if (context?.state !== 'running') return;
  for (const note of NOTES[tone]) playNote(context, note);
}

function playNote(audio: AudioContext, { hertz, atS, lastsS }: Note): void {
  const begin = audio.currentTime + atS;
  const oscillator = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + FADE_S);
  volume.gain.setValueAtTime(LOUDNESS, begin + lastsS - FADE_S);
  volume.gain.linearRampToValueAtTime(0, begin + lastsS);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + lastsS);
}

/** Switches the alarm of a pool off until its state begins anew. */
export function mute(pools: readonly { readonly poolId: string; readonly since: number }[]): void {
  soundStore.setState(({ muted }) => ({
    muted: new Map([
      ...muted,
      ...pools.map(({ poolId, since }): [string, number] => [poolId, since]),
    ]),
  }));
}
