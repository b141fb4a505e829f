/** Notifications by the browser, outside the page (ux.md 4.10). */
export type Permission = NotificationPermission | 'missing';

export function permissionNow(): Permission {
  return 'Notification' in globalThis ? Notification.permission : 'missing';
}

/** To be called in a press of the reader's: a browser shows its question only then. */
export async function askPermission(): Promise<Permission> {
  return 'Notification' in globalThis ? Notification.requestPermission() : 'missing';
}

export type NoticeResult = 'shown' | 'refused';

/** @param tag a newer notice of the same tag takes its place. */
export function notify(p: {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly onPress?: () => void;
}): Promise<NoticeResult> {
  if (permissionNow() !== 'granted') return Promise.resolve('refused');
  return new Promise((resolve) => {
    try {
      const notice = new Notification(p.title, { body: p.body, tag: p.tag });
      notice.addEventListener('show', () => resolve('shown'));
      notice.addEventListener('error', () => resolve('refused'));
      notice.addEventListener('click', () => {
        window.focus();
        p.onPress?.();
        notice.close();
      });
    } catch {
      // Some phones know the word and refuse the deed.
      resolve('refused');
    }
  });
}
