/** Keeps the screen on while a page is seen, where the browser grants that. */

/** Begins to keep it on; returns what lets it sleep again. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const ask = async () => {
    if (document.visibilityState !== 'visible' || isOver) return;
    const granted = await navigator.wakeLock?.request('screen').catch(() => null);
    if (isOver) void granted?.release();
    else lock = granted ?? null;
  };
  // The browser takes it back whenever the page is hidden.
  const again = () => void ask();
  document.addEventListener('visibilitychange', again);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
