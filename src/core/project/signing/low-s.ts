/** One form of an ECDSA signature: (r, s) and (r, n − s) are both valid, so whoever holds no key could write the other one (SEC 1 v2.0 §4.1.4). */

/** Order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** True for a raw signature (r‖s, 64 bytes) with the smaller of the two values of s. */
export function isLowS(signature: Uint8Array): boolean {
  return signature.length === 64 && numberOf(signature.subarray(32)) <= order / 2n
}

/** The same signature with the smaller s. */
export function lowS(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(signature)
  if (copy.length !== 64 || isLowS(copy)) return copy
  const s = (order - numberOf(copy.subarray(32))).toString(16).padStart(64, '0')
  for (let i = 0; i < 32; i++) copy[32 + i] = Number.parseInt(s.slice(2 * i, 2 * i + 2), 16)
  return copy
}

function numberOf(bytes: Uint8Array): bigint {
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  return number
}
