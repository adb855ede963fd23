/** Acceptance of profiles, quality and sharded runs of extracts. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { cli, mega, tests, validate } from '../measure.mjs'

export const lines = [
  {
    name: 'shards',
    line: 'byte-identical profiles for 1, 7 and 64 shards in any order, no cell in plans and parts',
    measure: shards,
  },
  {
    name: 'shards-validate',
    line: 'byte-identical validations for 1, 7 and 64 shards in any order, no cell in plans and parts',
    measure: shardsOfValidation,
  },
  {
    name: 'shards-reconcile',
    line: 'byte-identical reconciliations for 1, 7 and 64 shards in any order, no key in parts',
    measure: () => tests(['tests/core/data/shards/reconciliation.test.ts', 'tests/cli/reconcile-shards.test.ts']),
  },
  { name: 'profile-masked', line: 'no value of the sample in a masked profile, in any format', measure: masked },
  { name: 'quality', line: 'every measure is n of N; nothing to measure is never a pass', measure: quality },
]

function run(program, args) {
  const done = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout
}

function within(work) {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-profile-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function shards() {
  return within((folder) => {
    const extract = join(folder, 'extract.csv')
    run(join(root, 'dist', 'cli', 'sample.js'), ['--extract', '25000000', '--out', extract])
    const profile = (...args) => run(cli(), ['profile', ...args, '--quiet'])
    const json = ['--format', 'json', '--reveal']
    const single = profile(extract, ...json)
    const plan = join(folder, 'plan.json')
    profile(extract, '--plan', plan)
    const same = []
    let largest = 0
    for (const count of [1, 7, 64]) {
      // Every third shard after the others, from the last to the first: no order that anything could rely on.
      const order = Array.from({ length: count }, (_, i) => count - i).sort((a, b) => (a % 3) - (b % 3))
      const parts = order.map((shard) => {
        const part = join(folder, `part-${count}-${shard}.json`)
        profile('--run', plan, '--shard', `${shard}/${count}`, '--out', part)
        largest = Math.max(largest, statSync(part).size)
        return part
      })
      same.push(profile(...json, '--merge', ...parts) === single)
    }
    const values = valuesOf(JSON.parse(single))
    const leaks = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .reduce((sum, text) => sum + values.filter((value) => text.includes(JSON.stringify(value))).length, 0)
    return {
      ok: same.every((one) => one) && leaks === 0,
      figure: `${same.filter((one) => one).length} of 3 reports identical over ${mega(statSync(extract).size)}; largest part ${mega(largest)}; ${leaks} of ${values.length} values in plan and parts`,
    }
  })
}

/** A rule of each kind, keys with a repeated and a missing one, and the time of the merge against that of one run. */
function shardsOfValidation() {
  return within((folder) => {
    const extract = join(folder, 'extract.csv')
    run(join(root, 'dist', 'cli', 'sample.js'), ['--extract', '25000000', '--out', extract])
    const schema = JSON.parse(readFileSync(join(folder, 'extract.schema.json'), 'utf8'))
    writeFileSync(join(folder, 'extract.schema.json'), JSON.stringify({ ...schema, primaryKey: ['id'] }))
    const reference = { fields: ['id'], reference: { resource: 'extract', fields: ['id'] } }
    const fields = [{ name: 'id', type: 'integer' }, { name: 'allergy' }]
    writeFileSync(join(folder, 'allergies.schema.json'), JSON.stringify({ fields, foreignKeys: [reference] }))
    const orphans = Array.from({ length: 5000 }, (_, i) => `${i % 100 === 0 ? 900_000_000 + i : i + 1},penicillin`)
    writeFileSync(join(folder, 'allergies.csv'), `id,allergy\n${orphans.join('\n')}\n`)
    const first = readFileSync(extract, 'utf8').split('\n')[4]
    appendFileSync(extract, `${first}\n`)
    const assert = { on: 'extract', id: 'dose below 99.5', assert: 'dose < 99.5', severity: 'error' }
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ rules: [assert] }))
    const took = { single: 0, merge: 0 }
    const validate = (what, ...args) => {
      const before = performance.now()
      const text = run(cli(), ['validate', ...args, '--quiet', '--fail-on', 'never'])
      took[what] = performance.now() - before
      return text
    }
    const asked = [extract, join(folder, 'allergies.csv'), '--checks', join(folder, 'rules.json'), '--as-of', '2026-01-01']
    for (const table of ['extract', 'allergies']) asked.push('--schema', join(folder, `${table}.schema.json`))
    const timeless = (text) => {
      const { run: _run, ...report } = JSON.parse(text)
      return JSON.stringify(report)
    }
    const single = timeless(validate('single', ...asked, '--format', 'json'))
    const plan = join(folder, 'plan.json')
    validate('plan', ...asked, '--plan', plan)
    const same = []
    let largest = 0
    for (const count of [1, 7, 64]) {
      const order = Array.from({ length: count }, (_, i) => count - i).sort((a, b) => (a % 3) - (b % 3))
      const parts = order.map((shard) => {
        const part = join(folder, `part-${count}-${shard}.json`)
        validate('part', '--run', plan, '--shard', `${shard}/${count}`, '--out', part)
        largest = Math.max(largest, statSync(part).size)
        return part
      })
      same.push(timeless(validate('merge', '--format', 'json', '--merge', ...parts)) === single)
    }
    const report = JSON.parse(single)
    const codes = new Set(report.findings.map(({ code }) => code))
    const wanted = ['data/value-list', 'data/unique-key', 'data/foreign-key', 'data/custom-rule']
    const missing = wanted.filter((code) => !codes.has(code))
    const leaks = readdirSync(folder)
      .filter((name) => name === 'plan.json' || name.startsWith('part-'))
      .filter((name) => /penicillin|follow-up|1980-02-30/.test(readFileSync(join(folder, name), 'utf8'))).length
    return {
      ok: same.every((one) => one) && leaks === 0 && missing.length === 0,
      figure: `${same.filter((one) => one).length} of 3 reports identical over ${mega(statSync(extract).size)}, ${codes.size} kinds of findings${missing.length > 0 ? `, without ${missing.join(', ')}` : ''}; merge ${(took.merge / took.single).toFixed(2)} of the time of one run; largest part ${(largest / 1e3).toFixed(0)} kB; values in ${leaks} files`,
    }
  })
}

/** Values that a profile shows when it is asked to; short ones occur in every text. */
function valuesOf({ fields }) {
  const all = fields.flatMap(({ min, max, top }) => [min, max, ...(top?.values ?? []).map(({ value }) => value)])
  return [...new Set(all)].filter((value) => value !== null && value.length >= 6)
}

function masked() {
  return within((folder) => {
    const sample = join(folder, 'riverside')
    run(join(root, 'dist', 'cli', 'sample.js'), ['--out', sample, '--patients', '200'])
    const profile = (...args) => {
      const done = spawnSync(process.execPath, [cli(), 'profile', sample, ...args, '--quiet'], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      if (done.stdout === '') throw new Error(done.stderr)
      return done.stdout
    }
    const shown = JSON.parse(profile('--format', 'json', '--reveal'))
    const values = valuesOf(shown)
    const names = JSON.stringify([shown.fields.map(({ field }) => field), shown.inputs, shown.notEvaluated])
    const hidden = values.filter((value) => !names.includes(value))
    const leaks = ['text', 'json', 'csv', 'markdown'].flatMap((format) => {
      const text = profile('--format', format)
      return hidden.filter((value) => text.includes(value))
    })
    return {
      ok: hidden.length > 50 && leaks.length === 0,
      figure: `${leaks.length} of ${hidden.length} values in text, JSON, CSV and Markdown`,
    }
  })
}

function quality() {
  const proofs = tests(['tests/core/data/quality', 'tests/core/data/profile', 'tests/core/data/nulls'])
  return within((folder) => {
    const sample = join(folder, 'riverside')
    run(join(root, 'dist', 'cli', 'sample.js'), ['--out', sample, '--patients', '200'])
    const { quality: fields } = validate([sample])
    const words = ['completeness', 'consistency', 'plausibility', 'accuracy', 'timeliness']
    const measures = fields.flatMap((field) => words.map((word) => field[word]))
    const hollow = measures.filter(({ of, status }) => of === 0 && !['not-applicable', 'not-run'].includes(status)).length
    const count = (status) => measures.filter((measure) => measure.status === status).length
    return {
      ok: proofs.ok && measures.length > 0 && hollow === 0,
      figure: `${proofs.figure}; ${fields.length} columns of the sample: ${count('pass')} pass, ${count('pass-with-exceptions')} with exceptions, ${count('fail')} fail, ${count('not-applicable')} not applicable, ${count('not-run')} not run; ${hollow} passes of nothing`,
    }
  })
}
