/** Keeps a list at its end while it grows, unless somebody has scrolled up. */
import type { Attachment } from 'svelte/attachments';

/** How far from the end still counts as the end, pixels. */
const NEAR_PX = 24;

/** Scrolls to the end whenever `count` reads another number. */
export function keepAtEnd(count: () => number): Attachment<HTMLElement> {
  return (node) => {
    let atEnd = true;
    const note = () => (atEnd = node.scrollTop + node.clientHeight >= node.scrollHeight - NEAR_PX);
    const follow = new MutationObserver(() => {
      if (atEnd) node.scrollTop = node.scrollHeight;
    });
    count();
    node.scrollTop = node.scrollHeight;
    node.addEventListener('scroll', note, { passive: true });
    follow.observe(node, { childList: true, subtree: true });
    return () => {
      node.removeEventListener('scroll', note);
      follow.disconnect();
    };
  };
}
