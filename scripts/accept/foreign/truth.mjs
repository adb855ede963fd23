/** Defects planted in foreign extracts, held against truths that were committed before the first run. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { build, root } from '../../setup.mjs'
import { cli, shared } from '../measure.mjs'

export const lines = [
  {
    name: 'defects',
    line: '40 planted defects of 38 kinds in two foreign extracts: ≥ 38 found with schema and rules proposed from the clean files, ≥ 25 without any schema',
    measure: plantedDefects,
  },
  {
    name: 'damages',
    line: 'pair-12: each of ten damages × 5 seeds told by its name with exact count and patients, nothing else grave',
    measure: damages,
  },
]

/** The field map that was made of proposals and recorded corrections; another one can be tried. */
const mapping = process.env.PAIR_MAPPING ?? join(root, 'tests', 'foreign', 'pair-12', 'mapping')

async function damages() {
  if (!existsSync(join(shared, 'data', 'pair-12'))) return { ok: false, figure: 'the pair is not there' }
  if (!existsSync(mapping)) return { ok: false, figure: `there is no field map at ${mapping}` }
  build()
  const { readTarget } = await imported('tests/foreign/pair-12/bundles.ts')
  const { damage, damageKinds } = await imported('tests/foreign/pair-12/damages.ts')
  const { DamageJudge } = await imported('tests/foreign/pair-12/judge-damage.ts')
  const seeds = Array.from({ length: Number(process.env.SEEDS ?? 5) }, (_, at) => at + 1)
  const folder = mkdtempSync(join(tmpdir(), 'carryover-damages-'))
  try {
    const before = readTarget()
    const clean = compared(folder, before)
    const judge = new DamageJudge(clean)
    const grave = clean.findings.filter(({ severity }) => ['critical', 'error'].includes(severity)).length
    const wrong = []
    for (const kind of damageKinds) {
      for (const seed of seeds) {
        const { files, truth } = damage(before, kind, seed)
        const { ok, why } = judge.judge(truth, before, files, compared(folder, files))
        if (!ok) wrong.push(`${kind} ${seed}: ${why}`)
      }
    }
    const tried = damageKinds.length * seeds.length
    return {
      ok: wrong.length === 0 && clean.unaccounted === 0 && grave === 0 && seeds.length >= 5,
      figure: [
        `as it is: ${clean.unaccounted} unaccounted, ${grave} grave findings`,
        `${tried - wrong.length} of ${tried} damages told exactly`,
        ...wrong,
      ].join('\n       '),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compared(folder, files) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { name, bundle } of files) writeFileSync(join(folder, name), JSON.stringify(bundle))
  const sides = ['--legacy', join(shared, 'data', 'pair-12', 'legacy'), '--target', folder, '--mapping', mapping]
  return JSON.parse(run(['reconcile', ...sides, '--format', 'json', '--max-rows', '100000', '--fail-on', 'never', '--quiet']))
}

async function plantedDefects() {
  if (!existsSync(join(shared, 'data', 'csv'))) return { ok: false, figure: 'the extracts are not there' }
  build()
  const { foreignExtracts, planted } = await imported('tests/foreign/defects/plants.ts')
  const { verdict } = await imported('tests/foreign/defects/judge.ts')
  const folder = mkdtempSync(join(tmpdir(), 'carryover-defects-'))
  try {
    const found = []
    for (const extract of foreignExtracts()) {
      const at = join(folder, extract.name)
      write(at, extract.files)
      const schema = proposed(at, join(folder, `${extract.name}.json`))
      const clean = { without: validated(at, []), proposed: validated(at, ['--schema', schema]) }
      for (const plant of extract.plants) {
        const defect = planted(extract, plant)
        write(at, defect.files)
        const own = proposed(at, join(folder, 'own.json'))
        found.push({
          ...defect,
          without: verdict(defect, clean.without, validated(at, [])),
          proposed: verdict(defect, clean.proposed, validated(at, ['--schema', schema])),
          own: verdict(defect, clean.proposed, validated(at, ['--schema', own])),
        })
        write(at, extract.files)
      }
    }
    const count = (mode) => found.filter((one) => one[mode].found).length
    const missed = (mode) => found.filter((one) => !one[mode].found).map(({ id, family }) => `${id} ${family}`)
    if (process.env.DETAILS)
      for (const one of found) console.log(one.id, one.family, one.without.by || '-', one.proposed.by || '-', one.own.by || '-')
    return {
      ok: found.length === 40 && count('proposed') >= 38 && count('without') >= 25,
      figure: [
        `${count('proposed')} of ${found.length} with the schema proposed from the clean files; missed: ${missed('proposed').join(', ') || 'none'}`,
        `${count('without')} without any schema (${found.filter(({ plain, without }) => plain && without.found).length} of the ${found.filter(({ plain }) => plain).length} that the file itself speaks against); missed of those: ${
          found
            .filter(({ plain, without }) => plain && !without.found)
            .map(({ id, family }) => `${id} ${family}`)
            .join(', ') || 'none'
        }`,
        `${count('own')} with the schema proposed from the damaged files themselves`,
      ].join('\n       '),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function imported(path) {
  const { module } = await runnerImport(join(root, path), { configFile: false, logLevel: 'silent' })
  return module
}

function write(folder, files) {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, `${name}.csv`), bytes)
}

function proposed(folder, schema) {
  run(['profile', join(folder, '*.csv'), '--suggest-schema', schema, '--format', 'json', '--quiet'])
  return schema
}

function validated(folder, options) {
  return JSON.parse(
    run([
      'validate',
      join(folder, '*.csv'),
      ...options,
      '--format',
      'json',
      '--fail-on',
      'never',
      '--max-rows',
      '100000',
      '--quiet',
    ]),
  )
}

function run(args) {
  const done = spawnSync(process.execPath, [cli(), ...args], { encoding: 'utf8', maxBuffer: 1 << 29 })
  if (done.status !== 0) throw new Error(`${args[0]}: ${done.stderr}`)
  return done.stdout
}
