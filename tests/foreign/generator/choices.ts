/** What the seed decides about one migration: how the old system writes, and how the new one does. */
import type { Chance } from './chance.ts'
import { utc, type Zone, zones } from './clock.ts'
import type { Concept } from './codes.ts'
import * as codes from './codes.ts'
import type { KeyForm } from './people.ts'
import { type Style, styles } from './styles.ts'

export const timeForms = [
  ...['iso-z', 'iso-offset', 'iso-local', 'day-first', 'month-first', 'am-pm'],
  ...['compact', 'epoch-seconds', 'epoch-milliseconds', 'two-columns'],
] as const
export type TimeForm = (typeof timeForms)[number]
export const dayForms = ['iso', 'dotted', 'day-first', 'month-first', 'compact'] as const
export type DayForm = (typeof dayForms)[number]
export type Precision = 'day' | 'time'

export interface Choices {
  readonly seed: number
  readonly style: Style
  readonly people: number
  /** The clock on the wall of the old system; UTC where it writes Z or epochs. */
  readonly zone: Zone
  readonly keyForm: KeyForm
  readonly day: DayForm
  readonly time: TimeForm
  /** Of starts and ends on each side, by kind of record. */
  readonly legacyPrecision: Readonly<Record<'problem' | 'allergy' | 'medicine' | 'vaccine' | 'procedure', Precision>>
  readonly targetPrecision: Readonly<Record<'problem' | 'allergy' | 'medicine' | 'vaccine' | 'procedure', Precision>>
  readonly file: {
    readonly encoding: 'utf-8' | 'windows-1252'
    readonly mark: boolean
    readonly delimiter: string
    readonly newline: string
    readonly comma: boolean
    readonly quoteAll: boolean
    readonly breaks: boolean
  }
  readonly target: 'fhir' | 'omop' | 'tables'
  readonly targetZone: Zone
  readonly fraction: boolean
  readonly packing: 'ndjson' | 'ndjson-gzip' | 'transactions' | 'transactions-gzip' | 'collection'
  readonly references: 'relative' | 'absolute' | 'urn' | 'identifier' | 'conditional'
  readonly patientIds: 'carried' | 'identifier' | 'hashed' | 'padded' | 'prefixed'
  readonly recordIds: 'carried' | 'identifier' | 'none'
  readonly alias: boolean
  readonly secondCoding: boolean
  /** Results and problems have codes of their own that a value map translates. */
  readonly localCodes: boolean
  readonly problemCodes: readonly Concept[]
  readonly drugCodes: readonly Concept[]
  readonly vitals: 'wide' | 'tall' | 'with-results'
  readonly components: boolean
  readonly units: 'column' | 'in-value'
  readonly unitSpelling: boolean
  readonly convert: boolean
  readonly rounding: 'none' | 'legacy' | 'target'
  readonly roundTo: number
  readonly trailingZeros: boolean
  readonly exponents: boolean
  readonly comparators: boolean
  readonly mixedValues: boolean
  readonly contained: boolean
  readonly oneList: boolean
  readonly orders: boolean
  readonly partialDates: boolean
  readonly deletedRows: boolean
  readonly orphans: boolean
  readonly emptyColumn: boolean
  readonly emptyTable: boolean
  readonly logTable: boolean
  readonly derived: boolean
}

function timesOf(chance: Chance): { readonly time: TimeForm; readonly zone: Zone } {
  const time = chance.pick(timeForms)
  const bound = time === 'iso-z' || time === 'epoch-seconds' || time === 'epoch-milliseconds'
  return { time, zone: bound ? utc : chance.pick(zones) }
}

function dayForm(time: TimeForm, chance: Chance): DayForm {
  if (time === 'day-first') return chance.pick(['dotted', 'day-first'])
  if (time === 'month-first' || time === 'am-pm') return 'month-first'
  if (time === 'compact') return 'compact'
  return time === 'two-columns' ? chance.pick(['iso', 'dotted']) : 'iso'
}

const latin = new Set(['fr', 'es', 'nl', 'de', 'en'])

function fileOf(chance: Chance, style: Style): Choices['file'] {
  const delimiter = chance.pick([',', ',', ';', '\t', '|'])
  const encoding = latin.has(style.language) && chance.yes(style.language === 'en' ? 0.1 : 0.5) ? 'windows-1252' : 'utf-8'
  return {
    encoding,
    mark: encoding === 'utf-8' && chance.yes(0.25),
    delimiter,
    newline: chance.yes(0.4) ? '\r\n' : '\n',
    comma: delimiter !== ',' && style.language !== 'en',
    quoteAll: chance.yes(0.2),
    breaks: chance.yes(0.3),
  }
}

/** Kinds that old systems often keep by day. */
function precisions(chance: Chance, share: number): Choices['legacyPrecision'] {
  const one = (): Precision => (chance.yes(share) ? 'day' : 'time')
  return { problem: one(), allergy: one(), medicine: one(), vaccine: one(), procedure: one() }
}

function targetZoneOf(chance: Chance, target: Choices['target'], zone: Zone, time: TimeForm): Zone {
  // A table without zones keeps the wall clock that it was filled from.
  if (target !== 'fhir') return time === 'iso-offset' || zone === utc ? utc : zone
  return chance.yes(0.4) ? zone : chance.yes(0.5) ? utc : chance.pick(zones)
}

export function choose(seed: number, chance: Chance): Choices {
  const style = chance.pick(styles)
  const { time, zone } = timesOf(chance)
  const target = chance.pick(['fhir', 'fhir', 'fhir', 'fhir', 'omop', 'tables'] as const)
  const fhir = target === 'fhir'
  const packing = chance.pick(['ndjson', 'ndjson-gzip', 'transactions', 'transactions-gzip', 'collection'] as const)
  const bundled = packing === 'transactions' || packing === 'transactions-gzip'
  const patientIds = fhir
    ? chance.pick(['carried', 'identifier', 'hashed', 'padded', 'prefixed'] as const)
    : chance.pick(['carried', 'identifier'] as const)
  const keyForms = ['number', 'padded', 'prefixed', 'uuid'] as const
  const keyForm =
    patientIds === 'padded' || patientIds === 'prefixed'
      ? 'number'
      : !fhir && patientIds === 'carried'
        ? 'number'
        : chance.pick(keyForms)
  const references = chance.pick(
    bundled
      ? (['urn', 'urn', 'conditional', 'identifier', 'absolute'] as const)
      : packing === 'collection'
        ? (['urn', 'relative', 'absolute'] as const)
        : (['relative', 'relative', 'absolute', 'identifier'] as const),
  )
  const rounding = chance.pick(['none', 'legacy', 'target'] as const)
  const vitals = chance.pick(['wide', 'tall', 'with-results'] as const)
  const units = vitals === 'with-results' || chance.yes(0.75) ? 'column' : 'in-value'
  const oneList = chance.yes(0.2)
  const legacyPrecision = precisions(chance, 0.5)
  const convert = units === 'column' && chance.yes(0.3)
  return {
    ...{ seed, style, people: chance.whole(5, 8), zone, keyForm, time, target, packing, patientIds, rounding, vitals, units },
    day: dayForm(time, chance),
    // One table has one form of dates.
    legacyPrecision: oneList ? { ...legacyPrecision, allergy: legacyPrecision.problem } : legacyPrecision,
    targetPrecision: precisions(chance, fhir ? 0.3 : 0.5),
    file: fileOf(chance, style),
    targetZone: targetZoneOf(chance, target, zone, time),
    fraction: chance.yes(0.3),
    // Links by identifier or by search need an identifier to go by.
    references:
      patientIds === 'carried' && (references === 'identifier' || references === 'conditional') ? 'relative' : references,
    recordIds: chance.pick(['carried', 'identifier', 'none', 'none'] as const),
    alias: fhir && chance.yes(0.2),
    secondCoding: fhir && chance.yes(0.3),
    localCodes: chance.yes(0.4),
    problemCodes: chance.yes() ? codes.problems : codes.diagnoses,
    drugCodes: chance.yes() ? codes.drugs : codes.substances,
    components: fhir && chance.yes(0.7),
    unitSpelling: chance.yes(0.5),
    convert,
    comparators: !convert && target !== 'omop',
    roundTo: chance.whole(0, 2),
    // Zeros after a rounding would claim digits that nobody measured.
    trailingZeros: chance.yes(0.2) && rounding !== 'legacy',
    exponents: chance.yes(0.04),
    mixedValues: fhir && units === 'column' && chance.yes(0.4),
    contained: fhir && chance.yes(0.1),
    oneList,
    orders: fhir && chance.yes(0.2),
    partialDates: time.startsWith('iso') && chance.yes(0.25),
    deletedRows: chance.yes(0.3),
    orphans: chance.yes(0.2),
    emptyColumn: chance.yes(0.3),
    emptyTable: chance.yes(0.2),
    logTable: chance.yes(0.4),
    derived: fhir && chance.yes(0.5),
  }
}
