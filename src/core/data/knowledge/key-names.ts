/** What the name of a column says about keys, in English and German: whether it names one at all, and of what. */

import { wordsOf } from './column-words.ts'
import { isPatientTable } from './data-dictionary.ts'

/** A word of its own at the end of a name. */
const keyWords = new Set('id uuid guid key mrn number num no nr nummer numero kennung schlussel identifier'.split(' '))
/** Words that names of capitals and German names run together with what they count: `PATNR`, `Patientennummer`. */
const gluedKey = /(nummer|number|nr|kennung|schlussel)$/
/** Numbers that several people share: of a house, of a telephone. */
const sharedStem = /^(haus|house|street|strassen|tel|telefon|telephone|phone|fax|handy|mobil|mobile|mobiltelefon)$/
/** What a number is counted within, or counts on: 101 in each building, the second version of a finding. */
const partStem =
  /^(version|revision|rev|line|zeilen?|pos|position|part|teil|seq|sequence|sequenz|building|gebaude|haus|house|floor|etagen?|stockwerk|ward|station|campus|site|standort)s?$/
/** Names that count the rows of any table. */
const plainStems = new Set(['', 'lfd', 'laufende', 'row', 'record', 'datensatz'])
/** What a name of a table has behind the name of one: `fall` and `faelle`, `arzt` and `aerzte`, `visit` and `visits`. */
const endings = new Set(['e', 'en', 'er', 'n', 's', 'es'])
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
  if (stem === null || sharedStem.test(stem)) return null
  return plainStems.has(stem) ? '' : stem
}

/** True for `Nr`, `No`, `lfd. Nr.`: a number that nothing says more of may count houses, or begin again within each patient. */
export function isBareNumber(field: string): boolean {
  return keyStem(field) === '' && /^(lfd)?(number|num|no|nr|nummer|numero)$/.test(folded(wordsOf(field).at(-1) ?? ''))
}

/** True for `Version`, `line_no`, `building` and bare numbers: with one beside it a number that repeats may be the first half of a key. */
export function isPartName(field: string): boolean {
  return isBareNumber(field) || partStem.test(keyStem(field) ?? wordsOf(field).map(folded).join(''))
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
      (stem.length >= shortestStem && name.startsWith(stem) && endings.has(name.slice(stem.length))) ||
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
