/** Examples of differences in what one field says. */
import type { PairExample } from '../../model/pair-example.ts'
import { medicine, medicineLines, note, noteLines, pairOf, problem, problemLines, result, resultLines } from './records.ts'
import type { ShownDifference } from './shown-difference.ts'

const creatinine = '2160-0'
/** One result with a further column, and what arrived of it. */
const onResult = (line: string, column: string, value: string, arrived: object): PairExample =>
  pairOf([...resultLines, line], { results: `PATIENT,TEST,TAKEN,${column}\n1,${creatinine},2024-03-11,${value}\n` }, [
    result('1', creatinine, arrived),
  ])
const measured = 'results,VALUE,quantity,unit=umol/L,Observation.valueQuantity'
const amount = (value: number, unit = 'umol/L', more: object = {}) => ({
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit, ...more },
})
const onUnit = (arrived: object): PairExample =>
  pairOf(
    [
      ...resultLines,
      'results,VALUE,number-format,decimal=.,Observation.valueQuantity.value',
      'results,UNIT,copy,,Observation.valueQuantity.unit',
    ],
    { results: `PATIENT,TEST,TAKEN,VALUE,UNIT\n1,${creatinine},2024-03-11,88,umol/L\n` },
    [result('1', creatinine, { valueQuantity: arrived })],
  )

const metformin = '372567009'
const onDose = (value: number): PairExample =>
  pairOf(
    [...medicineLines, 'medicines,DOSE,quantity,unit=mg,MedicationStatement.dosage.doseAndRate.doseQuantity'],
    { medicines: `PATIENT,CODE,SINCE,DOSE\n1,${metformin},2023-05-04,500\n` },
    [
      medicine('1', metformin, {
        dosage: [{ doseAndRate: [{ doseQuantity: { value, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }] }],
      }),
    ],
  )

const asthma = '195967001'
const onProblem = (since: string, arrived: object): PairExample =>
  pairOf(problemLines, { problems: `PATIENT,CODE,SINCE\n1,${asthma},${since}\n` }, [arrived])
const onDay = (since: string, arrived: object): PairExample =>
  pairOf(
    [...problemLines.slice(0, -1), 'problems,SINCE,date,order=day-first,Condition.onsetDateTime'],
    { problems: `PATIENT,CODE,SINCE\n1,${asthma},${since}\n` },
    [arrived],
  )
const onRemark = (remark: string, more: object): PairExample =>
  pairOf(
    [...problemLines, 'problems,REMARK,copy,,Condition.note.text'],
    { problems: `PATIENT,CODE,SINCE,REMARK\n1,${asthma},2011-05-20,${remark}\n` },
    [problem('1', asthma, '2011-05-20', more)],
  )
const remark = (text: string) => ({ note: [{ text }] })

const onTime = (taken: string, arrived: string): PairExample =>
  pairOf(resultLines, { results: `PATIENT,TEST,TAKEN\n1,${creatinine},${taken}\n` }, [
    result('1', creatinine, { effectiveDateTime: arrived }),
  ])

const seen = 'Seen after the fall, no fracture. Comes back in two weeks.'
const onNote = (text: string): PairExample =>
  pairOf(noteLines, { notes: `PATIENT,WRITTEN,TEXT\n1,2024-03-11,"${seen}"\n` }, [note('1', '2024-03-11', text)])

const bedLine = 'results,BED,copy,,Observation.note.text'
const bed = (text: string) => ({ note: [{ text }] })

const stages = {
  stages: 'source_code,source_display,target_system,target_code,relationship\n1,mild,http://example.org/stage,mild,equivalent\n',
}
const onStage = (stage: string, more: object): PairExample =>
  pairOf(
    [...problemLines, 'problems,STAGE,value-map,map=stages,Condition.severity'],
    { problems: `PATIENT,CODE,SINCE,STAGE\n1,${asthma},2011-05-20,${stage}\n` },
    [problem('1', asthma, '2011-05-20', more)],
    stages,
  )

export const valueDifferences: readonly ShownDifference[] = [
  {
    code: 'data/dose-changed',
    flags: { name: '500 mg arrived as 5000 mg', subject: onDose(5000) },
    passes: { name: '500 mg on both sides', subject: onDose(500) },
  },
  {
    code: 'data/unit-lost',
    flags: { name: 'the number arrived alone', subject: onUnit({ value: 88 }) },
    passes: { name: 'the unit arrived', subject: onUnit({ value: 88, unit: 'umol/L' }) },
  },
  {
    code: 'data/unit-changed',
    flags: { name: 'µmol/L arrived as mmHg', subject: onUnit({ value: 88, unit: 'mm[Hg]' }) },
    passes: { name: 'the same unit, spelled otherwise', subject: onUnit({ value: 88, unit: 'µmol/l' }) },
  },
  {
    code: 'data/comparator-lost',
    flags: { name: '<5 arrived as 5', subject: onResult(measured, 'VALUE', '<5', amount(5)) },
    passes: { name: 'the sign arrived', subject: onResult(measured, 'VALUE', '<5', amount(5, 'umol/L', { comparator: '<' })) },
  },
  {
    code: 'data/value-changed',
    flags: { name: '88 arrived as 188', subject: onResult(measured, 'VALUE', '88', amount(188)) },
    passes: { name: '88 on both sides', subject: onResult(measured, 'VALUE', '88', amount(88)) },
  },
  {
    code: 'data/date-swapped',
    flags: { name: '5 April arrived as 4 May', subject: onDay('05/04/2011', problem('1', asthma, '2011-05-04')) },
    passes: { name: 'the same day, written otherwise', subject: onDay('05/04/2011', problem('1', asthma, '2011-04-05')) },
  },
  {
    code: 'data/date-shifted',
    flags: { name: 'one day later', subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-21')) },
    passes: { name: 'the same day', subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-20')) },
  },
  {
    code: 'data/time-shifted',
    flags: {
      name: 'two hours later, written as UTC',
      subject: onTime('2024-03-11T09:15:00Z', '2024-03-11T11:15:00Z'),
    },
    passes: {
      name: 'the same moment in another zone',
      subject: onTime('2024-03-11T09:15:00Z', '2024-03-11T10:15:00+01:00'),
    },
  },
  {
    code: 'data/precision-lost',
    flags: { name: 'the day arrived as a month', subject: onTime('2024-03-11', '2024-03') },
    passes: { name: 'the day arrived', subject: onTime('2024-03-11', '2024-03-11') },
  },
  {
    code: 'data/date-became-number',
    flags: {
      name: 'a day became 45362',
      subject: onResult(bedLine, 'BED', '2024-03-11', bed('45362')),
    },
    passes: { name: 'the day stayed a day', subject: onResult(bedLine, 'BED', '2024-03-11', bed('2024-03-11')) },
  },
  {
    code: 'data/code-system-lost',
    flags: {
      name: 'the code arrived without SNOMED CT',
      subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-20', {}, null)),
    },
    passes: { name: 'the system stands beside it', subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-20')) },
  },
  {
    code: 'data/code-system-changed',
    flags: {
      name: 'the code arrived under LOINC',
      subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-20', {}, 'http://loinc.org')),
    },
    passes: { name: 'it stands under SNOMED CT', subject: onProblem('2011-05-20', problem('1', asthma, '2011-05-20')) },
  },
  {
    code: 'data/note-truncated',
    flags: { name: 'the end of the note is gone', subject: onNote(seen.slice(0, 32)) },
    passes: { name: 'the whole note', subject: onNote(seen) },
  },
  {
    code: 'data/text-truncated',
    flags: {
      name: 'the remark ends after twelve characters',
      subject: onRemark('worse at night and in spring', remark('worse at nig')),
    },
    passes: {
      name: 'the whole remark',
      subject: onRemark('worse at night and in spring', remark('worse at night and in spring')),
    },
  },
  {
    code: 'data/text-damaged',
    flags: { name: 'é was read in another encoding', subject: onRemark('opéré en été', remark('opÃ©rÃ© en Ã©tÃ©')) },
    passes: { name: 'the letters arrived', subject: onRemark('opéré en été', remark('opéré en été')) },
  },
  {
    code: 'data/field-lost',
    flags: { name: 'the remark is gone', subject: onRemark('worse at night', {}) },
    passes: { name: 'the remark arrived', subject: onRemark('worse at night', remark('worse at night')) },
  },
  {
    code: 'data/field-appeared',
    flags: { name: 'a remark that nobody wrote', subject: onRemark('', remark('worse at night')) },
    passes: { name: 'empty on both sides', subject: onRemark('', {}) },
  },
  {
    code: 'data/field-changed',
    flags: { name: 'another remark', subject: onRemark('worse at night', remark('worse in the morning')) },
    passes: { name: 'the same remark', subject: onRemark('worse at night', remark('worse at night')) },
  },
  {
    code: 'data/zeros-lost',
    flags: { name: '0042 arrived as 42', subject: onResult(bedLine, 'BED', '0042', bed('42')) },
    passes: { name: '0042 stayed 0042', subject: onResult(bedLine, 'BED', '0042', bed('0042')) },
  },
  {
    code: 'data/null-reason-changed',
    flags: { name: '“not asked” became “unknown”', subject: onRemark('not asked', remark('unknown')) },
    passes: { name: 'the same reason', subject: onRemark('not asked', remark('not asked')) },
  },
  {
    code: 'data/value-unmapped',
    flags: {
      name: 'the value map has no line for stage 4',
      subject: onStage('4', {
        severity: { coding: [{ system: 'http://example.org/stage', code: 'severe' }] },
      }),
    },
    passes: {
      name: 'stage 1 has its line',
      subject: onStage('1', { severity: { coding: [{ system: 'http://example.org/stage', code: 'mild' }] } }),
    },
  },
]
