/** Defects planted in two foreign extracts, each run through the verbs of the command line, all in this process. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runnerImport, build as viteBuild } from 'vite'
import { build, root } from '../../setup.mjs'
import { shared } from '../measure.mjs'

export const lines = [
  {
    name: 'defects',
    line: '40 planted defects of 38 kinds in two foreign extracts: ≥ 38 found with schema and rules proposed from the clean files, ≥ 25 without any schema',
    measure: plantedDefects,
  },
]

/** `PLANTS=s04,o16` tries some of them, `DETAILS=1` prints what found each. */
async function plantedDefects() {
  if (!existsSync(join(shared, 'data', 'csv'))) return { ok: false, figure: 'the extracts are not there' }
  const { foreignExtracts, planted } = await imported('tests/foreign/defects/plants.ts')
  const { verdict } = await imported('tests/foreign/defects/judge.ts')
  const asked = process.env.PLANTS?.split(',')
  build()
  // Inside the project, so that what the program does not carry itself is found.
  const folder = mkdtempSync(join(root, 'dist', 'defects-'))
  try {
    const carryover = await program(join(folder, 'program'))
    const found = []
    for (const extract of foreignExtracts()) {
      const at = join(folder, extract.name)
      write(at, extract.files)
      const tables = join(at, '*.csv')
      const schema = join(folder, `${extract.name}.json`)
      await carryover('profile', tables, '--suggest-schema', schema, '--format', 'json')
      const validated = async (...options) =>
        JSON.parse(
          await carryover('validate', tables, ...options, '--format', 'json', '--fail-on', 'never', '--max-rows', '100000'),
        )
      const clean = { without: await validated(), proposed: await validated('--schema', schema) }
      for (const plant of extract.plants) {
        if (asked !== undefined && !asked.includes(plant.id)) continue
        const defect = planted(extract, plant)
        const changed = [...defect.files].filter(([name, bytes]) => bytes !== extract.files.get(name))
        write(at, changed)
        const one = {
          ...defect,
          without: verdict(defect, clean.without, await validated()),
          proposed: verdict(defect, clean.proposed, await validated('--schema', schema)),
        }
        write(
          at,
          changed.map(([name]) => [name, extract.files.get(name)]),
        )
        found.push(one)
        if (process.env.DETAILS) console.log(one.id, one.family, '|', one.without.by || '-', '|', one.proposed.by || '-')
      }
    }
    const hit = (mode) => found.filter((one) => one[mode].found)
    const missed = (mode, of = found) => of.filter((one) => !one[mode].found).map(({ id, family }) => `${id} ${family}`)
    const plain = found.filter((one) => one.plain)
    return {
      ok: found.length === 40 && hit('proposed').length >= 38 && hit('without').length >= 25,
      figure: [
        `${hit('proposed').length} of ${found.length} with the schema proposed from the clean files; missed: ${missed('proposed').join(', ') || 'none'}`,
        `${hit('without').length} without any schema (${plain.filter(({ without }) => without.found).length} of the ${plain.length} that the file itself speaks against); missed of those: ${missed('without', plain).join(', ') || 'none'}`,
      ].join('\n       '),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The verbs as functions that give what they print: built as the command line is, without a process per run. */
async function program(folder) {
  const input = { program: join(root, 'src', 'cli', 'program.ts') }
  await viteBuild({ root, mode: 'cli', logLevel: 'silent', build: { outDir: folder, rollupOptions: { input } } })
  const { run } = await import(pathToFileURL(join(folder, 'program.js')).href)
  return async (...words) => {
    const written = process.stdout.write
    let said = ''
    process.stdout.write = (text) => {
      said += text
      return true
    }
    try {
      const code = await run([...words, '--quiet'])
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}.`)
      return said
    } finally {
      process.stdout.write = written
      process.exitCode = undefined
    }
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
