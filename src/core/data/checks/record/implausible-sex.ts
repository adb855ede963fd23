/** Conditions and procedures of organs that only the other sex has, by words of their descriptions. */
import { column, lookUp, quoted, type RecordCheck, textParam } from '../contract/record-check.ts'
import words from './sex-words.json' with { type: 'json' }

export const implausibleSex: RecordCheck = {
  code: 'data/implausible-sex',
  title: 'Conditions and procedures of the other sex',
  why: 'The record belongs to another patient, or the sex is wrong: screening, doses and reference ranges follow from it.',
  remedy: 'Compare the record with the patient. Where the patient changed sex or gender, accept the finding with that reason.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-patient',
  scope: 'record',
  rule({ on, params }) {
    const [text] = on.fields
    const [patient, table, key, sex] = ['patient', 'table', 'key', 'sex'].map((name) => textParam(params, name))
    if (text === undefined || !patient || !table || !key || !sex)
      return 'It takes the column of the words, and in params patient, table, key and sex.'
    const said = `lower(${column(text)})`
    const own = `lower(trim(${lookUp(table, key, patient, sex)}))`
    const speaks = (list: readonly string[]): string => `${said} matches ${quoted(`^(.*[^a-z])?(${list.join('|')})([^a-z].*)?$`)}`
    const isOneOf = (list: readonly string[]): string => `${own} in (${list.map(quoted).join(', ')})`
    return {
      place: text,
      fields: [text, patient],
      when: `${isOneOf([...words.female.codes, ...words.male.codes])} and not (${speaks(words.beside)})`,
      assert: `not ((${speaks(words.female.words)}) and ${isOneOf(words.male.codes)}) and not ((${speaks(words.male.words)}) and ${isOneOf(words.female.codes)})`,
      facts: [{ name: 'compared with the sex in', value: table }],
    }
  },
}
