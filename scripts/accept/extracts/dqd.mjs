/** DataQualityDashboard parity: our counts against SQL over the same files, as they are and with seeded damage. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPeers } from '../../bench-peers.mjs'
import { build } from '../../setup.mjs'
import { cli, shared } from '../measure.mjs'

export const lines = [
  {
    name: 'dqd',
    line: 'DataQualityDashboard: ≥ 25 of 27 check types, numerators and denominators as by SQL',
    measure: qualityDashboard,
  },
]

const definitions = join(shared, 'data', 'csv', 'checks-dqd')
const target = join(shared, 'data', 'csv', 'target-omop-27nj')
const asOf = '2022-12-31'

async function qualityDashboard() {
  build()
  installPeers()
  const { compareWithSql } = await import('../../../tests/bench/quality-dashboard.mjs')
  const damaged = mkdtempSync(join(tmpdir(), 'carryover-dqd-'))
  try {
    damage(damaged)
    const plain = run(target)
    const broken = run(damaged)
    const a = await compareWithSql(plain.CheckResults, { target, definitions, asOf })
    const b = await compareWithSql(broken.CheckResults, { target: damaged, definitions, asOf })
    const known = new Set(broken.CheckResults.map((row) => row.checkName)).size
    const differences = [...a.differences, ...b.differences]
    return {
      ok: known >= 25 && b.types >= 25 && differences.length === 0,
      figure: `${known} check types; ${a.compared} counts as given and ${b.compared} with seeded damage (${b.types} types, ${broken.Overview.countFailed} failed checks) compared with SQL, ${differences.length} differ${differences.slice(0, 3).map((one) => `; ${one}`)}`,
    }
  } finally {
    rmSync(damaged, { recursive: true, force: true })
  }
}

function run(folder) {
  const args = ['validate', join(folder, '*.csv'), '--dqd', definitions, '--as-of', asOf, '--quiet', '--format', 'dqd']
  const done = spawnSync(process.execPath, [cli(), ...args, '--fail-on', 'never'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(done.stderr)
  return JSON.parse(done.stdout)
}

/** The same tables with cells emptied, exchanged or shifted by years, and two tables that the export lacks. */
function damage(folder) {
  let state = 20_221_231
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
  for (const file of readdirSync(target).filter((name) => name.endsWith('.csv'))) {
    const [header, ...records] = readFileSync(join(target, file), 'utf8').trimEnd().split(/\r?\n/)
    const columns = header.split(',')
    // A join would count rows of a repeated person, visit, death or concept twice, a look-up once: their keys stay.
    const joined = ['PERSON.csv', 'DEATH.csv', 'VISIT_OCCURRENCE.csv', 'CONCEPT.csv'].includes(file)
    const lines = records.map((record) => {
      // Quoted cells are left as they are: the damage is in values, not in the form of the file.
      if (record.includes('"') || random(4) > 0) return record
      const cells = record.split(',')
      const at = joined ? 1 + random(cells.length - 1) : random(cells.length)
      const cell = cells[at]
      const column = columns[at]
      if (/date/.test(column)) {
        if (cell !== '') cells[at] = `${Number(cell.slice(0, 4)) + random(120) - 60}${cell.slice(4).replace('-02-29', '-02-28')}`
      } else if (/_id$/.test(column)) cells[at] = ['', '0', String(random(40)), `${random(9)}.5`][random(4)]
      else if (!/birth/.test(column)) cells[at] = ''
      return cells.join(',')
    })
    // A repeated record repeats a key.
    if (lines.length > 3 && !joined) lines.push(lines[random(lines.length)], lines[1])
    writeFileSync(join(folder, file), `${[header, ...lines].join('\n')}\n`)
  }
  const concepts = readFileSync(join(target, 'CONCEPT.csv'), 'utf8')
    .split('\n')
    .slice(1, 200)
    .map((line) => line.split(',')[0])
  const measured = ['3004249', '3012888', '3013762', '3025315', '40762636', concepts[0]]
  writeFileSync(
    join(folder, 'MEASUREMENT.csv'),
    `measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,value_as_number,unit_concept_id,measurement_type_concept_id,unit_source_value\n${Array.from(
      { length: 400 },
      (_, i) =>
        `${i % 390},${random(30)},${measured[random(measured.length)]},${1940 + random(90)}-01-0${1 + random(9)},,${random(3) > 0 ? random(200) : ''},${['8876', '9529', '0', '', '8582'][random(5)]},${concepts[random(50)]},${['mm', '', 'kg'][random(3)]}\n`,
    ).join('')}`,
  )
  writeFileSync(
    join(folder, 'DRUG_ERA.csv'),
    `drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date,drug_exposure_count,gap_days\n${Array.from(
      { length: 100 },
      (_, i) => `${i},${1 + random(28)},${concepts[random(199)]},2010-0${1 + random(9)}-01,2010-0${1 + random(9)}-02,1,0\n`,
    ).join('')}`,
  )
}
