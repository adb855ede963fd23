/** Acceptance of patients, reports, rejected records and baselines of extracts. */
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { cli, mega, tests, validate, withExtracts } from '../measure.mjs'

export const lines = [
  {
    name: 'patients',
    line: '1 million patients, findings two keys away from them: exact patients',
    measure: patientsAtScale,
  },
  {
    name: 'reports',
    line: 'SARIF 2.1.0 and frictionless within their shapes, no value in any format, formula fixtures in both modes',
    measure: () =>
      tests([
        'tests/core/data/report/shapes.test.ts',
        'tests/core/data/report/formats.test.ts',
        'tests/core/values/spreadsheet.test.ts',
      ]),
  },
  {
    name: 'rejects',
    line: 'accepted + rejected = read, rejected bytes unchanged, all rows of a finding',
    measure: rejectsOfExtract,
  },
  { name: 'baseline', line: 'two runs compared, acceptances with expiry, worklist without patients', measure: baselines },
]

const patients = 1_000_000

async function patientsAtScale() {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-patients-'))
  try {
    const schema = (fields, rest) => ({ fields: fields.map((name) => ({ name })), ...rest })
    const key = (field, resource) => [{ fields: field, reference: { resource, fields: field } }]
    const resources = [
      { name: 'patients', path: 'patients.csv', schema: schema(['mrn'], { primaryKey: 'mrn' }) },
      {
        name: 'encounters',
        path: 'encounters.csv',
        schema: schema(['enc', 'mrn'], { primaryKey: 'enc', foreignKeys: key('mrn', 'patients') }),
      },
      {
        name: 'claim_lines',
        path: 'claim_lines.csv',
        schema: {
          fields: [{ name: 'line' }, { name: 'enc' }, { name: 'code', constraints: { enum: ['a', 'b'] } }],
          foreignKeys: key('enc', 'encounters'),
        },
      },
    ]
    writeFileSync(join(folder, 'datapackage.json'), JSON.stringify({ name: 'scale', resources }))
    await table(folder, 'patients', 'mrn', patients, (i) => `${1e7 + i}`)
    await table(folder, 'encounters', 'enc,mrn', patients * 2, (i) => `e${i},${1e7 + ((i * 7) % patients)}`)
    const expected = new Set()
    await table(folder, 'claim_lines', 'line,enc,code', patients * 2, (i) => {
      const encounter = (i * 13) % (patients * 2)
      const bad = i % 100 === 0
      if (bad) expected.add((encounter * 7) % patients)
      return `${i},e${encounter},${bad ? 'x' : 'a'}`
    })
    const files = resources.map(({ path }) => join(folder, path))
    const args = [
      cli(),
      'validate',
      ...files,
      '--schema',
      join(folder, 'datapackage.json'),
      '--format',
      'json',
      '--quiet',
      '--fail-on',
      'never',
    ]
    const done = spawnSync(process.execPath, [join(root, 'scripts/peak-memory.mjs'), ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const finding = JSON.parse(done.stdout).findings.find(({ code }) => code === 'data/value-list')
    const peak = Number(/peak (\d+)/.exec(done.stderr)?.[1])
    const read = files.reduce((sum, file) => sum + statSync(file).size, 0)
    return {
      ok: finding.patients === expected.size && finding.count === patients / 50,
      figure: `${finding.count} defects of ${finding.patients} patients, ${expected.size} by an independent count; peak ${mega(peak)} over ${mega(read)} of files`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function table(folder, name, header, rows, row) {
  const out = createWriteStream(join(folder, `${name}.csv`))
  out.write(`${header}\n`)
  for (let at = 0; at < rows; at += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - at) }, (_, i) => row(at + i))
    if (!out.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => out.once('drain', resolve))
  }
  await new Promise((resolve) => out.end(resolve))
}

function rejectsOfExtract() {
  return withExtracts(async (small) => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-rejects-'))
    try {
      const all = join(folder, 'all.csv')
      const plain = validate([small.path, '--schema', small.schema])
      const wanted = plain.findings[0]
      const report = validate([
        small.path,
        '--schema',
        small.schema,
        '--rejects',
        folder,
        '--rows',
        `${wanted.code}@${wanted.field}=${all}`,
      ])
      const [{ read, accepted, rejected, records }] = report.rejects
      const original = readFileSync(small.path)
      const written = readFileSync(join(folder, records))
      const codes = readFileSync(join(folder, report.rejects[0].codes), 'utf8').split('\r\n').slice(1, -1)
      const head = original.indexOf(10) + 1
      let at = head
      let same = written.subarray(0, head).equals(original.subarray(0, head))
      for (const line of codes) {
        const from = Number(line.split(',')[2])
        const start = original.subarray(from, from + 12)
        at = written.indexOf(start, at)
        same &&= at >= 0
        at += start.length
      }
      // Read again, the rejects are as many records and nothing of them is lost.
      const again = validate([join(folder, records), '--schema', small.schema])
      same &&= again.inputs[0].records === rejected
      const rows = readFileSync(all, 'utf8').split('\r\n').length - 2
      const ok =
        accepted + rejected === read &&
        read === report.inputs[0].records &&
        same &&
        rows === wanted.count &&
        codes.length === rejected
      return {
        ok,
        figure: `${read} read = ${accepted} accepted + ${rejected} rejected; ${rows} of ${wanted.count} rows of ${wanted.code} at ${wanted.field}`,
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

function baselines() {
  build()
  const load = (n) => join(root, 'samples', 'data', `load-${n}.json`)
  const done = spawnSync(process.execPath, [cli(), 'baseline', 'compare', load(1), load(2), '--format', 'json'], {
    encoding: 'utf8',
  })
  const { counts } = JSON.parse(done.stdout)
  const { ok, figure } = tests(['tests/core/data/baseline', 'tests/cli/baseline.test.ts'])
  const words = Object.entries(counts).map(([state, n]) => `${n} ${state}`)
  return { ok: ok && done.status === 1, figure: `load 1 → load 2: ${words.join(', ')}; tests: ${figure}` }
}
