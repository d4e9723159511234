/**
 * Notifications of the desktop, as far as a page may know them. Nothing here asks a person unless told to.
 */

/** Whether they can be shown: there are none here, not asked yet, allowed, or blocked by the person. */
export type NoticePermission = 'absent' | 'ask' | 'allowed' | 'blocked';

const WORDS = { default: 'ask', granted: 'allowed', denied: 'blocked' } as const;

/** How it stands now. Android has the name but refuses to make one from a page; so does plain HTTP. */
export function noticePermission(): NoticePermission {
  const isHere = 'Notification' in globalThis && isSecureContext && !/Android/.test(navigator.userAgent);
  return isHere ? WORDS[Notification.permission] : 'absent';
}

/** Asks the person; only on a click. Answers how it stands then: who looks away has not decided. */
export async function askForNotices(): Promise<NoticePermission> {
  await Notification.requestPermission();
  return noticePermission();
}

/** Calls back when the person changes it in the browser's settings; returns what ends that. */
export function watchNoticePermission(changed: (permission: NoticePermission) => void): () => void {
  const tell = () => changed(noticePermission());
  let status: PermissionStatus | undefined;
  let isOver = false;
  const found = navigator.permissions?.query({ name: 'notifications' });
  void found?.then(
    (one) => {
      if (isOver) return;
      status = one;
      status.addEventListener('change', tell);
    },
    () => undefined, // Some browsers do not tell; a reload shows it.
  );
  return () => {
    isOver = true;
    status?.removeEventListener('change', tell);
  };
}

/** Shows one, if allowed; a click leads to this tab. Returns what takes it away again. */
export function showNotice(title: string, body: string, tag: string): () => void {
  if (noticePermission() !== 'allowed') return () => undefined;
  try {
    const notice = new Notification(title, { body, tag, icon: './icon-paged.svg' });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return () => notice.close();
  } catch {
    return () => undefined; // The system has none after all; title, icon and sound of the tab still tell.
  }
}
