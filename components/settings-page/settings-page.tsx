'use client';
/** Every choice of this browser with what it does (ux.md 13). Nothing here reaches the server or another reader. */
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import {
  changeSettings,
  DEFAULT_SETTINGS,
  settingsStore,
  type Settings,
} from '#components/settings/settings.ts';
import { chooseTheme, shownTheme, THEMES, type Theme } from '#components/settings/theme.ts';
import { useTheme } from '#components/settings/use-theme.ts';
import { Told } from '#components/shell/told.tsx';
import { Choice } from './choice.tsx';
import { ConventionSample, NumberSample, ResultSample, TimeSample } from './figure-samples.tsx';
import {
  AnnouncementSample,
  DensitySample,
  KeySample,
  MotionSample,
  NotificationSample,
  SoundSample,
  ToastSample,
} from './screen-samples.tsx';
import { SettingChoice } from './setting-choice.tsx';

export function SettingsPage() {
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-1">
        <div>
          <h1 className="text-lead font-semibold">Settings</h1>
          <p className="text-small text-ink-3">
            Kept in this browser. Open tabs follow at once; other readers see nothing of it.
          </p>
        </div>
        <Reset />
      </div>
      <Panel title="Figures">
        <SettingChoice name="numberStyle" sample={<NumberSample />} />
        <SettingChoice name="convention" sample={<ConventionSample />} />
        <SettingChoice name="timeZone" sample={<TimeSample />} />
      </Panel>
      <Panel title="Screen">
        <ThemeChoice />
        <SettingChoice name="resultColours" sample={<ResultSample />} />
        <SettingChoice name="density" sample={<DensitySample />} />
        <SettingChoice name="motion" sample={<MotionSample />} />
      </Panel>
      <Panel title="Alerts">
        <SettingChoice name="announcements" sample={<AnnouncementSample />} />
        <SettingChoice name="toasts" sample={<ToastSample />} />
        <SettingChoice name="sound" sample={<SoundSample />} />
        <SettingChoice name="browserNotifications" sample={<NotificationSample />} />
      </Panel>
      <Panel title="Keyboard">
        <SettingChoice name="singleKeys" sample={<KeySample />} />
      </Panel>
    </div>
  );
}

function ThemeChoice() {
  return (
    <Choice
      choices={{ system: 'As the system', light: 'Light', dark: 'Dark' }}
      meaning="Ground and ink of every page."
      name="Theme"
      onChoose={chooseTheme}
      value={useTheme()}
      values={THEMES}
    />
  );
}

interface Chosen {
  readonly settings: Settings;
  readonly theme: Theme;
}

/** Takes everything back at once, and can be taken back itself. */
function Reset() {
  const [before, setBefore] = useState<Chosen>();
  function reset(): void {
    setBefore({ settings: settingsStore.getState(), theme: shownTheme() });
    changeSettings(DEFAULT_SETTINGS);
    chooseTheme('system');
  }
  function undo(chosen: Chosen): void {
    changeSettings(chosen.settings);
    chooseTheme(chosen.theme);
    setBefore(undefined);
  }
  return (
    <div className="flex items-center gap-2">
      {before === undefined ? null : (
        <>
          <Told className="text-small text-ink-2">Everything is at its default.</Told>
          <Button onClick={() => undo(before)}>Undo</Button>
        </>
      )}
      <Button onClick={reset}>Reset to defaults</Button>
    </div>
  );
}
