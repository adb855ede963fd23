/** Lines of the field map for measured values: quantities with units, and the other types of answers; blood pressure as one panel. */
import * as codes from './codes.ts'
import { timeRule } from './formats.ts'
import type { LegacyMaker } from './legacy.ts'
import { codeText, unitCell, usesLocal, valueTypes } from './legacy-cells.ts'
import { mapPatientLink, oneLine, type Place } from './legacy-lines.ts'
import { wordOf } from './styles.ts'
import { elementOf } from './target-paths.ts'

const otherConcepts: readonly Pick<codes.Concept, 'system' | 'code' | 'local' | 'words'>[] = [
  ...[codes.smoking, codes.remark, codes.titre, codes.lastPeriod, codes.parity, codes.fever],
]
const pressures = [codes.systolic, codes.diastolic] as const

/** Measures that stand in this table. */
function measuresOf(maker: LegacyMaker, { kind }: Place): readonly codes.Measure[] {
  const vitals = [...pressures, ...codes.vitals]
  if (kind === 'vital') return vitals
  return maker.choices.vitals === 'with-results' ? [...codes.laboratory, ...vitals] : codes.laboratory
}

export function mapValues(maker: LegacyMaker, place: Place, panel: boolean): void {
  const { choices, map } = maker
  const { table, kind, selector, at } = place
  const measures = measuresOf(maker, place)
  const written = (one: { readonly code: string; readonly local: string }): string =>
    codeText(choices, kind, { code: one.code, local: one.local })
  if (usesLocal(choices, kind))
    for (const { local, code, words, system } of [...measures, ...otherConcepts])
      map.value(`${kind}-codes`, { from: local, words, system: choices.target === 'fhir' ? system : '', to: code })
  mapUnits(maker)
  if (panel) {
    const list = pressures.map(written).join('|')
    map.carry(table, [at('code')], 'filter', `not-in="${list}"`, selector, 'blood pressure becomes one panel')
  }
  const converted = choices.convert ? measures.filter(({ other }) => other !== null) : []
  const plain = measures.filter((one) => !converted.includes(one))
  const when = choices.convert
    ? `; when="${at('code')}=${plain.map(written).join('|')}"`
    : choices.mixedValues && kind === 'result'
      ? `; when="${at('valueType')}=NM"`
      : ''
  quantityLines(maker, place, selector, when)
  const decimal = choices.file.comma ? '; decimal=,' : ''
  for (const measure of converted)
    if (measure.other)
      map.carry(
        ...([table, [at('value')], 'unit-convert'] as const),
        `from=${measure.unit}; to=${measure.other.unit}; digits=${measure.other.decimals}${decimal}; when="${at('code')}=${written(measure)}"`,
        `${selector}.${elementOf(choices, kind, 'value')}`,
      )
  if (converted.length > 0) {
    const list = converted.map(written).join('|')
    map.carry(
      table,
      [at('unit')],
      'value-map',
      `map=converted-units; when="${at('code')}=${list}"`,
      `${selector}.${elementOf(choices, kind, 'unit')}`,
    )
  }
  if (choices.mixedValues && kind === 'result') mapAnswers(maker, place)
}

function quantityLines(maker: LegacyMaker, { table, kind, at }: Place, base: string, when: string): void {
  const { choices, map } = maker
  const element = (field: string): string => `${base}.${elementOf(choices, kind, field)}`
  if (choices.units === 'in-value' && choices.target === 'fhir') {
    map.carry(table, [at('value')], 'quantity', `units=units${when}`, element('quantity'))
    return
  }
  map.carry(table, [at('value')], 'quantity', `part=value; units=units${when}`, element('value'))
  if (choices.comparators)
    map.carry(table, [at('value')], 'quantity', `part=comparator; units=units${when}`, element('comparator'))
  if (choices.units === 'in-value') map.carry(table, [at('value')], 'quantity', `part=unit; units=units${when}`, element('unit'))
  else map.carry(table, [at('unit')], 'value-map', `map=units${when}`, element('unit'))
}

/** Spellings of the old system, and what they become. */
function mapUnits(maker: LegacyMaker): void {
  const { choices, map, facts } = maker
  const system = choices.target === 'fhir' ? codes.systems.ucum : ''
  for (const entry of facts.entries) {
    if (entry.value?.kind !== 'quantity') continue
    const { unit, measure } = entry.value
    const from = unitCell(choices, entry)
    map.value('units', { from, words: '', system, to: unit })
    if (choices.convert && measure.other) map.value('converted-units', { from, words: '', system, to: measure.other.unit })
  }
}

function mapAnswers(maker: LegacyMaker, { table, selector, at }: Place): void {
  const { choices, map } = maker
  const when = (kind: keyof typeof valueTypes): string => `when="${at('valueType')}=${valueTypes[kind]}"`
  for (const { local, words, system, code } of codes.smokingAnswers)
    map.value('answers', { from: local, words, system, to: code })
  for (const word of ['yes', 'no'])
    map.value('yes-no', { from: wordOf(choices.style, word), words: word, system: '', to: word === 'yes' ? 'true' : 'false' })
  map.carry(table, [at('value')], 'value-map', `map=answers; ${when('concept')}`, `${selector}.valueCodeableConcept`)
  const [rule, params] = choices.file.breaks ? [oneLine[0], `${oneLine[1]}; ${when('text')}`] : ['copy', when('text')]
  map.carry(table, [at('value')], rule, params, `${selector}.valueString`)
  map.carry(table, [at('value')], 'value-map', `map=yes-no; ${when('boolean')}`, `${selector}.valueBoolean`)
  map.carry(table, [at('value')], 'number-format', when('integer'), `${selector}.valueInteger`)
  map.carry(table, [at('value')], 'date', `${timeRule(choices, 'day').params}; ${when('day')}`, `${selector}.valueDateTime`)
  map.carry(table, [at('value')], 'split', `separator=":"; part=1; ${when('ratio')}`, `${selector}.valueRatio.numerator.value`)
  map.carry(table, [at('value')], 'split', `separator=":"; part=2; ${when('ratio')}`, `${selector}.valueRatio.denominator.value`)
}

/** Two rows of a tall table become the components of one observation. */
export function mapPanel(maker: LegacyMaker, place: Place): void {
  const { choices, map } = maker
  const { table, selector, at } = place
  const written = pressures.map((one) => codeText(choices, 'vital', one))
  map.carry(table, [at('code')], 'filter', `in="${written.join('|')}"`, selector, 'blood pressure becomes one panel')
  const same = [at('visit'), ...(at('start') === '' ? [] : [at('start'), at('startClock')])].filter((one) => one !== '')
  map.carry(table, same, 'group', '', selector, 'both values of one measurement are one panel')
  mapPatientLink(maker, place)
  map.carry(table, [''], 'constant', `value=${codes.pressure.code}; more=allowed`, `${selector}.code.coding.code`)
  map.carry(table, [''], 'constant', `value=${codes.systems.loinc}; more=allowed`, `${selector}.code.coding.system`)
  for (const [at_, measure] of pressures.entries())
    quantityLines(
      maker,
      place,
      `${selector}.component.where(code.coding.code='${measure.code}')`,
      `; when="${at('code')}=${written[at_]}"`,
    )
}
