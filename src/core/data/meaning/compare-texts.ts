/** Two texts beside each other, after normalisations that are named; each keeps every letter and figure. */
import type { EqualRule } from './rules.ts'

const beyondLatin1 = /[\u0100-\uffff]/

/** Unicode NFC and line ends: what no reader sees. */
export function plain(text: string): string {
  const ends = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  // Latin-1 text is its own NFC, and most texts are nothing else.
  return beyondLatin1.test(ends) ? ends.normalize('NFC') : ends
}

/** The normalisation after which both are the same; `null` for none at all, undefined where they differ after each. */
export function compareTexts(legacy: string, target: string, exact: boolean, anyCase: boolean): EqualRule | null | undefined {
  if (legacy === target) return null
  const [was, is] = [plain(legacy), plain(target)]
  if (was === is) return 'text-lines'
  if (exact) return undefined
  // The rest costs more than two texts of very different length are worth.
  if (was.length > 3 * is.length + 40 || is.length > 3 * was.length + 40) return undefined
  const [spacedWas, spacedIs] = [spaced(was), spaced(is)]
  if (spacedWas === spacedIs) return 'text-spaces'
  if (separated(spacedWas) === separated(spacedIs) && separated(spacedWas) !== '') return 'text-separators'
  return anyCase && separated(spacedWas).toLowerCase() === separated(spacedIs).toLowerCase() ? 'text-case' : undefined
}

/** Raised figures and fractions stay as they are: 10⁹ is not 109, and 1½ is not 11/2. */
function spaced(text: string): string {
  return text
    .replace(/\P{No}+/gu, (part) => part.normalize('NFKC'))
    .replace(/\s+/gu, ' ')
    .trim()
}

/** A comma between two figures is part of a number and stays. */
function separated(text: string): string {
  return text
    .replace(/(?<!\d)[,;"]+|[,;"]+(?!\d)/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

/** The text as the last normalisation leaves it: what the beginning of another one is looked for in. */
export function shortened(text: string): string {
  return separated(spaced(plain(text)))
}
