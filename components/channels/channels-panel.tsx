'use client';
/** How alerts reach the reader outside the list: toasts, sound and notifications, each with a test that shows its result. */
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '#components/primitives/button.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { changeSettings, type Settings } from '#components/settings/settings.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { Told } from '#components/shell/told.tsx';
import { askPermission, notify, permissionNow, type Permission } from './desktop-notice.ts';
import { playTone, soundStore, wakeSound } from './sound.ts';

export function ChannelsPanel() {
  return (
    <Panel title="How alerts reach you">
      <ul>
        <Toasts />
        <Sound />
        <Notifications />
      </ul>
      <p className="border-t border-line px-3 py-2 text-small text-ink-3">
        These choices hold for this browser. Every alert also stands in the inbox, whatever is
        chosen here.
      </p>
    </Panel>
  );
}

interface ChannelProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly control: ReactNode;
  /** What the channel last said about itself. */
  readonly result: string;
}

function Channel({ name, children, control, result }: ChannelProps) {
  return (
    <li className="grid items-start gap-x-6 gap-y-2 border-b border-line px-3 py-3 last:border-b-0 md:grid-cols-[10rem_1fr_20rem]">
      <h3 className="font-medium">{name}</h3>
      <div className="max-w-xl text-ink-2">{children}</div>
      <div className="flex flex-col items-start gap-1.5">
        <div className="flex flex-wrap items-center gap-2">{control}</div>
        <div className="min-h-4 text-small text-ink-2">
          {result === '' ? null : <Told>{result}</Told>}
        </div>
      </div>
    </li>
  );
}

const SELECT =
  'h-7 rounded-control border border-line-strong bg-panel px-2 text-ink pointer-coarse:h-11';
const TOAST_CHOICES: readonly { readonly value: Settings['toasts']; readonly words: string }[] = [
  { value: 'account', words: 'of the account I follow' },
  { value: 'book', words: 'and Critical of the whole book' },
  { value: 'off', words: 'none' },
];

function Toasts() {
  const toasts = useSetting((settings) => settings.toasts);
  return (
    <Channel
      control={
        <select
          aria-label="Toasts"
          className={SELECT}
          onChange={({ target }) =>
            changeSettings({
              toasts: TOAST_CHOICES.find(({ value }) => value === target.value)?.value ?? 'account',
            })
          }
          value={toasts}
        >
          {TOAST_CHOICES.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      }
      name="Toasts"
      result=""
    >
      Each change of state of the account you follow, bottom right. Watch, Warning and recovery
      leave after 8 s, Critical and worse when you dismiss them. The whole book comes as one tally.
    </Channel>
  );
}

/** On or off, as a switch with its name. */
function Switch({
  name,
  on,
  onChange,
}: {
  readonly name: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <Button
      aria-checked={on}
      aria-label={name}
      className={on ? 'border-ink text-ink' : undefined}
      onClick={() => onChange(!on)}
      role="switch"
    >
      {on ? 'On' : 'Off'}
    </Button>
  );
}

function Sound() {
  const sound = useSetting((settings) => settings.sound);
  const awake = useStore(soundStore, (state) => state.awake);
  const [result, setResult] = useState('');
  async function test(): Promise<void> {
    const heard = await wakeSound();
    if (heard) playTone('test');
    setResult(heard ? 'A tone was played.' : 'The browser did not let this page play a tone.');
  }
  const asleep = sound === 'on' && !awake ? 'Sound begins with your next press on this page.' : '';
  return (
    <Channel
      control={
        <>
          <Switch
            name="Sound"
            on={sound === 'on'}
            onChange={(on) => changeSettings({ sound: on ? 'on' : 'off' })}
          />
          <Button onClick={() => void test()}>Test the sound</Button>
        </>
      }
      name="Sound"
      result={result === '' ? asleep : result}
    >
      For the account you follow: two tones for a Warning, three that repeat every 4 s for a
      Critical until it is acknowledged or muted, four falling ones for a liquidation. On the desk a
      low tone when the first account becomes Unknown. While an alarm repeats, a card says what
      sounds.
    </Channel>
  );
}

const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  granted: '',
  default: 'The browser has not been asked yet.',
  denied:
    'The browser refuses notifications of this page. Allow them in the site settings beside the address, then test again.',
  missing: 'This browser knows no notifications.',
};

function Notifications() {
  const chosen = useSetting((settings) => settings.browserNotifications);
  const [result, setResult] = useState('');
  async function choose(on: boolean): Promise<void> {
    changeSettings({ browserNotifications: on ? 'on' : 'off' });
    setResult(on ? PERMISSION_WORDS[await askPermission()] : '');
  }
  async function test(): Promise<void> {
    const permission = await askPermission();
    if (permission !== 'granted') {
      setResult(PERMISSION_WORDS[permission]);
      return;
    }
    const shown = await notify({
      title: 'Plimsoll: a test',
      body: 'Alerts from Warning up look like this.',
      tag: 'test',
    });
    setResult(
      shown === 'shown'
        ? 'A notification was handed to the browser.'
        : 'The browser accepted the wish and showed nothing: look at the settings of the system.',
    );
  }
  return (
    <Channel
      control={
        <>
          <Switch
            name="Browser notifications"
            on={chosen === 'on'}
            onChange={(on) => void choose(on)}
          />
          <Button onClick={() => void test()}>Test a notification</Button>
        </>
      }
      name="Browser notifications"
      result={result === '' && chosen === 'on' ? standing() : result}
    >
      From Warning up for the account you follow, while another window or tab has the focus.
    </Channel>
  );
}

/** What keeps a channel that is switched on from being heard. */
function standing(): string {
  return PERMISSION_WORDS[permissionNow()];
}
