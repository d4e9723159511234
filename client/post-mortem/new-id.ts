/** Ids of what somebody writes: nobody else's on any device. */
export function newId(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(6));
  return `w-${Array.from(numbers, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
