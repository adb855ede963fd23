/** Pages of the checks over tables, of the codes of FHIR, and of the differences between two systems. */
import { checkExamples } from '../../data/checks/every-example.ts'
import { checks } from '../../data/checks/index.ts'
import { fhirExamples } from '../../data/fhir/definitions/codes.examples.ts'
import { fhirWordings } from '../../data/fhir/definitions/codes.ts'
import { referenceExamples } from '../../data/fhir/definitions/reference-codes.examples.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import type { Examples, Wording } from '../../rule.ts'
import { examplesBy, type RulePage, shownAs } from './rule-page.ts'

const groups = {
  reading: 'Reading files',
  cell: 'Cells',
  column: 'Columns',
  record: 'Records',
  keys: 'Keys and whole tables',
} as const

const scopes = {
  reading: 'the bytes of a file while it is read',
  cell: 'each filled cell of a column',
  column: 'a column as a whole',
  record: 'each record',
  keys: 'all records of a table, or of two tables',
} as const

const effects = {
  'wrong-patient': 'the record belongs to another patient',
  'wrong-value': 'the record says another value',
  lost: 'what was recorded does not arrive',
  coarser: 'what was recorded arrives coarser',
  form: 'only the form differs',
} as const

export function dataPages(): readonly RulePage[] {
  const known = examplesBy([...checkExamples, ...fhirExamples, ...referenceExamples])
  const page = (wording: Wording, group: string, looksAt: string): RulePage => {
    const example: Partial<Examples<TableExample>> = known.get(wording.code) ?? {}
    const { decides = '', flags = [], passes = [], unshown = null } = example
    return {
      wording,
      wing: 'data',
      group,
      decides,
      facts: [['Looks at', looksAt], ...effectOf(wording)],
      limits: limitsOf(wording, example),
      flags: shownAs('tables', flags),
      passes: shownAs('tables', passes),
      unshown,
    }
  }
  return [
    ...checks.map((check) => page(check, groups[check.scope], scopes[check.scope])),
    ...fhirWordings.map((wording) => page(wording, 'FHIR resources', 'each resource of FHIR R4')),
  ]
}

function effectOf({ effect }: Wording): readonly (readonly [string, string])[] {
  return effect === undefined ? [] : [['Effect on the record', effects[effect]]]
}

function limitsOf({ threshold }: Wording, { limits = [] }: Partial<Examples<TableExample>>): RulePage['limits'] {
  const passing =
    threshold === undefined
      ? []
      : [{ name: 'passes with exceptions up to', value: threshold, unit: 'share of values', source: 'words of the check' }]
  return [...limits, ...passing]
}
