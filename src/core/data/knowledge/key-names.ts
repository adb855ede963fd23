/** What the name of a column says about keys, in English and German: whether it names one at all, and of what. */

import { wordsOf } from './column-words.ts'
import { isPatientTable } from './data-dictionary.ts'

/** A word of its own at the end of a name. */
const keyWords = new Set('id uuid guid key mrn number num no nr nummer numero kennung schlussel identifier'.split(' '))
/** Words that names of capitals and German names run together with what they count: `PATNR`, `Patientennummer`. */
const gluedKey = /(nummer|number|nr|kennung|schlussel)$/
/** Names that count the rows of any table. */
const plainStems = new Set(['', 'lfd', 'laufende', 'row', 'record', 'datensatz'])
/** A name of a table without its ending: `fall` of `faelle`, `arzt` of `aerzte`. */
const mostEnding = 3
const shortestStem = 3
const noise = /^(tbl|table|tabelle|data|daten|stamm|stammdaten|export|extract|auszug|liste|list)$/
const patientStem = /^(pat|patient|patienten|person|personen|patmrn|patientmrn)$/

/** What a key is called after, in folded letters: `pat` of `PAT_NR`, nothing of `ID`; null where the name is none of a key. */
export function keyStem(field: string): string | null {
  const words = wordsOf(field).map(folded)
  const last = words.at(-1) ?? ''
  const rest = words.slice(0, -1).join('')
  const stem = keyWords.has(last)
    ? rest
    : gluedKey.test(last)
      ? rest + last.replace(gluedKey, '')
      : /^[a-z]+id$/.test(last) && words.length === 1
        ? last.slice(0, -2)
        : null
  return stem !== null && plainStems.has(stem) ? '' : stem
}

/** True where a column is called like the key of its own table. */
export function isOwnKeyName(field: string, table: string): boolean {
  const stem = keyStem(field)
  if (stem === null) return false
  return stem === '' ? !/mrn$/i.test(field) || isPatientTable(table) : stemNamesTable(stem, table)
}

/** True where a column is called like a table: `PATIENT`, `patient_id`, `PATNR` and `patients`, in one number or the other. */
export function namesTable(field: string, table: string): boolean {
  return stemNamesTable(keyStem(field) ?? wordsOf(field).map(folded).join(''), table)
}

/** `Einrichtungsnummer` is the number of an `Einrichtung`. */
function stemNamesTable(glued: string, table: string): boolean {
  const stem = glued.replace(/ungs$/, 'ung')
  if (isPatientTable(table) && patientStem.test(stem)) return true
  const all = wordsOf(table).map(folded)
  const telling = all.filter((word) => word !== '' && !noise.test(word))
  return [telling.join(''), telling.at(-1) ?? ''].some(
    (name) =>
      name === stem ||
      (stem.length >= shortestStem && name.startsWith(stem) && name.length - stem.length <= mostEnding) ||
      (name.endsWith('ies') && stem === `${name.slice(0, -3)}y`),
  )
}

/** Small letters without marks; `ae`, `oe` and `ue` as the letter that they stand for. */
function folded(word: string): string {
  return word
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .toLowerCase()
    .replace(/([aou])e/g, '$1')
    .replace(/[^a-z]/g, '')
}
