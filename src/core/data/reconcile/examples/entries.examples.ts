/** Examples of differences that concern a patient or an entry as a whole. */
import type { PairExample } from '../../model/pair-example.ts'
import {
  allergy,
  allergyLines,
  berg,
  inState,
  kaya,
  medicine,
  medicineLines,
  pairOf,
  patient,
  patientLines,
  patients,
  problem,
  problemLines,
  problemStates,
  result,
  resultLines,
} from './records.ts'
import type { ShownDifference } from './shown-difference.ts'

const penicillin = '91936005'
const noneKnown = '716186003'
const allergies = `PATIENT,CODE,STATE,SEEN,SEVERITY\n1,${penicillin},active,2019-04-02,high\n`
const onAllergies = (rows: string, ...target: readonly object[]): PairExample => pairOf(allergyLines, { allergies: rows }, target)

const asthma = '195967001'
const gout = '90560007'
const problems = `PATIENT,CODE,SINCE\n1,${asthma},2011-05-20\n`
const onProblems = (rows: string, ...target: readonly object[]): PairExample => pairOf(problemLines, { problems: rows }, target)
const arrived = problem('1', asthma, '2011-05-20')

const resolved = `PATIENT,CODE,SINCE,STATE\n1,${asthma},2011-05-20,resolved\n`
const onStates = (rows: string, ...target: readonly object[]): PairExample =>
  pairOf([...problemLines, problemStates], { problems: rows }, target)

const metformin = '372567009'
const onDoses = (...lines: readonly string[]): PairExample =>
  pairOf([...medicineLines, ...lines], { medicines: `PATIENT,CODE,SINCE,DOSE\n1,${metformin},2023-05-04,500 mg\n` }, [
    medicine('1', metformin, {}),
  ])

const creatinine = '2160-0'
const days = ['2024-03-11', '2024-03-12'] as const
const onResults = (...numbers: readonly [string, string]): PairExample =>
  pairOf(
    ['results,NR,copy,role=key,Observation.identifier.value', ...resultLines],
    { results: ['NR,PATIENT,TEST,TAKEN', ...days.map((day, at) => `${numbers[at]},1,${creatinine},${day}`), ''].join('\n') },
    days.map((effectiveDateTime, at) => result('1', creatinine, { effectiveDateTime, identifier: [{ value: numbers[at] }] })),
  )

const onPatients = (legacy: string, target: readonly object[]): PairExample => ({
  map: patientLines,
  legacy: { patients: legacy },
  target,
})

export const entryDifferences: readonly ShownDifference[] = [
  {
    code: 'data/allergy-state-changed',
    flags: {
      name: 'no known allergies became penicillin',
      subject: onAllergies(`PATIENT,CODE,STATE,SEEN,SEVERITY\n1,${noneKnown},active,2019-04-02,\n`, allergy('1', penicillin)),
    },
    passes: { name: 'penicillin on both sides', subject: onAllergies(allergies, allergy('1', penicillin)) },
  },
  {
    code: 'data/allergy-lost',
    flags: { name: 'penicillin stands in legacy alone', subject: onAllergies(allergies) },
    passes: { name: 'penicillin arrived', subject: onAllergies(allergies, allergy('1', penicillin)) },
  },
  {
    code: 'data/allergy-altered',
    flags: {
      name: 'a high criticality arrived as low',
      subject: onAllergies(allergies, allergy('1', penicillin, { criticality: 'low' })),
    },
    passes: { name: 'the criticality is the same', subject: onAllergies(allergies, allergy('1', penicillin)) },
  },
  {
    code: 'data/allergy-resurrected',
    flags: {
      name: 'a resolved allergy is active again',
      subject: onAllergies(allergies.replace('active', 'resolved'), allergy('1', penicillin)),
    },
    passes: {
      name: 'it is resolved on both sides',
      subject: onAllergies(allergies.replace('active', 'resolved'), allergy('1', penicillin, inState('resolved'))),
    },
  },
  {
    code: 'data/wrong-patient',
    flags: {
      name: 'the asthma of Berg stands under Kaya',
      subject: onProblems(problems, problem('2', asthma, '2011-05-20')),
    },
    passes: { name: 'it stands under Berg', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/patient-lost',
    flags: { name: 'Kaya is not in the target', subject: onPatients(patients, [berg]) },
    passes: { name: 'both patients arrived', subject: onPatients(patients, [berg, kaya]) },
  },
  {
    code: 'data/duplicate-patient',
    flags: {
      name: 'Berg stands twice in the target',
      subject: onPatients(patients, [berg, { ...berg, id: 'p9' }, kaya]),
    },
    passes: { name: 'each patient stands once', subject: onPatients(patients, [berg, kaya]) },
  },
  {
    code: 'data/patient-appeared',
    flags: { name: 'legacy knows no patient 3', subject: onPatients(patients, [berg, kaya, patient('3', 'Novak')]) },
    passes: { name: 'the target holds the patients of legacy', subject: onPatients(patients, [berg, kaya]) },
  },
  {
    code: 'data/item-lost',
    flags: { name: 'the asthma did not arrive', subject: onProblems(problems) },
    passes: { name: 'it arrived', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/item-appeared',
    flags: {
      name: 'a gout of which legacy knows nothing',
      subject: onProblems(problems, arrived, problem('1', gout, '2020-02-02')),
    },
    passes: { name: 'the asthma alone', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/item-resurrected',
    flags: {
      name: 'a resolved asthma is active again',
      subject: onStates(resolved, problem('1', asthma, '2011-05-20', inState('active'))),
    },
    passes: {
      name: 'it is resolved on both sides',
      subject: onStates(resolved, problem('1', asthma, '2011-05-20', inState('resolved'))),
    },
  },
  {
    code: 'data/orphan-target',
    flags: {
      name: 'a problem of patient 7, whom neither side has',
      subject: onProblems(problems, arrived, problem('7', gout, '2020-02-02')),
    },
    passes: { name: 'each problem leads to a patient', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/record-unaccounted',
    flags: {
      name: 'a row without a patient makes no entry',
      subject: onProblems(`${problems},${gout},2020-02-02\n`, arrived),
    },
    passes: { name: 'each row has its patient', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/ambiguous-match',
    flags: {
      name: 'two entries of the target are as like as one another',
      subject: onProblems(problems, problem('1', asthma, '2011-05-19'), problem('1', asthma, '2011-05-21')),
    },
    passes: { name: 'one of them says the very day', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/key-repeated',
    flags: { name: 'two rows of results have the number 5', subject: onResults('5', '5') },
    passes: { name: 'each row has a number of its own', subject: onResults('5', '6') },
  },
  {
    code: 'data/not-compared',
    flags: {
      name: 'the value map that a line names is not there',
      subject: pairOf(
        [...problemLines, 'problems,STAGE,value-map,map=stages,Condition.severity'],
        { problems: `PATIENT,CODE,SINCE,STAGE\n1,${asthma},2011-05-20,2\n` },
        [arrived],
      ),
    },
    passes: { name: 'each line could be followed', subject: onProblems(problems, arrived) },
  },
  {
    code: 'data/not-mapped',
    flags: { name: 'no line names the column DOSE', subject: onDoses() },
    passes: {
      name: 'a person left DOSE behind, with a reason',
      subject: onDoses('medicines,DOSE,,,,,not-carried,kept in the archive,Mara Lind'),
    },
  },
]
