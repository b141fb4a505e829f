'use client';
/** What the choices about the screen, its sounds and its keys do. */
import { Volume2 } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { type Tone } from '#components/channels/alarm.ts';
import { permissionNow, type Permission } from '#components/channels/desktop-notice.ts';
import { playTone, wakeSound } from '#components/channels/sound.ts';
import { Button } from '#components/primitives/button.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { KeyFace } from '#components/shell/keyboard/key-face.tsx';
import { useSetting } from '#components/settings/use-settings.ts';

export function DensitySample() {
  const density = useSetting((settings) => settings.density);
  const row = density === 'compact' ? 'h-6.5' : 'h-8';
  return (
    <ul aria-label="Three rows of the desk" className="rounded-control border border-line bg-panel">
      {(['critical', 'watch', 'healthy'] as const).map((state, index) => (
        <li
          className={`flex ${row} items-center justify-between border-b border-line px-3 last:border-b-0`}
          key={state}
        >
          <StateTag past state={state} />
          <span className="font-mono">A000{index + 1}</span>
        </li>
      ))}
    </ul>
  );
}

export function MotionSample() {
  const chosen = useSetting((settings) => settings.motion);
  const system = useMedia('(prefers-reduced-motion: reduce)');
  return (
    <div className="flex items-center gap-4">
      <span aria-hidden className="skeleton h-3 w-24" />
      <Note>
        {chosen === 'reduced' || system
          ? 'Nothing moves but the figures themselves.'
          : 'Waiting places shimmer, new figures flash once.'}
      </Note>
    </div>
  );
}

const READ_OUT = {
  all: 'Every change of state.',
  critical: 'Critical, Liquidating and Liquidated only.',
  none: 'No change of state.',
} as const;

export function AnnouncementSample() {
  const chosen = useSetting((settings) => settings.announcements);
  return <Note>{READ_OUT[chosen]}</Note>;
}

const TONES = [
  { tone: 'warning', word: 'Warning' },
  { tone: 'critical', word: 'Critical' },
  { tone: 'liquidating', word: 'Liquidating' },
] as const;

export function SoundSample() {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Note>Hear</Note>
      {TONES.map(({ tone, word }) => (
        <Button key={tone} onClick={() => hear(tone)}>
          <Volume2 aria-hidden size={13} />
          {word}
        </Button>
      ))}
    </div>
  );
}

/** In a press of the reader's. */
function hear(tone: Tone): void {
  void wakeSound().then(() => playTone(tone));
}

const PERMISSIONS: Readonly<Record<Permission, string>> = {
  granted: 'The browser allows them.',
  denied: 'The browser blocks them for this page: its site settings can allow them.',
  default: 'The browser has not been asked yet.',
  missing: 'This browser has none.',
};

export function NotificationSample() {
  const permission = useSyncExternalStore(onPermission, permissionNow, () => 'default' as const);
  return <Note>{PERMISSIONS[permission]}</Note>;
}

/** The browser tells of its answer where it can, and is asked again when the reader comes back. */
function onPermission(changed: () => void): () => void {
  const stop = new AbortController();
  addEventListener('focus', changed, { signal: stop.signal });
  navigator.permissions
    .query({ name: 'notifications' })
    .then((status) => status.addEventListener('change', changed, { signal: stop.signal }))
    .catch(() => undefined);
  return () => stop.abort();
}

const TOASTS = {
  account: 'Changes of the account in the header.',
  book: 'Those, and every account of the book that turns Critical.',
  off: 'Nothing comes up. The bell and the Alerts page still tell.',
} as const;

export function ToastSample() {
  return <Note>{TOASTS[useSetting((settings) => settings.toasts)]}</Note>;
}

export function KeySample() {
  const chosen = useSetting((settings) => settings.singleKeys);
  return (
    <Note>
      {chosen === 'on' ? (
        <>
          <KeyFace>?</KeyFace> lists all of them. None acts while a field is typed in.
        </>
      ) : (
        'Keys with Ctrl or Cmd, arrows, Enter and Esc still act.'
      )}
    </Note>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <p className="text-small text-ink-2">{children}</p>;
}
