/** Damages of a migration that agrees, held against truths that were committed before the first run. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { build, root } from '../../setup.mjs'
import { cli, shared } from '../measure.mjs'

export const lines = [
  {
    name: 'damages',
    line: 'pair-12, by a map of proposals and recorded corrections: each of ten damages × 5 seeds told by its name with exact count and patients, nothing else grave',
    measure: damages,
  },
]

async function damages() {
  if (!existsSync(join(shared, 'data', 'pair-12'))) return { ok: false, figure: 'the pair is not there' }
  build()
  const { readTarget } = await imported('tests/foreign/pair-12/bundles.ts')
  const { damage, damageKinds } = await imported('tests/foreign/pair-12/damages.ts')
  const { DamageJudge } = await imported('tests/foreign/pair-12/judge-damage.ts')
  const seeds = Array.from({ length: Number(process.env.SEEDS ?? 5) }, (_, at) => at + 1)
  const folder = mkdtempSync(join(tmpdir(), 'carryover-damages-'))
  try {
    const mapping = process.env.PAIR_MAPPING ?? (await mapOfProposals(join(folder, 'mapping')))
    const compared = (files) => comparedBy(mapping, join(folder, 'target'), files)
    const before = readTarget()
    const clean = compared(before)
    const judge = new DamageJudge(clean)
    const grave = clean.findings.filter(({ severity }) => ['critical', 'error'].includes(severity)).length
    const wrong = []
    for (const kind of damageKinds) {
      for (const seed of seeds) {
        const { files, truth } = damage(before, kind, seed)
        const { ok, why } = judge.judge(truth, before, files, compared(files))
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

/** Writes the map that proposals and recorded corrections make. */
async function mapOfProposals(folder) {
  const { files } = await imported('tests/foreign/pair-12/proposed-map.ts')
  mkdirSync(join(folder, 'values'), { recursive: true })
  for (const [path, text] of files) writeFileSync(join(folder, path), text)
  return folder
}

function comparedBy(mapping, folder, files) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { name, bundle } of files) writeFileSync(join(folder, name), JSON.stringify(bundle))
  const sides = ['--legacy', join(shared, 'data', 'pair-12', 'legacy'), '--target', folder, '--mapping', mapping]
  return JSON.parse(run(['reconcile', ...sides, '--format', 'json', '--max-rows', '100000', '--fail-on', 'never', '--quiet']))
}

async function imported(path) {
  const { module } = await runnerImport(join(root, path), { configFile: false, logLevel: 'silent' })
  return module
}

function run(args) {
  const done = spawnSync(process.execPath, [cli(), ...args], { encoding: 'utf8', maxBuffer: 1 << 29 })
  if (done.status !== 0) throw new Error(`${args[0]}: ${done.stderr}`)
  return done.stdout
}
