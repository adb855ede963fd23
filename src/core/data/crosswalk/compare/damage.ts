/** What happened to a text on the way: read in the wrong encoding, replaced by question marks, or cut short. */
import { utf8 } from '../../../canonical.ts'

/** WHATWG index windows-1252, bytes 80 to 9F; undefined bytes are the controls of the same number. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** UTF-8 bytes of a text read as Windows-1252. */
function misread(text: string): string {
  return Array.from(utf8(text), (byte) =>
    byte >= 0x80 && byte <= 0x9f ? upper.charAt(byte - 0x80) : String.fromCharCode(byte),
  ).join('')
}

/** Whether `target` is what a wrong encoding makes of `legacy`: misread once or twice, or its letters replaced one by one. */
export function isDamaged(legacy: string, target: string): boolean {
  if (!/[^ -~\s]/.test(legacy)) return false
  const once = misread(legacy)
  if (target === once || target === misread(once)) return true
  const pattern = Array.from(legacy, (letter) => (letter.charCodeAt(0) < 128 ? letter : null))
  const found = Array.from(target)
  if (found.length !== pattern.length) return false
  return found.every((letter, i) => (pattern[i] === null ? letter === '?' || letter === '\ufffd' : letter === pattern[i]))
}

/** Whether `target` is the beginning of `legacy`, cut. */
export function isCut(legacy: string, target: string): boolean {
  return target !== '' && target.length < legacy.length && legacy.startsWith(target)
}
