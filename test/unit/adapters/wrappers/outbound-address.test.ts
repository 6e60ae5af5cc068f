import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  checkOutboundUrl,
  isAllowedPrivate,
  isPublicAddress,
  publicLookup,
} from '../../../../adapters/wrappers/outbound-address.ts';

describe('isPublicAddress', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%lo',
    'fec0::1',
    'ff02::1',
    'not an address',
    '',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('refuses every IPv6 address outside of 2000::/3', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.split(':')[0] || '0', 16);
        fc.pre(first < 0x2000 || first > 0x3fff);
        expect(isPublicAddress(address)).toBe(false);
      }),
      { seed: 1 },
    );
  });
});

describe('checkOutboundUrl', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://①②⑦.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1./',
    'http://pod.example/',
    'ftp://pod.example/',
    'file:///etc/passwd',
    'data:text/turtle,',
    'https://user:secret@pod.example/',
  ])('refuses %s', (url) => {
    expect(() => {
      checkOutboundUrl(new URL(url), false);
    }).toThrow(expect.objectContaining({ code: 'POD_INVALID' }));
  });

  it('accepts a public https address', () => {
    expect(() => {
      checkOutboundUrl(new URL('https://pod.example/profile#me'), false);
    }).not.toThrow();
  });

  it('refuses a password even where everything is allowed', () => {
    expect(() => {
      checkOutboundUrl(new URL('http://user:secret@localhost/'), true);
    }).toThrow(expect.objectContaining({ code: 'POD_INVALID' }));
  });
});

describe('isAllowedPrivate', () => {
  const url = new URL('http://localhost:3000/alice/');

  it.each([
    ['http://localhost:3000'],
    ['http://localhost:3000/'],
    ['localhost:3000'],
    ['localhost'],
  ])('allows what %s names', (entry) => {
    expect(isAllowedPrivate(url, [entry])).toBe(true);
  });

  it.each([
    ['http://localhost:3001'],
    ['https://localhost:3000'],
    ['localhost:3001'],
    ['localhost.example'],
    [''],
    ['host'],
  ])('does not take %s for it', (entry) => {
    expect(isAllowedPrivate(url, [entry])).toBe(false);
  });
});

describe('publicLookup', () => {
  const lookup = (
    resolve: Parameters<typeof publicLookup>[0],
    all: boolean,
  ): Promise<{ readonly error: Error | null; readonly address: unknown }> =>
    new Promise((settle) => {
      publicLookup(resolve)('pod.example', { all }, (error, address) => {
        settle({ error, address });
      });
    });

  it('gives the socket the very answer that it checked, and asks once', async () => {
    const answers = ['8.8.8.8', '127.0.0.1'];
    // A name server that rebinds: public when asked first, private ever after.
    const rebinding = async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }];
    const first = await lookup(rebinding, true);
    expect(first).toEqual({ error: null, address: [{ address: '8.8.8.8', family: 4 }] });
    expect(answers).toEqual(['127.0.0.1']);
    const second = await lookup(rebinding, true);
    expect(second.error).toMatchObject({ code: 'POD_INVALID' });
  });

  it('answers in the old form, too', async () => {
    const found = await lookup(async () => [{ address: '2a00::1', family: 6 }], false);
    expect(found).toEqual({ error: null, address: '2a00::1' });
  });

  it.each([
    [[], 'POD_UNAVAILABLE'],
    [[{ address: '::ffff:10.0.0.1', family: 6 }], 'POD_INVALID'],
    [
      [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
      'POD_INVALID',
    ],
  ])('refuses %j', async (addresses, code) => {
    expect((await lookup(async () => addresses, true)).error).toMatchObject({ code });
  });

  it('passes on that a name is unknown', async () => {
    const unknown = new Error('ENOTFOUND');
    const found = await lookup(() => Promise.reject(unknown), true);
    expect(found.error).toBe(unknown);
  });
});
