/** Every check type of the dashboard on tables small enough to count by hand. */
import { describe, expect, test } from 'vitest'
import { type DqdDefinitions, readDefinitions } from '../../../../src/core/data/dqd/definitions.ts'
import { dqdRows } from '../../../../src/core/data/dqd/export.ts'
import { qualityDashboard } from '../../../../src/core/data/dqd/quality-dashboard.ts'
import type { DqdReport, DqdResult } from '../../../../src/core/data/dqd/result.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const checkNames: Readonly<Record<string, readonly string[]>> = {
  TABLE: ['cdmTable', 'measurePersonCompleteness', 'measureConditionEraCompleteness', 'measureObservationPeriodOverlap'],
  FIELD: [
    'cdmField',
    'isRequired',
    'cdmDatatype',
    'isPrimaryKey',
    'isForeignKey',
    'fkDomain',
    'fkClass',
    'isStandardValidConcept',
    'measureValueCompleteness',
    'standardConceptRecordCompleteness',
    'sourceConceptRecordCompleteness',
    'sourceValueCompleteness',
    'plausibleValueLow',
    'plausibleValueHigh',
    'plausibleTemporalAfter',
    'plausibleDuringLife',
    'withinVisitDates',
    'plausibleAfterBirth',
    'plausibleBeforeDeath',
    'plausibleStartBeforeEnd',
  ],
  CONCEPT: ['plausibleGender', 'plausibleGenderUseDescendants', 'plausibleUnitConceptIds'],
}

const types = `checkLevel,checkName,checkDescription,kahnContext,kahnCategory,kahnSubcategory,severity\n${Object.entries(
  checkNames,
)
  .flatMap(([level, names]) => names.map((name) => `${level},${name},words,Verification,Conformance,Value,fatal\n`))
  .join('')}`

/** Definition files with the columns that are asked; everything else counts as not asked. */
function definitionsOf(
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
  fields: readonly Readonly<Record<string, string>>[],
  concepts: readonly Readonly<Record<string, string>>[] = [],
): DqdDefinitions {
  const csv = (rows: readonly Readonly<Record<string, string>>[], first: readonly string[]): string => {
    const columns = [...new Set([...first, ...rows.flatMap((row) => Object.keys(row))])]
    const line = (cells: readonly string[]): string =>
      `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`
    return line(columns) + rows.map((row) => line(columns.map((column) => row[column] ?? ''))).join('')
  }
  const read = readDefinitions([
    types,
    csv(
      Object.entries(tables).map(([cdmTableName, row]) => ({ cdmTableName, ...row })),
      ['cdmTableName', 'isRequired'],
    ),
    csv(fields, ['cdmTableName', 'cdmFieldName']),
    csv(concepts, ['cdmTableName', 'cdmFieldName', 'conceptId']),
  ])
  if (typeof read === 'string') throw new Error(read)
  return read
}

async function run(
  files: Readonly<Record<string, string>>,
  definitions: DqdDefinitions,
  asOf = '2024-06-30',
): Promise<DqdReport> {
  const inputs = Object.entries(files).map(([table, text]) => ({
    source: bytesSource(`${table}.csv`, new TextEncoder().encode(text)),
    side: null,
    format: null,
    table,
    reading: { headerRows: 1, skipRows: 0, delimiter: ',' },
    schema: null,
  }))
  return finish(qualityDashboard({ inputs, definitions, asOf }, new AbortController().signal))
}

function one(report: DqdReport, name: string, field: string | null = null, concept: string | null = null): DqdResult {
  const found = report.results.filter(
    (result) => result.check.name === name && (field === null || result.field === field) && result.concept === concept,
  )
  expect(found).toHaveLength(1)
  return found[0] as DqdResult
}

const counts = ({ violated, of, state }: DqdResult): [number | null, number | null, string] => [violated, of, state]

const person = `person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime
1,8507,1980,5,20,1980-05-20 00:00:00
2,8532,1990,,,
3,8532,2000,2,29,
`
const death = 'person_id,death_date\n1,2020-01-01\n'
const concept = `concept_id,domain_id,concept_class_id,standard_concept,invalid_reason
10,Condition,Clinical Finding,S,
11,Drug,Ingredient,S,
12,Drug,Clinical Drug,"",
13,Condition,Clinical Finding,S,U
`
const all = {
  PERSON: {},
  DEATH: {},
  CONCEPT: {},
  VISIT_OCCURRENCE: {},
  CONDITION_OCCURRENCE: {},
  MEASUREMENT: {},
  OBSERVATION_PERIOD: {},
}
const field = (cdmTableName: string, cdmFieldName: string, row: Readonly<Record<string, string>>) => ({
  cdmTableName,
  cdmFieldName,
  ...row,
})

describe('conformance', () => {
  test('cdmTable and cdmField: a required table fails, an optional one is not applicable', async () => {
    const definitions = definitionsOf({ PERSON: { isRequired: 'Yes' }, DEATH: { isRequired: 'No' }, CONCEPT: {} }, [
      field('CONCEPT', 'concept_id', {}),
      field('CONCEPT', 'vocabulary_id', {}),
      field('DEATH', 'person_id', {}),
    ])
    const report = await run({ CONCEPT: concept }, definitions)
    const tables = report.results.filter(({ check }) => check.name === 'cdmTable')
    expect(tables.map(({ table, state }) => [table, state])).toEqual([
      ['concept', 'passed'],
      ['death', 'notApplicable'],
      ['person', 'failed'],
    ])
    expect(counts(one(report, 'cdmField', 'concept_id'))).toEqual([0, 1, 'passed'])
    expect(counts(one(report, 'cdmField', 'vocabulary_id'))).toEqual([1, 1, 'failed'])
    expect(one(report, 'cdmField', 'person_id').state).toBe('notApplicable')
  })

  test('isRequired, cdmDatatype and isPrimaryKey count over all rows; a repeated key counts every row that bears it', async () => {
    const asked = { isRequired: 'Yes', isRequiredThreshold: '0', cdmDatatype: 'integer', isPrimaryKey: 'Yes' }
    const csv = 'condition_occurrence_id,note\n1,a\n2,b\n2,c\n,d\n2.5,e\n2,f\n'
    const report = await run(
      { condition_occurrence: csv },
      definitionsOf(all, [field('CONDITION_OCCURRENCE', 'condition_occurrence_id', asked)]),
    )
    expect(counts(one(report, 'isRequired'))).toEqual([1, 6, 'failed'])
    expect(counts(one(report, 'cdmDatatype'))).toEqual([1, 6, 'failed'])
    expect(counts(one(report, 'isPrimaryKey'))).toEqual([3, 6, 'failed'])
  })

  test('isForeignKey: empty is no orphan, and an absent table makes the check not applicable', async () => {
    const asked = (fkTableName: string) => ({ isForeignKey: 'Yes', fkTableName, fkFieldName: 'PERSON_ID' })
    const fields = [
      field('CONDITION_OCCURRENCE', 'person_id', asked('PERSON')),
      field('CONDITION_OCCURRENCE', 'provider_id', asked('PROVIDER')),
    ]
    const csv = 'person_id,provider_id\n1,5\n9,5\n,5\n03,5\n'
    const report = await run({ person, condition_occurrence: csv }, definitionsOf(all, fields))
    expect(counts(one(report, 'isForeignKey', 'person_id'))).toEqual([1, 4, 'failed'])
    const absent = one(report, 'isForeignKey', 'provider_id')
    expect(counts(absent)).toEqual([null, null, 'notApplicable'])
    expect(absent.why).toContain('provider is not part of the export')
  })

  test('fkDomain, fkClass and isStandardValidConcept pass over concept 0, empty and unknown concepts', async () => {
    const fk = { isForeignKey: 'Yes', fkTableName: 'CONCEPT', fkFieldName: 'CONCEPT_ID' }
    const asked = { ...fk, fkDomain: 'Condition', fkClass: 'Clinical Finding', isStandardValidConcept: 'Yes' }
    const csv = 'id,condition_concept_id\n1,10\n2,11\n3,12\n4,13\n5,0\n6,\n7,99\n'
    const report = await run(
      { concept, condition_occurrence: csv },
      definitionsOf(all, [field('CONDITION_OCCURRENCE', 'condition_concept_id', asked)]),
    )
    expect(counts(one(report, 'fkDomain'))).toEqual([2, 7, 'failed'])
    expect(counts(one(report, 'fkClass'))).toEqual([2, 7, 'failed'])
    expect(counts(one(report, 'isStandardValidConcept'))).toEqual([2, 7, 'failed'])
    // 99 and 0 are not in the vocabulary of the export: orphans, reported once, by the foreign key.
    expect(counts(one(report, 'isForeignKey'))).toEqual([2, 7, 'failed'])
  })
})

describe('completeness', () => {
  test('values, concepts and distinct source values', async () => {
    const fields = [
      field('CONDITION_OCCURRENCE', 'condition_concept_id', {
        standardConceptRecordCompleteness: 'Yes',
        standardConceptRecordCompletenessThreshold: '50',
      }),
      field('CONDITION_OCCURRENCE', 'condition_source_concept_id', {
        sourceConceptRecordCompleteness: 'Yes',
        sourceConceptRecordCompletenessThreshold: '10',
      }),
      field('CONDITION_OCCURRENCE', 'condition_source_value', {
        measureValueCompleteness: 'Yes',
        measureValueCompletenessThreshold: '100',
        sourceValueCompleteness: 'Yes',
        standardConceptFieldName: 'CONDITION_CONCEPT_ID',
      }),
    ]
    const csv = `condition_concept_id,condition_source_concept_id,condition_source_value
10,0,flu
0,5,flu
0,5,
10,5,cold
`
    const report = await run({ condition_occurrence: csv }, definitionsOf(all, fields))
    expect(counts(one(report, 'standardConceptRecordCompleteness'))).toEqual([2, 4, 'passed'])
    expect(counts(one(report, 'sourceConceptRecordCompleteness'))).toEqual([1, 4, 'failed'])
    expect(counts(one(report, 'measureValueCompleteness'))).toEqual([1, 4, 'passed'])
    expect(counts(one(report, 'sourceValueCompleteness'))).toEqual([2, 3, 'failed'])
  })

  test('a unit is asked only where there is a number', async () => {
    const csv = 'value_as_number,unit_concept_id\n1,0\n2,8840\n,0\n'
    const asked = { standardConceptRecordCompleteness: 'Yes' }
    const report = await run({ measurement: csv }, definitionsOf(all, [field('MEASUREMENT', 'unit_concept_id', asked)]))
    expect(counts(one(report, 'standardConceptRecordCompleteness'))).toEqual([1, 2, 'failed'])
  })

  test('persons without a record', async () => {
    const tables = { ...all, DEATH: { measurePersonCompleteness: 'Yes', measurePersonCompletenessThreshold: '70' } }
    const report = await run({ person, death }, definitionsOf(tables, []))
    expect(counts(one(report, 'measurePersonCompleteness'))).toEqual([2, 3, 'passed'])
  })
})

describe('plausibility', () => {
  test('bounds as SQL writes them, with the given day as today', async () => {
    const fields = [
      field('CONDITION_OCCURRENCE', 'condition_start_date', {
        plausibleValueLow: "'19500101'",
        plausibleValueHigh: 'DATEADD(dd,1,GETDATE())',
      }),
      field('PERSON', 'year_of_birth', { plausibleValueLow: '1850', plausibleValueHigh: 'YEAR(GETDATE())+1' }),
    ]
    const csv = 'id,condition_start_date\n1,1949-12-31\n2,1950-01-01\n3,2024-07-01\n4,2024-07-02\n5,\n'
    const born = 'person_id,year_of_birth\n1,1849\n2,2025\n3,2026\n'
    const report = await run({ condition_occurrence: csv, person: born }, definitionsOf(all, fields))
    expect(counts(one(report, 'plausibleValueLow', 'condition_start_date'))).toEqual([1, 4, 'failed'])
    expect(counts(one(report, 'plausibleValueHigh', 'condition_start_date'))).toEqual([1, 4, 'failed'])
    expect(counts(one(report, 'plausibleValueLow', 'year_of_birth'))).toEqual([1, 3, 'failed'])
    expect(counts(one(report, 'plausibleValueHigh', 'year_of_birth'))).toEqual([1, 3, 'failed'])
  })

  test('a value that is no date makes the check an error, and a bound that can not be read as well', async () => {
    const fields = [
      field('CONDITION_OCCURRENCE', 'condition_start_date', {
        plausibleValueLow: "'19500101'",
        plausibleValueHigh: 'EOMONTH(GETDATE())',
      }),
    ]
    const report = await run(
      { condition_occurrence: 'id,condition_start_date\n1,2020-02-30\n2,2020-02-28\n' },
      definitionsOf(all, fields),
    )
    expect(one(report, 'plausibleValueLow')).toMatchObject({ state: 'error', violated: null })
    expect(one(report, 'plausibleValueHigh')).toMatchObject({ state: 'error', violated: null })
  })

  test('the order of a life: birth, visit, death', async () => {
    const asked = {
      plausibleTemporalAfter: 'Yes',
      plausibleTemporalAfterTableName: 'PERSON',
      plausibleTemporalAfterFieldName: 'BIRTH_DATETIME',
      plausibleAfterBirth: 'Yes',
      plausibleDuringLife: 'Yes',
      plausibleBeforeDeath: 'Yes',
      withinVisitDates: 'Yes',
      plausibleStartBeforeEnd: 'Yes',
      plausibleStartBeforeEndFieldName: 'CONDITION_END_DATE',
    }
    const visits = 'visit_occurrence_id,visit_start_date,visit_end_date\n7,2019-03-10,2019-03-12\n'
    const csv = `person_id,visit_occurrence_id,condition_start_date,condition_end_date
1,7,2019-03-03,2019-03-03
1,7,2019-03-02,2019-03-01
1,,2020-03-01,
1,8,2020-03-02,2020-03-05
2,,1990-01-01,1990-01-01
2,,1989-12-31,
3,,2000-05-31,
3,,,
`
    const report = await run(
      { person, death, visit_occurrence: visits, condition_occurrence: csv },
      definitionsOf(all, [field('CONDITION_OCCURRENCE', 'condition_start_date', asked)]),
    )
    // Person 2 counts from 01-Jun-1990 here and from 01-Jan-1990 below; person 3 from 01-Jun-2000 and from 29-Feb-2000.
    expect(counts(one(report, 'plausibleTemporalAfter'))).toEqual([3, 7, 'failed'])
    expect(counts(one(report, 'plausibleAfterBirth'))).toEqual([1, 7, 'failed'])
    // 60 days after 01-Jan-2020 is 01-Mar-2020.
    expect(counts(one(report, 'plausibleDuringLife'))).toEqual([1, 4, 'failed'])
    expect(counts(one(report, 'plausibleBeforeDeath'))).toEqual([1, 4, 'failed'])
    expect(counts(one(report, 'withinVisitDates'))).toEqual([1, 2, 'failed'])
    expect(counts(one(report, 'plausibleStartBeforeEnd'))).toEqual([1, 4, 'failed'])
  })

  test('within one table, an end is compared with its own start', async () => {
    const asked = {
      plausibleTemporalAfter: 'Yes',
      plausibleTemporalAfterTableName: 'CONDITION_OCCURRENCE',
      plausibleTemporalAfterFieldName: 'CONDITION_START_DATE',
    }
    const csv =
      'condition_start_date,condition_end_date\n2020-01-02,2020-01-01\n2020-01-01,2020-01-01\n2020-01-01,\n,2020-01-01\n'
    const report = await run(
      { condition_occurrence: csv },
      definitionsOf(all, [field('CONDITION_OCCURRENCE', 'condition_end_date', asked)]),
    )
    expect(counts(one(report, 'plausibleTemporalAfter'))).toEqual([1, 3, 'failed'])
  })

  test('sex and unit by concept', async () => {
    const concepts = [
      {
        cdmTableName: 'CONDITION_OCCURRENCE',
        cdmFieldName: 'CONDITION_CONCEPT_ID',
        conceptId: '26662',
        plausibleGender: 'Male',
        plausibleGenderThreshold: '5',
      },
      {
        cdmTableName: 'MEASUREMENT',
        cdmFieldName: 'MEASUREMENT_CONCEPT_ID',
        conceptId: '5',
        plausibleUnitConceptIds: '8840,-1',
        plausibleUnitConceptIdsThreshold: '5',
      },
      {
        cdmTableName: 'MEASUREMENT',
        cdmFieldName: 'MEASUREMENT_CONCEPT_ID',
        conceptId: '6',
        plausibleUnitConceptIds: '8840',
        plausibleUnitConceptIdsThreshold: '5',
      },
      {
        cdmTableName: 'MEASUREMENT',
        cdmFieldName: 'MEASUREMENT_CONCEPT_ID',
        conceptId: '7',
        plausibleUnitConceptIds: '8840',
        plausibleUnitConceptIdsThreshold: '5',
      },
    ]
    const conditions = 'person_id,condition_concept_id\n1,26662\n2,26662\n9,26662\n2,10\n'
    const measurements = `measurement_concept_id,value_as_number,unit_concept_id
5,1,8840
5,1,
5,1,8753
5,,8753
6,1,
`
    const report = await run(
      { person, condition_occurrence: conditions, measurement: measurements },
      definitionsOf(all, [], concepts),
    )
    expect(counts(one(report, 'plausibleGender', null, '26662'))).toEqual([1, 3, 'failed'])
    expect(counts(one(report, 'plausibleUnitConceptIds', null, '5'))).toEqual([1, 3, 'failed'])
    expect(counts(one(report, 'plausibleUnitConceptIds', null, '6'))).toEqual([1, 1, 'failed'])
    expect(counts(one(report, 'plausibleUnitConceptIds', null, '7'))).toEqual([0, 0, 'notApplicable'])
  })

  test('observation periods that overlap or touch, by person', async () => {
    const csv = `person_id,observation_period_start_date,observation_period_end_date
1,2000-01-01,2000-12-31
1,2001-01-01,2001-12-31
2,2000-01-01,2000-12-31
2,2001-01-02,2001-12-31
3,2000-01-01,2009-12-31
3,2002-01-01,2002-02-01
`
    const tables = {
      ...all,
      OBSERVATION_PERIOD: { measureObservationPeriodOverlap: 'Yes', measureObservationPeriodOverlapThreshold: '0' },
    }
    const report = await run({ observation_period: csv }, definitionsOf(tables, []))
    expect(counts(one(report, 'measureObservationPeriodOverlap'))).toEqual([2, 3, 'failed'])
  })
})

test('nothing to test is not applicable, never passed', async () => {
  const asked = { plausibleValueLow: '0', isRequired: 'Yes', isRequiredThreshold: '0' }
  const report = await run(
    { measurement: 'value_as_number,note\n' },
    definitionsOf(all, [field('MEASUREMENT', 'value_as_number', asked)]),
  )
  expect(one(report, 'plausibleValueLow').state).toBe('notApplicable')
  expect(one(report, 'isRequired').state).toBe('notApplicable')
})

test('the two check types that need a database are named with the reason', async () => {
  const report = await run({ person }, definitionsOf(all, []))
  expect(report.notEvaluated.map(({ what }) => what.split(' ')[0])).toEqual([
    'measureConditionEraCompleteness',
    'plausibleGenderUseDescendants',
  ])
})

test('concepts that the vocabulary given lacks are counted, told once each, and pass', async () => {
  const gender = { isStandardValidConcept: 'Yes', fkDomain: 'Gender' }
  const report = await run(
    {
      person: 'person_id,gender_concept_id\n1,8507\n2,8532\n3,8532\n4,0\n5,\n',
      concept: 'concept_id,domain_id,concept_class_id,standard_concept,invalid_reason\n8507,Gender,Gender,S,\n',
    },
    definitionsOf(all, [field('PERSON', 'gender_concept_id', gender)]),
  )
  expect(counts(one(report, 'isStandardValidConcept'))).toEqual([0, 5, 'passed'])
  expect(report.notEvaluated.map(({ what }) => what)).toContain('1 concept that CONCEPT does not hold')
})

test('rows carry the columns of the dashboard and no value of a record', async () => {
  const report = await run(
    { person: `${person}Zebedee,8507,1980,1,1,\n` },
    definitionsOf(all, [field('PERSON', 'person_id', { cdmDatatype: 'integer', isPrimaryKey: 'Yes' })]),
  )
  const rows = dqdRows(report)
  expect(JSON.stringify(rows)).not.toContain('Zebedee')
  expect(rows.find((row) => row.checkName === 'cdmDatatype')).toMatchObject({
    checkId: 'field_cdmdatatype_person_person_id',
    cdmTableName: 'PERSON',
    numViolatedRows: 1,
    numDenominatorRows: 4,
    pctViolatedRows: 0.25,
    failed: 1,
    notApplicable: 0,
    isError: 0,
  })
})

test('a second table of one name and ragged records are told, not counted', async () => {
  const definitions = definitionsOf(all, [field('PERSON', 'person_id', { isRequired: 'Yes' })])
  const text = (csv: string) => bytesSource('person.csv', new TextEncoder().encode(csv))
  const reading = { headerRows: 1, skipRows: 0, delimiter: ',' }
  const legacy = {
    source: text('person_id,note\n,a\n'),
    side: 'legacy' as const,
    format: null,
    table: 'person',
    reading,
    schema: null,
  }
  const target = { ...legacy, source: text('person_id,note\n1,a\n2\n3,b\n'), side: 'target' as const, table: 'PERSON' }
  const report = await finish(
    qualityDashboard({ inputs: [legacy, target], definitions, asOf: '2024-06-30' }, new AbortController().signal),
  )
  expect(counts(one(report, 'isRequired'))).toEqual([0, 2, 'passed'])
  const told = report.notEvaluated.map(({ what }) => what)
  expect(told).toContain('DataQualityDashboard on person.csv')
  expect(told).toContain('DataQualityDashboard on 1 record of person')
})

test('definition files that are missing or given twice are named', () => {
  expect(readDefinitions([types])).toContain('missing')
  expect(readDefinitions([types, types])).toContain('two files')
})
