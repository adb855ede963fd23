/** The text of an input file in whatever encoding a clinic's program wrote it: found as for extracts, and said where it is not UTF-8. */
import { guessEncoding } from '../../data/read/text/encoding.ts'

export type InputText =
  | {
      readonly ok: true
      readonly text: string
      /** Which encoding it was read in and why, where that is not plain; null for UTF-8. */
      readonly said: string | null
    }
  | { readonly ok: false; readonly problem: string }

const again = 'Save it as CSV in UTF-8 and try again. Nothing was taken.'

/** @returns a sentence instead of a text where a letter would be lost, or where there is nothing to read */
export function inputText(bytes: Uint8Array): InputText {
  if (bytes.length === 0) return refused('The file is empty: it has no byte. Nothing was taken.')
  const { value, evidence } = guessEncoding([{ at: 0, bytes }], undefined)
  let text: string
  try {
    text = new TextDecoder(value, { fatal: true }).decode(bytes)
  } catch {
    return refused(
      value === 'utf-8'
        ? `Line ${firstBrokenLine(bytes)} holds bytes that are no UTF-8, though the rest of the file is. ${again}`
        : `The file seems to be in ${value} (${evidence.replace(/\.$/, '')}). ${again}`,
    )
  }
  if (text.includes('\0')) return refused(`The file is no text. ${again}`)
  if (text.trim() === '') return refused('The file is empty: it has blank lines only. Nothing was taken.')
  const plain = value === 'utf-8' || value === 'us-ascii'
  return { ok: true, text, said: plain ? null : `Read as ${value}: ${evidence} Check names with accents.` }
}

function refused(problem: string): InputText {
  return { ok: false, problem }
}

/** From 1: the first line that strict UTF-8 does not read. */
function firstBrokenLine(bytes: Uint8Array): number {
  const whole = new TextDecoder().decode(bytes)
  return whole.slice(0, Math.max(0, whole.indexOf('\ufffd'))).split('\n').length
}
