/** No control of a terminal passes from data to standard output or standard error: every verb, every flag, every place of a name. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { verbs } from '../../src/cli/verbs.ts'
import { carryover, root, writeSample } from './command-line.ts'
import { escapesIn, hostile, hostileTables, textMembers, withHostile, withHostileMembers } from './hostile-names.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-escapes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: readonly string[]): string => join(folder, ...names)

/** Both streams are terminals, where even tables and drawings are shown with their controls. */
const terminal = at('terminal.mjs')
writeFileSync(
  terminal,
  'for (const stream of [process.stdout, process.stderr]) Object.defineProperty(stream, "isTTY", { value: true })\n',
)

interface Shown {
  readonly words: readonly string[]
  readonly cwd?: string
  readonly program?: string
}

/** Runs of one group, two at a time; gives what reached the terminal though it should not. */
async function shown(runs: readonly Shown[]): Promise<string[]> {
  const leaks: string[] = []
  const waiting = [...runs]
  const next = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const { code, text } = await once(run)
      const name = run.words.join(' ').replaceAll(hostile, 'NAME').replaceAll(folder, '')
      // A run that an error of the program itself ends has shown nothing of its result.
      if (code === 4 || code === null) leaks.push(`${name}: exit ${code}: ${JSON.stringify(text.slice(0, 400))}`)
      for (const leak of escapesIn(text).slice(0, 2)) leaks.push(`${name}: ${leak}`)
    }
  }
  await Promise.all([next(), next()])
  return leaks
}

let all = 0

function once({
  words,
  cwd = root,
  program = 'carryover.js',
}: Shown): Promise<{ readonly code: number | null; readonly text: string }> {
  all++
  // Lines of progress move the cursor by themselves; they are not written in CI.
  const env = { ...process.env, CI: '1', XDG_STATE_HOME: at('state') }
  const child = spawn(process.execPath, ['--import', terminal, join(root, 'dist/cli', program), ...words], { cwd, env })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  child.stderr.on('data', (piece: Buffer) => pieces.push(piece))
  child.stdin.end()
  const over = setTimeout(() => child.kill('SIGTERM'), 20_000)
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(over)
      resolve({ code: child.signalCode === 'SIGTERM' ? 0 : code, text: Buffer.concat(pieces).toString('utf8') })
    }),
  )
}

const file = (name: string, content: string): string => {
  writeFileSync(at(name), content)
  return at(name)
}
const sample = (name: string): string => readFileSync(join(root, 'samples', name), 'utf8')
const mine = at(hostile)
mkdirSync(mine)

test('values of every flag of every verb, and files that are not there', { timeout: 1_800_000 }, async () => {
  const runs: Shown[] = [{ words: [hostile] }, { words: [`--${hostile}`] }, { words: ['--jobs', hostile] }]
  const sub = {
    baseline: ['compare', 'trend', 'worklist', 'accept'],
    sample: ['size', 'bound', 'draw', 'audit', 'worklist', 'hazards', 'lot', 'sequential'],
  }
  for (const { name } of verbs)
    for (const words of [[name], ...(Object.entries(sub).find(([verb]) => verb === name)?.[1] ?? []).map((one) => [name, one])]) {
      const { out } = carryover(...words, '--help')
      for (const [, flag = ''] of out.matchAll(/^ {2}(?:-., )?(--[a-z-]+) </gm)) runs.push({ words: [...words, flag, hostile] })
      runs.push(
        { words: [...words, `--${hostile}`] },
        { words: [...words, hostile] },
        { words: [...words, hostile, hostile, '--debug'] },
      )
    }
  runs.push({ words: ['example', '--event-log', '2', '--out', at(`${hostile}.xes`)] })
  // What such a value makes is made there.
  expect(await shown(runs.map((run) => ({ ...run, cwd: mine })))).toEqual([])
})

test('names of files, folders, columns, tables, rules, codes and resources', { timeout: 1_800_000 }, async () => {
  const runs: Shown[] = []
  const tables = hostileTables(sample('data/patients.csv')).map((text, i) => {
    const path = join(mine, `${i}${hostile}.csv`)
    writeFileSync(path, text)
    return path
  })
  const formats = (words: readonly string[], names: string): void => {
    for (const format of names.split(' ')) runs.push({ words: [...words, '--format', format] })
  }
  for (const table of tables) {
    formats(
      ['validate', table, '--reveal'],
      'text json ndjson csv csv-machine sarif junit operationoutcome frictionless markdown html',
    )
    formats(['profile', table, '--reveal'], 'text json csv markdown')
    formats(['link', table], 'text json')
    runs.push({ words: ['reconcile', '--legacy', table, '--target', tables[0] ?? '', '--reveal'] })
    runs.push({ words: ['map', table] })
    runs.push({ words: ['run', 'profile', table, '--engine', 'local:1', '--work', `${table}.work`] })
    runs.push({ words: ['profile', table, '--clean', join(mine, `clean${hostile}`)] })
    runs.push({ words: ['validate', table, '--out', join(mine, 'no', hostile)] })
  }
  const rules = JSON.parse(sample('data/rules.json'))
  const schema = JSON.parse(sample('data/datapackage.json'))
  const patient = sample('fhir/patients.ndjson').split('\n').slice(0, 3)
  for (const [name, document, words] of [
    ['rules', rules, ['validate', 'samples/data/patients.csv', '--schema', 'samples/data/datapackage.json', '--checks', 'FILE']],
    ['schema', schema, ['validate', 'samples/data/patients.csv', 'samples/data/allergies.csv', '--schema', 'FILE']],
    ['run', JSON.parse(sample('data/load-1.json')), ['baseline', 'compare', 'FILE', 'samples/data/load-2.json']],
    ['run', JSON.parse(sample('data/load-1.json')), ['baseline', 'worklist', 'FILE']],
  ] as const)
    for (const [i, changed] of [
      ...textMembers(document).map((one) => withHostile(document, one)),
      withHostileMembers(document),
    ].entries()) {
      const path = file(`${name}-${words[0]}-${words.length}-${i}.json`, JSON.stringify(changed))
      runs.push({ words: words.map((word) => (word === 'FILE' ? path : word)) })
    }
  const resources = patient.filter((line) => line !== '').map((line) => JSON.parse(line))
  for (const [i, member] of [...new Set(resources.flatMap(textMembers))].entries()) {
    const path = file(`r${i}.ndjson`, `${resources.map((one) => JSON.stringify(withHostile(one, member))).join('\n')}\n`)
    runs.push({ words: ['validate', path, '--reveal'] })
  }
  runs.push({
    words: ['link', file('members.ndjson', `${resources.map((one) => JSON.stringify(withHostileMembers(one))).join('\n')}\n`)],
  })
  const settings = at('settings')
  mkdirSync(settings)
  for (const text of [
    `{"${hostile.replaceAll('\\', '')}": 1}`,
    JSON.stringify({ [hostile]: { [hostile]: hostile } }),
    JSON.stringify({ validate: { format: [hostile] } }),
  ]) {
    const place = mkdtempSync(join(settings, 's'))
    writeFileSync(join(place, 'carryover.json'), text)
    runs.push({ words: ['validate', tables[0] ?? ''], cwd: place }, { words: ['about'], cwd: place })
  }
  expect(await shown(runs)).toEqual([])
})

test('labels, steps, lanes and people of workflows and their logs', { timeout: 1_800_000 }, async () => {
  const refill = 'samples/riverside/workflows/refill'
  const runs: Shown[] = []
  const current = JSON.parse(sample('riverside/workflows/refill/current.json'))
  const future = join(root, refill, 'future.json')
  for (const [i, map] of [
    ...textMembers(current).map((one) => withHostile(current, one)),
    withHostileMembers(current),
  ].entries()) {
    const path = file(`map-${i}.json`, JSON.stringify(map))
    runs.push(
      { words: ['compare', path, future, '--fail-on', 'never'] },
      { words: ['convert', path, '--to', 'mmd', '--format', 'text'] },
    )
    runs.push({ words: ['simulate', path, '--scenario', `${refill}/scenario.json`, '--replications', '2'] })
  }
  for (const name of ['scenario', 'trace'] as const) {
    const document = JSON.parse(sample(`riverside/workflows/refill/${name}.json`))
    for (const [i, one] of [
      ...textMembers(document).map((member) => withHostile(document, member)),
      withHostileMembers(document),
    ].entries()) {
      const path = file(`${name}-${i}.json`, JSON.stringify(one))
      if (name === 'trace')
        runs.push({ words: ['compare', `${refill}/current.json`, future, '--trace', path, '--fail-on', 'never'] })
      else runs.push({ words: ['simulate', future, '--scenario', path, '--replications', '2'] })
    }
  }
  const log = sample('workflow/refill-log.csv').split('\n').slice(0, 60).join('\n')
  for (const [i, text] of hostileTables(log).entries()) {
    const path = file(`log-${i}.csv`, text)
    const head = text.split('\n')[0] ?? ''
    const columns = i === 0 ? [] : ['--case', head.split(',')[0] ?? '']
    runs.push({ words: ['discover', path, ...columns] }, { words: ['discover', path, '--format', 'json'] })
    runs.push({ words: ['conform', path, future] }, { words: ['convert', path, '--to', 'csv', '--format', 'text'] })
  }
  // Only what XML allows can stand in its texts: C1, turned writing and, as a reference, a carriage return.
  const xml = [...hostile].map((sign) => (sign < ' ' ? '&#13;' : sign)).join('')
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="${xml}"><task id="a" name="${xml}"/></process></definitions>`
  const xes = `<log><trace><string key="concept:name" value="${xml}"/><event><string key="concept:name" value="${xml}"/><date key="time:timestamp" value="2026-01-01T00:00:00Z"/></event></trace></log>`
  for (const [name, text] of [
    ['m.bpmn', bpmn],
    ['l.xes', xes],
    ['m.mmd', `flowchart LR\n a[${hostile}] --> b[${hostile}]\n`],
    ['m.drawio', `<mxfile><diagram name="${xml}"/></mxfile>`],
  ] as const) {
    const path = file(name, text)
    for (const to of ['mmd', 'bpmn', 'json', 'csv']) runs.push({ words: ['convert', path, '--to', to] })
    runs.push({ words: ['discover', path] }, { words: ['convert', file(`broken-${name}`, text.slice(0, -9)), '--to', 'mmd'] })
  }
  expect(await shown(runs)).toEqual([])
})

test('the name of a project, its people and whatever else its files hold', { timeout: 1_800_000 }, async () => {
  const clean = at('riverside')
  expect(writeSample('--patients', '30', '--out', clean).code).toBe(0)
  const runs: Shown[] = []
  const with2 = (name: string, change: (project: string) => void): void => {
    const project = at(name)
    cpSync(clean, project, { recursive: true })
    change(project)
    for (const words of [
      ['readiness', project, '--as-of', '2026-07-14'],
      ['report', project, '--as-of', '2026-07-14', '--format', 'html'],
      ['verify', project],
      ['verify', project, '--format', 'text'],
      ['reconcile', project],
      ['validate', project],
      ['sample', 'hazards', project],
      ['sample', 'worklist', project],
      ['baseline', 'accept', project],
      ['map', project],
    ])
      runs.push({ words })
  }
  const manifest = JSON.parse(readFileSync(join(clean, 'carryover.json'), 'utf8'))
  for (const [i, member] of textMembers(manifest).entries())
    with2(`manifest-${i}`, (project) =>
      writeFileSync(join(project, 'carryover.json'), JSON.stringify(withHostile(manifest, member))),
    )
  const names = readdirSync(clean, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(clean, name)).isFile())
  with2('tables', (project) => {
    for (const name of names.filter((one) => one.endsWith('.csv') && !one.startsWith('private')))
      writeFileSync(join(project, name), hostileTables(readFileSync(join(project, name), 'utf8'))[1])
  })
  with2('headers', (project) => {
    for (const name of names.filter((one) => one.endsWith('.csv')))
      writeFileSync(join(project, name), hostileTables(readFileSync(join(project, name), 'utf8'))[0])
  })
  with2('members', (project) => {
    for (const name of names.filter((one) => one.endsWith('.json') && one !== 'carryover.json'))
      writeFileSync(
        join(project, name),
        JSON.stringify(withHostileMembers(JSON.parse(readFileSync(join(project, name), 'utf8')))),
      )
  })
  with2('files', (project) => {
    for (const name of names.filter((one) => /\.(?:csv|json)$/.test(one) && one !== 'carryover.json'))
      cpSync(join(project, name), join(project, name.replace(/(\.\w+)$/, `${hostile}$1`)))
  })
  with2(`named ${hostile}`, () => undefined)
  expect(await shown(runs)).toEqual([])
  console.log(`escapes: ${all} runs of ${verbs.length} verbs, 0 controls reached a terminal`)
})
