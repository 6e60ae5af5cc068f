import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A 256-bit key from which one key per purpose is derived. */
export type MasterKey = Uint8Array;

const ivBytes = 12;
const tagBytes = 16;

/** Encrypts and authenticates bytes under one purpose. */
export interface Seal {
  /** `context` is authenticated, not stored: opening needs the same one. */
  close(plain: Uint8Array, context: string): Buffer;
  /** `undefined` when the bytes were not closed by this key in this context, or were changed. */
  open(sealed: Uint8Array, context: string): Buffer | undefined;
}

/** AES-256-GCM with a random IV, its key derived for `purpose` by HKDF-SHA-256 (RFC 5869). */
export function createSeal(master: MasterKey, purpose: string): Seal {
  const key = derivedKey(master, purpose);
  return {
    close(plain, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      if (sealed.length < ivBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      try {
        const body = decipher.update(sealed.subarray(ivBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

/** A key for one purpose, so that what is sealed for one can never be opened as another. */
export function derivedKey(master: MasterKey, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(0), `wellpod ${purpose}`, 32));
}
