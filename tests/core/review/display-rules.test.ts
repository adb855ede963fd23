import { expect, test } from 'vitest'
import { displayMarks } from '../../../src/core/review/display-rules/display-rules.ts'
import { lookAlikes } from '../../../src/core/review/display-rules/tall-man.ts'

const inMedicines = (text: string) => displayMarks(text, { section: 'medicines' })
const marked = (text: string, of: ReturnType<typeof inMedicines>): readonly string[] =>
  of.map(({ from, to, kind, reads }) => `${kind}: ${text.slice(from, to)} → ${reads ?? '?'}`)

/** The Joint Commission, “Do Not Use” list: every form that it prints, and what it asks to write. */
const doNotUse: readonly (readonly [text: string, mark: string])[] = [
  ['insulin 10 U', 'abbreviation: U → units'],
  ['insulin 10u at night', 'abbreviation: u → units'],
  ['heparin 5000 IU', 'abbreviation: IU → units'],
  ['1 tab Q.D.', 'abbreviation: Q.D. → daily'],
  ['1 tab QD', 'abbreviation: QD → daily'],
  ['1 tab q.d. with food', 'abbreviation: q.d. → daily'],
  ['1 tab qd', 'abbreviation: qd → daily'],
  ['1 tab Q.O.D.', 'abbreviation: Q.O.D. → every other day'],
  ['1 tab QOD', 'abbreviation: QOD → every other day'],
  ['1 tab q.o.d', 'abbreviation: q.o.d → every other day'],
  ['1 tab qod', 'abbreviation: qod → every other day'],
  ['warfarin 3.0 mg', 'trailing-zero: 3.0 → 3'],
  ['digoxin .125 mg', 'naked-decimal: .125 → 0.125'],
  ['MS 10 mg', 'abbreviation: MS → ?'],
  ['MSO4 10 mg', 'abbreviation: MSO4 → morphine sulfate'],
  ['MgSO4 2 g', 'abbreviation: MgSO4 → magnesium sulfate'],
]

test.each(doNotUse)('the “Do Not Use” list is marked: %s', (text, mark) => {
  expect(marked(text, inMedicines(text))).toEqual([mark])
})

/** ISMP List of Error-Prone Abbreviations: forms of its tables. */
const ismp: readonly (readonly [text: string, mark: string])[] = [
  ['5 cc', 'abbreviation: cc → mL'],
  ['50 µg', 'abbreviation: µg → mcg'],
  ['50 ug', 'abbreviation: ug → mcg'],
  ['1 drop AD', 'abbreviation: AD → ?'],
  ['1 drop AU', 'abbreviation: AU → ?'],
  ['1 drop OS', 'abbreviation: OS → ?'],
  ['1 tab od', 'abbreviation: od → ?'],
  ['1 tab BT', 'abbreviation: BT → bedtime'],
  ['D/C aspirin', 'abbreviation: D/C → ?'],
  ['IJ', 'abbreviation: IJ → injection'],
  ['IN', 'abbreviation: IN → intranasal'],
  ['1 tab HS', 'abbreviation: HS → ?'],
  ['1 tab qhs', 'abbreviation: qhs → at bedtime'],
  ['mix with OJ', 'abbreviation: OJ → orange juice'],
  ['1 tab per os', 'abbreviation: per os → by mouth'],
  ['1 tab qn', 'abbreviation: qn → nightly'],
  ['1 tab q1d', 'abbreviation: q1d → daily'],
  ['1 tab q6PM', 'abbreviation: q6PM → ?'],
  ['10 units SC', 'abbreviation: SC → subcutaneously'],
  ['10 units SQ', 'abbreviation: SQ → subcutaneously'],
  ['10 units sub q', 'abbreviation: sub q → subcutaneously'],
  ['1 tab TIW', 'abbreviation: TIW → three times weekly'],
  ['apply UD', 'abbreviation: UD → as directed'],
  ['HCTZ 25 mg', 'abbreviation: HCTZ → ?'],
  ['MTX 10 mg', 'abbreviation: MTX → ?'],
  ['ZnSO4 200 mg', 'abbreviation: ZnSO4 → zinc sulfate'],
  ['heparin 100000 units', 'long-number: 100000 → 100,000'],
]

test.each(ismp)('the ISMP list is marked: %s', (text, mark) => {
  expect(marked(text, inMedicines(text))).toEqual([mark])
})

test('the mark of a trailing zero says what it is read as, and of a naked decimal as well', () => {
  expect(inMedicines('WARFARIN 3.0 mg tab')[0]).toMatchObject({ reason: 'read as 30', reads: '3' })
  expect(inMedicines('0.50 mg')[0]).toMatchObject({ reason: 'read as 50', reads: '0.5' })
  expect(inMedicines('.5 mg')[0]).toMatchObject({ reason: 'read as 5', reads: '0.5' })
})

/** FDA list, table 1, as it is printed. */
const printed =
  'acetaZOLAMIDE acetoHEXAMIDE buPROPion busPIRone chlorproMAZINE chlorproPAMIDE clomiPHENE clomiPRAMINE cycloSERINE cycloSPORINE DAUNOrubicin DOXOrubicin dimenhyDRINATE diphenhydrAMINE DOBUTamine DOPamine glipiZIDE glyBURIDE hydrALAZINE hydrOXYzine HYDROmorphone medroxyPROGESTERone methylPREDNISolone methylTESTOSTERone mitoXANTRONE niCARdipine NIFEdipine predniSONE prednisoLONE risperiDONE rOPINIRole sulfADIAZINE sulfiSOXAZOLE TOLAZamide TOLBUTamide vinBLAStine vinCRIStine metFORMIN metroNIDAZOLE'

test.each(printed.split(' '))('the look-alike %s is marked in any case, with its tall-man letters', (tall) => {
  for (const text of [`${tall.toLowerCase()} 10 mg tablet`, `${tall.toUpperCase()} 10 mg TAB`])
    expect(inMedicines(text)[0]).toMatchObject({ kind: 'tall-man', reads: tall, from: 0, to: tall.length })
})

test('every look-alike names another medicine that it is taken for', () => {
  for (const name of lookAlikes.flatMap((group) => group.split(' ')))
    expect(inMedicines(name.toLowerCase()).map(({ reason }) => reason)).toEqual([expect.stringMatching(/^taken for \p{L}+/u)])
})

test.each([
  ['1 TAB AS DIRECTED'],
  ['TAKE 2 IN THE MORNING'],
  ['2024-05-06'],
  ['06.05.2024 14:30'],
  ['0.5 mg twice a day'],
  ['100 mg'],
  ['Sodium valproate'],
  ['quiet'],
])('ordinary writing is not marked: %s', (text) => {
  expect(marked(text, inMedicines(text))).toEqual([])
})

test('a result keeps the zeros of its precision; MS among problems is a disease', () => {
  expect(displayMarks('5.0 mmol/L', { section: 'results' })).toEqual([])
  expect(displayMarks('7.15 IU/L', { section: 'results' })).toEqual([])
  expect(displayMarks('MS, relapsing', { section: 'problems' })).toEqual([])
  expect(displayMarks('insulin 10 U, QD', { section: 'documents' }).map(({ kind }) => kind)).toEqual([
    'abbreviation',
    'abbreviation',
  ])
})

test('an amount without a unit says so, and an empty 0 is asked about', () => {
  const bare = (text: string) =>
    displayMarks(text, { section: 'results', isBareAmount: true }).map(({ kind, reason }) => [kind, reason])
  expect(bare('121')).toEqual([['no-unit', 'No unit written']])
  expect(bare('0')).toEqual([['bare-zero', '0 without a unit: measured, or nothing known?']])
  expect(bare('0.0')).toEqual([['bare-zero', '0 without a unit: measured, or nothing known?']])
  expect(bare('not done')).toEqual([])
  expect(displayMarks('0 mmol/L', { section: 'results' })).toEqual([])
})

test('marks stand in the order of the text and never overlap', () => {
  const text = 'HYDROXYZINE 10.0 mg QD, MSO4 .5 mg SC HS'
  const all = inMedicines(text)
  expect(marked(text, all)).toEqual([
    'tall-man: HYDROXYZINE → hydrOXYzine',
    'trailing-zero: 10.0 → 10',
    'abbreviation: QD → daily',
    'abbreviation: MSO4 → morphine sulfate',
    'naked-decimal: .5 → 0.5',
    'abbreviation: SC → subcutaneously',
    'abbreviation: HS → ?',
  ])
  for (const [i, mark] of all.entries()) expect(mark.from).toBeGreaterThanOrEqual(all[i - 1]?.to ?? 0)
})
