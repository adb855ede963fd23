/** Base 64 of RFC 4648 §4, as FHIR base64Binary carries note texts. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int8Array(128).fill(-1)
for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i

export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(word >>> 18) + alphabet.charAt((word >>> 12) & 63)
    text += left > 1 ? alphabet.charAt((word >>> 6) & 63) : '='
    text += left > 2 ? alphabet.charAt(word & 63) : '='
  }
  return text
}

/** The bytes, or null where the text is no base 64; white space is allowed as FHIR allows it. */
export function decodeBase64(text: string): Uint8Array | null {
  const out = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 61) break
    if (code <= 32) continue
    const value = values[code] ?? -1
    if (value < 0) return null
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (word >>> bits) & 0xff
    }
  }
  return out.subarray(0, at)
}
