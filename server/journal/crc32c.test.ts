import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

it.each([
  // RFC 3720, B.4.
  ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes rising', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ['32 bytes falling', Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
  ['an iSCSI read command', iscsiRead(), 0xd9963a56],
  ['the check value of the catalogue of CRCs', Buffer.from('123456789'), 0xe3069283],
  ['nothing', Buffer.alloc(0), 0],
])('agrees with the published checksum of %s', (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});

it('covers just the part that it is asked for', () => {
  expect(crc32c(Buffer.from('ab123456789c'), 2, 11)).toBe(0xe3069283);
});

/** RFC 3720, B.4: a SCSI READ (10) command PDU. */
function iscsiRead(): Buffer {
  const words = '01c00000 00000000 00000000 00000000 14000000 00000400 00000014 00000018 28000000 00000000';
  return Buffer.from(`${words} 02000000 00000000`.replaceAll(' ', ''), 'hex');
}
