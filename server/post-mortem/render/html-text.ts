/** Text of people inside HTML: in an element or in a quoted attribute it acts on nothing. */

/** The text with every sign replaced that HTML acts on. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
