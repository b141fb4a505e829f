'use client';
import { usePathname } from 'next/navigation';
import { chooseTheme, THEMES } from '#components/settings/theme.ts';
import { useLive } from '#components/live/live-provider.tsx';
import { overviewOf } from '../chosen-account.ts';
import { useGo } from '../held-page.ts';
import { answer } from '../keyboard/answer.ts';
import { GO_KEY, KEY_MAP, keyFace, type KeyAction } from '../keyboard/key-map.ts';
import { keyRegistry } from '../keyboard/key-registry.ts';
import { PAGES } from '../pages.ts';
import { settingCommands } from './setting-commands.ts';
import { type Command } from './commands.ts';

/** @param row the row that had the focus when the menu was opened */
export function useCommands(row: HTMLElement | undefined): readonly Command[] {
  const { push } = useGo();
  const onDesk = usePathname().startsWith('/desk');
  const accountIds = useLive((state) => state.accountIds);
  const instruments = useLive((state) => state.run?.instruments);
  const addressOf = (accountId: string): string =>
    onDesk ? `/desk/account?id=${encodeURIComponent(accountId)}` : overviewOf(accountId);
  return [
    ...actionCommands(row),
    ...PAGES.map(({ href, name, key }) => ({
      id: href,
      group: 'Go to' as const,
      name,
      keys: [GO_KEY, key],
      run: () => push(href),
    })),
    ...accountIds.map((accountId) => ({
      id: accountId,
      group: 'Accounts' as const,
      name: accountId,
      run: () => push(addressOf(accountId)),
    })),
    ...(instruments ?? []).map(({ id }) => ({
      id,
      group: 'Symbols' as const,
      name: `${id}, its feed`,
      run: () => push(`/status#feed-${id}`),
    })),
    ...THEMES.map((theme) => ({
      id: `theme ${theme}`,
      group: 'Settings' as const,
      name: `Theme: ${theme}`,
      run: () => chooseTheme(theme),
    })),
    ...settingCommands(),
  ];
}

/** What somebody answers now: the page, or a button in the row. The menu itself and the walk over rows are no commands. */
function actionCommands(row: HTMLElement | undefined): readonly Command[] {
  return KEY_MAP.filter(({ action }) => action !== 'command-menu' && isAnswered(action, row)).map(
    ({ action, keys, does }) => ({
      id: action,
      group: 'Do' as const,
      name: does,
      keys: keys.map(keyFace).slice(0, 1),
      run: () => answer(action),
    }),
  );
}

function isAnswered(action: KeyAction, row: HTMLElement | undefined): boolean {
  return (
    keyRegistry.handlerOf(action) !== undefined ||
    (row?.querySelector(`[data-key-action="${action}"]`) ?? null) !== null
  );
}
