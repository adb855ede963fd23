/** Acceptance of profiles and quality of extracts. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../setup.mjs'
import { cli, tests, validate } from '../measure.mjs'

export const lines = [
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

/** Values that a profile shows when it is asked to; short ones occur in every text. */
function valuesOf({ fields }) {
  const all = fields.flatMap(({ min, max, top }) => [min, max, ...(top?.values ?? []).map(({ value }) => value)])
  return [...new Set(all)].filter((value) => value !== null && value.length >= 6)
}

function masked() {
  return within((folder) => {
    const sample = join(folder, 'riverside')
    run(cli(), ['example', '--out', sample, '--patients', '200'])
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
    run(cli(), ['example', '--out', sample, '--patients', '200'])
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
