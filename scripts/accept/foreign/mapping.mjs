/** Proposed field maps held against maps that were written by hand from published definitions. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { build, root } from '../../setup.mjs'
import { cli, printed, shared } from '../measure.mjs'

export const lines = [
  {
    name: 'proposals',
    line: 'Proposals on pair-12 and on legacy-synthea-27 for OMOP 5.4: ≥ 80 % of a map by hand proposed, ≤ 5 % wrong; ≥ 60 % with every known shape switched off',
    measure: proposals,
  },
  {
    name: 'pair-12',
    line: 'pair-12 by a map of proposals and recorded corrections: every table exact, 0 unaccounted, 0 critical or error',
    measure: () => printed(['tests/foreign/pair-12/corrections.test.ts'], /lines proposed/),
  },
]

const data = join(shared, 'data')

const cases = [
  {
    name: 'pair-12',
    map: 'pair-12.csv',
    args: [join(data, 'pair-12', 'legacy', '*.csv'), '--target', join(data, 'pair-12', 'target')],
  },
  {
    name: 'synthea-27 for OMOP',
    map: 'synthea-27-omop.csv',
    args: [
      join(data, 'csv', 'legacy-synthea-27', '*.csv'),
      '--schema',
      join(data, 'csv', 'target-omop-cdm54', 'OMOP_CDMv5.4_Field_Level.csv'),
    ],
  },
]

async function proposals() {
  if (!existsSync(join(data, 'pair-12'))) return { ok: false, figure: 'the pair is not there' }
  build()
  const { module } = await runnerImport(join(root, 'src', 'core', 'data', 'crosswalk', 'csv-text.ts'), {
    configFile: false,
    logLevel: 'silent',
  })
  const figures = []
  let ok = true
  for (const { name, map, args } of cases) {
    const truth = truthOf(module.parseCsvText(readFileSync(join(root, 'tests', 'foreign', 'maps', map), 'utf8')))
    for (const shapes of [true, false]) {
      const found = scored(truth, suggested([...args, ...(shapes ? [] : ['--no-shapes'])]))
      const share = found.right / found.wanted
      const wrong = found.wrong.length / found.proposed
      ok &&= share >= (shapes ? 0.8 : 0.6) && wrong <= 0.05
      figures.push(
        `${name}, shapes ${shapes ? 'on' : 'off'}: ${found.right} of ${found.wanted} lines by hand proposed (${percent(share)}), ${found.wrong.length} of ${found.proposed} proposals wrong (${percent(wrong)})`,
      )
      if (process.env.DETAILS)
        console.log(name, shapes, '\nmissed:', found.missed.join('\n  '), '\nwrong:', found.wrong.join('\n  '))
    }
  }
  return { ok, figure: figures.join('\n       ') }
}

const percent = (share) => `${(100 * share).toFixed(1)} %`

function suggested(args) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-suggest-'))
  try {
    const done = spawnSync(
      process.execPath,
      [cli(), 'map', ...args, '--suggest', join(folder, 'fields.csv'), '--format', 'json', '--quiet'],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    if (done.status !== 0) throw new Error(done.stderr)
    return JSON.parse(done.stdout).suggestions
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function truthOf([header, ...rows]) {
  const at = (cells, name) => cells[header.cells.indexOf(name)] ?? ''
  return new Map(
    rows.map(({ cells }) => [
      `${at(cells, 'source')}.${at(cells, 'column')}`.toLowerCase(),
      {
        carried: at(cells, 'carried'),
        targets: at(cells, 'targets')
          .split('|')
          .map((one) => one.trim())
          .filter(Boolean),
      },
    ]),
  )
}

/** A path without indices, slices and conditions; a link with or without its `reference`, a choice with or without its type. */
function formsOf(path) {
  const plain = path
    .replace(/\.where\((?:[^'()]|'[^']*')*\)/g, '')
    .replace(/\[[^\]]*\]|:\w+/g, '')
    .toLowerCase()
    .replace(/\.reference$/, '')
  return [plain, plain.replace(/\.(value|onset|effective|occurrence|performed|deceased)[a-z]+/g, '.$1')]
}

function isOneOf(target, targets) {
  const forms = new Set(targets.flatMap(formsOf))
  return formsOf(target).some((form) => forms.has(form))
}

function scored(truth, suggestions) {
  const proposals = new Map()
  for (const { table, column, rule, target } of suggestions) {
    if (target === '' || table === '' || column === '' || rule === 'filter' || rule === 'group' || rule === '') continue
    const key = `${table}.${column}`.toLowerCase()
    const own = proposals.get(key) ?? new Map()
    own.set(formsOf(target)[0], target)
    proposals.set(key, own)
  }
  const wanted = [...truth].filter(([, { carried }]) => carried === 'yes')
  const missed = wanted.filter(
    ([key, { targets }]) => ![...(proposals.get(key)?.values() ?? [])].some((one) => isOneOf(one, targets)),
  )
  const all = [...proposals].flatMap(([key, own]) => [...own.values()].map((target) => ({ key, target })))
  const wrong = all.filter(({ key, target }) => {
    const line = truth.get(key)
    return line === undefined || line.carried === 'no' || !isOneOf(target, line.targets)
  })
  return {
    wanted: wanted.length,
    right: wanted.length - missed.length,
    proposed: all.length,
    missed: missed.map(([key]) => key),
    wrong: wrong.map(({ key, target }) => `${key} → ${target}`),
  }
}
