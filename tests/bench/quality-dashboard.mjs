/** The dashboard's numerators and denominators once more, by SQL in DuckDB over the same files, written apart from the product's code. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const text = (value) => `'${String(value).replaceAll("'", "''")}'`

/**
 * Gives `{ compared, types, differences }`: results of `validate --dqd` whose counts were computed again, how many
 * check types they belong to, and those that differ. `results` are rows with the dashboard's column names.
 */
export async function compareWithSql(results, { target, definitions, asOf }) {
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const rows = async (sql) => (await database.runAndReadAll(sql)).getRowObjectsJS()
  const tables = new Map()
  for (const file of readdirSync(target).filter((name) => name.toLowerCase().endsWith('.csv'))) {
    const name = file.replace(/\.csv$/i, '').toLowerCase()
    await database.run(
      `create table "${name}" as select * from read_csv(${text(join(target, file))}, all_varchar=true, header=true, delim=',', quote='"', nullstr='')`,
    )
    const columns = await rows(`select column_name from information_schema.columns where table_name = ${text(name)}`)
    tables.set(name, new Set(columns.map(({ column_name }) => column_name.toLowerCase())))
  }
  const read = async (part) => {
    const file = readdirSync(definitions).find((name) => name.includes(part))
    return rows(`select * from read_csv(${text(join(definitions, file))}, all_varchar=true, header=true, nullstr='')`)
  }
  const levels = { TABLE: await read('Table_Level'), FIELD: await read('Field_Level'), CONCEPT: await read('Concept_Level') }
  const differences = []
  const types = new Set()
  let compared = 0
  for (const result of results) {
    const definition = levels[result.checkLevel].find(
      (row) =>
        row.cdmTableName.toUpperCase() === result.cdmTableName &&
        (result.cdmFieldName === null || row.cdmFieldName.toUpperCase() === result.cdmFieldName) &&
        (result.conceptId === null || row.conceptId === result.conceptId),
    )
    const sql = sqlOf(result, definition, { tables, asOf })
    if (sql === null) {
      if (result.notApplicable !== 1) differences.push(`${result.checkId}: SQL has nothing to run on, the report says otherwise`)
      continue
    }
    const [{ violated, total }] = await rows(`select ${sql.violated} as violated, ${sql.total} as total`)
    compared++
    types.add(result.checkName)
    if (Number(violated) !== result.numViolatedRows || Number(total) !== result.numDenominatorRows)
      differences.push(
        `${result.checkId}: SQL ${violated} of ${total}, report ${result.numViolatedRows} of ${result.numDenominatorRows}`,
      )
  }
  return { compared, types: types.size, differences }
}

/** Null where a table or column that the check needs is not there. */
function sqlOf(result, definition, { tables, asOf }) {
  const table = result.cdmTableName.toLowerCase()
  const field = result.cdmFieldName?.toLowerCase() ?? null
  const here = (name, ...columns) => tables.has(name) && columns.every((column) => tables.get(name).has(column))
  const name = result.checkName
  if (name === 'cdmTable')
    return definition.isRequired === 'Yes' || here(table) ? { violated: here(table) ? 0 : 1, total: 1 } : null
  if (name === 'cdmField') return here(table) ? { violated: here(table, field) ? 0 : 1, total: 1 } : null
  if (!here(table) || (field !== null && !here(table, field))) return null
  const all = `(select count(*) from "${table}")`
  const rows = (where, from = `"${table}" t`) => `(select count(*) from ${from} where ${where})`
  const day = (column) => `cast(${column} as date)`
  const filled = rows(`t.${field} is not null`)
  switch (name) {
    case 'isRequired':
    case 'measureValueCompleteness':
      return { violated: rows(`t.${field} is null`), total: all }
    case 'cdmDatatype':
      return { violated: rows(`t.${field} is not null and not regexp_full_match(trim(t.${field}), '[-+]?[0-9]+')`), total: all }
    case 'isPrimaryKey':
      return {
        violated: rows(`t.${field} in (select ${field} from "${table}" group by 1 having count(*) > 1)`),
        total: all,
      }
    case 'isForeignKey': {
      const [other, key] = [definition.fkTableName.toLowerCase(), definition.fkFieldName.toLowerCase()]
      if (!here(other, key)) return null
      return {
        violated: rows(`t.${field} is not null and not exists (select 1 from "${other}" o where o.${key} = t.${field})`),
        total: all,
      }
    }
    case 'fkDomain':
    case 'fkClass':
    case 'isStandardValidConcept': {
      if (!here('concept')) return null
      const wrong =
        name === 'fkDomain'
          ? `c.domain_id <> ${text(definition.fkDomain)}`
          : name === 'fkClass'
            ? `c.concept_class_id <> ${text(definition.fkClass)}`
            : `(c.standard_concept is distinct from 'S' or c.invalid_reason is not null)`
      return {
        violated: rows(`c.concept_id <> '0' and ${wrong}`, `"${table}" t join concept c on c.concept_id = t.${field}`),
        total: all,
      }
    }
    case 'standardConceptRecordCompleteness':
    case 'sourceConceptRecordCompleteness': {
      const numbers = field === 'unit_concept_id' && ['measurement', 'observation'].includes(table)
      const where = numbers ? 't.value_as_number is not null' : 'true'
      return { violated: rows(`t.${field} = '0' and ${where}`), total: rows(where) }
    }
    case 'sourceValueCompleteness': {
      const concept = definition.standardConceptFieldName.toLowerCase()
      if (!here(table, concept)) return null
      return {
        violated: `(select count(*) from (select distinct ${field} from "${table}" where ${concept} = '0'))`,
        total: `(select count(distinct ${field}) + count(distinct case when ${field} is null then 1 end) from "${table}")`,
      }
    }
    case 'plausibleValueLow':
    case 'plausibleValueHigh': {
      const bound = definition[name]
      const sign = name === 'plausibleValueLow' ? '<' : '>'
      const sql = bound
        .replace(/DATEADD\(dd,\s*(\d+),\s*GETDATE\(\)\)/, `(date ${text(asOf)} + interval '$1' day)`)
        .replace('YEAR(GETDATE())', `year(date ${text(asOf)})`)
        .replace(/^'(\d{4})(\d{2})(\d{2})'$/, "date '$1-$2-$3'")
      const value = sql.includes('date ') && !sql.startsWith('year') ? day(`t.${field}`) : `cast(t.${field} as double)`
      return { violated: rows(`${value} ${sign} ${sql}`), total: filled }
    }
    case 'plausibleTemporalAfter': {
      const other = definition.plausibleTemporalAfterTableName.toLowerCase()
      const column = definition.plausibleTemporalAfterFieldName.toLowerCase()
      if (other === 'person') {
        if (!here('person') || !here(table, 'person_id')) return null
        const born = `coalesce(cast(p.birth_datetime as date), cast(p.year_of_birth || '-06-01' as date))`
        return {
          violated: rows(`${born} > ${day(`t.${field}`)}`, `"${table}" t join person p on p.person_id = t.person_id`),
          total: filled,
        }
      }
      return here(table, column) ? { violated: rows(`${day(`t.${column}`)} > ${day(`t.${field}`)}`), total: filled } : null
    }
    case 'plausibleAfterBirth': {
      if (!here('person') || !here(table, 'person_id')) return null
      const born = `coalesce(cast(p.birth_datetime as date), make_date(cast(p.year_of_birth as int), cast(coalesce(p.month_of_birth, '1') as int), cast(coalesce(p.day_of_birth, '1') as int)))`
      return {
        violated: rows(`${day(`t.${field}`)} < ${born}`, `"${table}" t join person p on p.person_id = t.person_id`),
        total: filled,
      }
    }
    case 'plausibleDuringLife':
    case 'plausibleBeforeDeath': {
      if (!here('death') || !here(table, 'person_id')) return null
      const from = `"${table}" t join death d on d.person_id = t.person_id`
      return {
        violated: rows(`${day(`t.${field}`)} > cast(d.death_date as date) + interval 60 day`, from),
        total: rows(`t.${field} is not null`, from),
      }
    }
    case 'plausibleStartBeforeEnd': {
      const end = definition.plausibleStartBeforeEndFieldName.toLowerCase()
      if (!here(table, end)) return null
      return {
        violated: rows(`${day(`t.${field}`)} > ${day(`t.${end}`)}`),
        total: rows(`t.${field} is not null and t.${end} is not null`),
      }
    }
    case 'withinVisitDates': {
      if (!here('visit_occurrence') || !here(table, 'visit_occurrence_id')) return null
      const from = `"${table}" t join visit_occurrence v on v.visit_occurrence_id = t.visit_occurrence_id`
      const outside = `${day(`t.${field}`)} < cast(v.visit_start_date as date) - interval 7 day or ${day(`t.${field}`)} > cast(v.visit_end_date as date) + interval 7 day`
      return { violated: rows(outside, from), total: rows(`t.${field} is not null`, from) }
    }
    case 'plausibleGender': {
      if (!here('person') || !here(table, 'person_id')) return null
      const right = definition.plausibleGender === 'Male' ? '8507' : '8532'
      const from = `"${table}" t join person p on p.person_id = t.person_id`
      const concept = `t.${field} = ${text(result.conceptId)}`
      return { violated: rows(`${concept} and p.gender_concept_id <> '${right}'`, from), total: rows(concept) }
    }
    case 'plausibleUnitConceptIds': {
      if (!here(table, 'value_as_number', 'unit_concept_id')) return null
      const concept = `t.${field} = ${text(result.conceptId)} and t.value_as_number is not null`
      const units = definition.plausibleUnitConceptIds.split(',').map((unit) => text(unit.trim()))
      return { violated: rows(`${concept} and coalesce(t.unit_concept_id, '-1') not in (${units})`), total: rows(concept) }
    }
    case 'measurePersonCompleteness': {
      if (!here('person') || !here(table, 'person_id')) return null
      const total = '(select count(*) from person)'
      return { violated: rows(`not exists (select 1 from "${table}" o where o.person_id = t.person_id)`, 'person t'), total }
    }
    case 'measureObservationPeriodOverlap': {
      const pairs = `observation_period a join observation_period b on a.person_id = b.person_id and a.rowid <> b.rowid`
      const touch = `cast(a.observation_period_start_date as date) <= cast(b.observation_period_end_date as date) + interval 1 day and cast(b.observation_period_start_date as date) <= cast(a.observation_period_end_date as date) + interval 1 day`
      return {
        violated: `(select count(distinct a.person_id) from ${pairs} where ${touch})`,
        total: '(select count(distinct person_id) from observation_period)',
      }
    }
    default:
      throw new Error(`No SQL is written for ${name}`)
  }
}
