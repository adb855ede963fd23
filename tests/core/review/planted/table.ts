/**
 * Sixty defects and what a reader must see of each, written before a chart was made of any of them. `sample` is the sample project, `pair-12`
 * a foreign migration that lies beside the project. A record is chosen by rule: the first of its type that fits and that no other defect has.
 */
import { hasAt, numberAt, type Resource, textAt, withAt } from './json.ts'

export type Expected =
  /** Another text on the migrated side, in the row of the legacy entry or alone beside it, with these legacy columns still shown. */
  | { readonly kind: 'altered'; readonly beside: readonly string[] }
  /** The legacy entry stands, and the migrated side of its row says that there is none. */
  | { readonly kind: 'lost' }
  /** One more migrated entry, without a legacy entry. */
  | { readonly kind: 'appeared' }
  /** Lost in the chart of its patient, and alone in the chart of another. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'alarm'; readonly alarm: string }
  /** A text of the legacy side that no line of the mapping reads. */
  | { readonly kind: 'legacy-text'; readonly text: string }

export interface Planted {
  readonly n: number
  readonly kind: string
  readonly data: 'sample' | 'pair-12'
  /** Resource type, or legacy table. */
  readonly type: string
  readonly fits?: (resource: Resource) => boolean
  readonly act:
    | { readonly change: (resource: Resource) => Resource }
    | 'remove'
    | 'copy'
    | 'other-patient'
    | { readonly column: string; readonly text: string }
    | { readonly table: string; readonly text: string }
  readonly expected: Expected
}

const dose = 'dosageInstruction.0.doseAndRate.0.doseQuantity'
const route = 'dosageInstruction.0.route'
const frequency = 'dosageInstruction.0.timing.code.coding.0.code'
const clinical = 'clinicalStatus.coding.0.code'
const medicine = 'medicationCodeableConcept.coding.0'

const change = (work: (resource: Resource) => Resource) => ({ change: work })
const times = (path: string, factor: number) =>
  change((one) => withAt(one, path, Number((numberAt(one, path) * factor).toPrecision(12))))
const to = (path: string, value: string | number | undefined) => change((one) => withAt(one, path, value))
const isAt = (path: string, value: string) => (one: Resource) => textAt(one, path) === value
const has = (path: string) => (one: Resource) => hasAt(one, path)
/** The month moved by three, the day kept where every month has it. */
const monthsLater = (path: string) =>
  change((one) => {
    const text = textAt(one, path)
    const month = ((Number(text.slice(5, 7)) + 2) % 12) + 1
    const day = Math.min(28, Number(text.slice(8, 10)))
    return withAt(
      one,
      path,
      `${text.slice(0, 5)}${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}${text.slice(10)}`,
    )
  })
const yearsLater = (path: string, years: number) =>
  change((one) => withAt(one, path, `${Number(textAt(one, path).slice(0, 4)) + years}${textAt(one, path).slice(4)}`))
const altered = (...beside: readonly string[]): Expected => ({ kind: 'altered', beside })
const lost: Expected = { kind: 'lost' }
const appeared: Expected = { kind: 'appeared' }
const moved: Expected = { kind: 'moved' }

const inSample = (
  n: number,
  kind: string,
  type: string,
  act: Planted['act'],
  expected: Expected,
  fits?: (resource: Resource) => boolean,
): Planted => ({ n, kind, data: 'sample', type, act, expected, ...(fits ? { fits } : {}) })
const inPair = (...[n, kind, type, act, expected, fits]: Parameters<typeof inSample>): Planted => ({
  ...inSample(n, kind, type, act, expected, fits),
  data: 'pair-12',
})

const M = 'MedicationRequest'
const A = 'AllergyIntolerance'

export const planted: readonly Planted[] = [
  inSample(1, 'dose × 10', M, times(`${dose}.value`, 10), altered('DOSE'), has(`${dose}.value`)),
  inSample(2, 'dose ÷ 10', M, times(`${dose}.value`, 0.1), altered('DOSE'), has(`${dose}.value`)),
  inSample(3, 'dose × 1000', M, times(`${dose}.value`, 1000), altered('DOSE'), has(`${dose}.value`)),
  inSample(
    4,
    'unit of a dose lost',
    M,
    change((one) => withAt(one, dose, { value: numberAt(one, `${dose}.value`) })),
    altered('DOSE'),
    has(`${dose}.unit`),
  ),
  inSample(
    5,
    'unit of a dose changed',
    M,
    change((one) => withAt(withAt(one, `${dose}.unit`, 'g'), `${dose}.code`, 'g')),
    altered('DOSE'),
    isAt(`${dose}.unit`, 'mg'),
  ),
  inSample(
    6,
    'wrong route',
    M,
    to(`${route}.coding.0.display`, 'Intravenous route'),
    altered('ROUTE'),
    isAt(`${route}.coding.0.display`, 'Oral route'),
  ),
  inSample(7, 'route lost', M, to(route, undefined), altered('ROUTE'), has(route)),
  inSample(8, 'frequency changed', M, to(frequency, 'QID'), altered('FREQ'), isAt(frequency, 'BID')),
  inSample(9, 'medicine active → stopped', M, to('status', 'stopped'), altered('STATUS'), isAt('status', 'active')),
  inSample(10, 'medicine completed → active', M, to('status', 'active'), altered('STATUS'), isAt('status', 'completed')),
  inSample(11, 'start of a medicine moved', M, monthsLater('authoredOn'), altered('START'), has('authoredOn')),
  inSample(
    12,
    'code of a medicine changed, same text',
    M,
    to(`${medicine}.code`, '99999'),
    altered('DOSE'),
    has(`${medicine}.code`),
  ),
  inSample(
    13,
    'text of a medicine changed, same code',
    M,
    to(`${medicine}.display`, 'Metoprolol'),
    altered('DOSE'),
    has(`${medicine}.display`),
  ),
  inSample(14, 'medicine lost', M, 'remove', lost),
  inSample(15, 'duplicate medicine', M, 'copy', appeared),
  inSample(16, 'allergy lost', A, 'remove', lost, has('reaction')),
  inSample(17, 'allergy resurrected', A, to(clinical, 'active'), altered('STATUS'), isAt(clinical, 'inactive')),
  inSample(
    18,
    'allergy made inactive',
    A,
    to(clinical, 'inactive'),
    altered('STATUS'),
    (one) => isAt(clinical, 'active')(one) && hasAt(one, 'reaction'),
  ),
  inSample(
    19,
    'severity of a reaction changed',
    A,
    to('reaction.0.severity', 'mild'),
    altered('STATUS'),
    isAt('reaction.0.severity', 'severe'),
  ),
  inSample(20, 'reaction lost', A, to('reaction', undefined), altered('STATUS'), has('reaction')),
  inSample(
    21,
    'text of a substance changed, same code',
    A,
    change((one) => withAt(withAt(one, 'code.text', 'Latex'), 'code.coding.0.display', 'Latex')),
    altered('STATUS'),
    has('code.text'),
  ),
  inSample(
    22,
    'code of a substance changed, same text',
    A,
    to('code.coding.0.code', '99999'),
    altered('STATUS'),
    has('code.text'),
  ),
  inSample(23, 'onset of a problem moved', 'Condition', monthsLater('onsetDateTime'), altered('ONSET'), has('onsetDateTime')),
  inSample(24, 'problem lost', 'Condition', 'remove', lost),
  inSample(25, 'problem active → resolved', 'Condition', to(clinical, 'resolved'), altered('STATUS'), isAt(clinical, 'active')),
  inSample(
    26,
    'side of the body made up',
    'Condition',
    change((one) => {
      const left = textAt(one, 'code.text').replace('unspecified', 'left')
      return withAt(withAt(one, 'code.text', left), 'code.coding.0.display', left)
    }),
    altered('ONSET'),
    (one) => textAt(one, 'code.text').includes('unspecified'),
  ),
  inSample(
    27,
    'code of a problem changed, same text',
    'Condition',
    to('code.coding.0.code', 'Z99.9'),
    altered('ICD10'),
    has('code.text'),
  ),
  inSample(28, 'result × 10', 'Observation', times('valueQuantity.value', 10), altered('VALUE'), has('valueQuantity.value')),
  inSample(
    29,
    'unit of a result changed',
    'Observation',
    change((one) => withAt(withAt(one, 'valueQuantity.unit', 'mg/dL'), 'valueQuantity.code', 'mg/dL')),
    altered('VALUE'),
    isAt('valueQuantity.unit', 'mmol/L'),
  ),
  inSample(30, 'result of another patient', 'Observation', 'other-patient', moved, has('valueQuantity.value')),
  inSample(
    31,
    'date of a result moved',
    'Observation',
    monthsLater('effectiveDateTime'),
    altered('VALUE'),
    has('effectiveDateTime'),
  ),
  inSample(32, 'immunisation lost', 'Immunization', 'remove', lost),
  inSample(
    33,
    'code of a vaccine changed, same text',
    'Immunization',
    to('vaccineCode.coding.0.code', '99'),
    altered(),
    has('vaccineCode.text'),
  ),
  inSample(
    34,
    'note cut',
    'DocumentReference',
    change((one) => {
      const data = textAt(one, 'content.0.attachment.data')
      return withAt(one, 'content.0.attachment.data', data.slice(0, Math.floor(data.length / 8) * 4))
    }),
    altered(),
    has('content.0.attachment.data'),
  ),
  inSample(35, 'birth date changed', 'Patient', monthsLater('birthDate'), altered('DOB')),
  inSample(
    36,
    'names swapped',
    'Patient',
    change((one) =>
      withAt(withAt(one, 'name.0.family', textAt(one, 'name.0.given.0')), 'name.0.given', [textAt(one, 'name.0.family')]),
    ),
    altered('DOB'),
  ),

  inPair(
    37,
    'strength × 10 in words, same code',
    M,
    change((one) => {
      const words = textAt(one, `${medicine}.display`).replace(/(\d+) MG/, '$10 MG')
      return withAt(withAt(one, `${medicine}.display`, words), 'medicationCodeableConcept.text', words)
    }),
    altered('CODE'),
    (one) => /\d MG/.test(textAt(one, `${medicine}.display`)),
  ),
  inPair(38, 'medicine stopped → active', M, to('status', 'active'), altered('STOP'), isAt('status', 'stopped')),
  inPair(39, 'medicine lost', M, 'remove', lost),
  inPair(40, 'duplicate medicine', M, 'copy', appeared),
  inPair(41, 'start of a medicine moved', M, monthsLater('authoredOn'), altered('START')),
  inPair(42, 'allergy lost', A, 'remove', lost, (one) => !hasAt(one, 'reaction')),
  inPair(43, 'reaction lost', A, to('reaction', undefined), altered('DESCRIPTION1'), has('reaction')),
  inPair(
    44,
    'criticality changed',
    A,
    change((one) => withAt(one, 'criticality', one.criticality === 'high' ? 'low' : 'high')),
    altered('CODE'),
  ),
  inPair(45, 'code of a problem changed, same text', 'Condition', to('code.coding.0.code', '999999'), altered('CODE')),
  inPair(
    46,
    'text of a problem changed, same code',
    'Condition',
    change((one) => withAt(withAt(one, 'code.text', 'Asthma'), 'code.coding.0.display', 'Asthma')),
    altered('CODE'),
  ),
  inPair(47, 'problem lost', 'Condition', 'remove', lost),
  inPair(48, 'end of a problem lost', 'Condition', to('abatementDateTime', undefined), altered('STOP'), has('abatementDateTime')),
  inPair(
    49,
    'result × 10',
    'Observation',
    times('valueQuantity.value', 10),
    altered('VALUE'),
    (one) => numberAt(one, 'valueQuantity.value') >= 1,
  ),
  inPair(
    50,
    'unit of a result lost',
    'Observation',
    change((one) => withAt(one, 'valueQuantity', { value: numberAt(one, 'valueQuantity.value') })),
    altered('VALUE', 'UNITS'),
    has('valueQuantity.unit'),
  ),
  inPair(
    51,
    'result became an empty 0',
    'Observation',
    change((one) => withAt(one, 'valueQuantity', { value: 0 })),
    altered('VALUE'),
    (one) => numberAt(one, 'valueQuantity.value') >= 1,
  ),
  inPair(52, 'result of another patient', 'Observation', 'other-patient', moved, has('valueQuantity.value')),
  inPair(53, 'immunisation lost', 'Immunization', 'remove', lost),
  inPair(54, 'immunisation moved by a year', 'Immunization', yearsLater('occurrenceDateTime', 1), altered('DATE')),
  inPair(55, 'procedure lost', 'Procedure', 'remove', lost),
  inPair(56, 'birth date changed', 'Patient', yearsLater('birthDate', 10), altered('BIRTHDATE')),
  inPair(
    57,
    'sex changed',
    'Patient',
    change((one) => withAt(one, 'gender', one.gender === 'male' ? 'female' : 'male')),
    altered('GENDER'),
  ),
  inPair(
    58,
    'somebody else under this number',
    'Patient',
    change((one) =>
      withAt(withAt(withAt(one, 'name.0.family', 'Okonkwo'), 'name.0.given', ['Beatrix']), 'birthDate', '1931-01-30'),
    ),
    { kind: 'alarm', alarm: 'wrong-patient' },
  ),
  inPair(
    59,
    'column without a line holds clinical text',
    'conditions',
    { column: 'REMARK', text: 'Anaphylaxis after contrast medium: do not repeat' },
    { kind: 'legacy-text', text: 'Anaphylaxis after contrast medium: do not repeat' },
  ),
  inPair(
    60,
    'table without a line holds clinical text',
    'alerts',
    { table: 'alerts', text: 'Carries a pacemaker: no magnetic resonance imaging' },
    { kind: 'legacy-text', text: 'Carries a pacemaker: no magnetic resonance imaging' },
  ),
]
