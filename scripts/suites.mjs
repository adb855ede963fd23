/** `npm run suites`: fetches the test data of other projects into `.cache/suites`, each file by its SHA-256. Tests find it there. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, install, root } from './setup.mjs'

checkNode()
install()
const { fetchSuite } = await import('./suites/fetch-suite.mjs')
const { suites, notFetched } = JSON.parse(readFileSync(join(import.meta.dirname, 'suites', 'suites.json'), 'utf8'))

const places = {
  folder: process.env.CARRYOVER_SUITES ?? join(root, '.cache', 'suites'),
  from: process.env.CARRYOVER_SUITES_FROM ?? 'https://codeload.github.com',
  pack: packed,
}

function packed(name, folder) {
  const npm = process.env.npm_execpath
  const [program, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const options = { cwd: folder, encoding: 'utf8', shell: program === 'npm' && process.platform === 'win32' }
  const { status, stdout } = spawnSync(
    program,
    [...before, 'pack', name, '--json', '--ignore-scripts', '--loglevel=error'],
    options,
  )
  if (status !== 0) throw new Error(`the package ${name} can not be fetched`)
  return join(folder, JSON.parse(stdout)[0].filename)
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. The suites are ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
let wrong = 0
let absent = 0
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const count = `${Object.keys(suite.files).length} files, ${suite.licence}`
  try {
    const { state, why } = await fetchSuite(suite, places)
    if (state === 'absent') absent++
    console.log(`${state.padEnd(8)}${suite.name} (${count})${why ? `: ${why}. Its tests are skipped by name.` : ''}`)
  } catch (error) {
    wrong++
    console.log(`WRONG   ${suite.name} (${count}): ${error.message}`)
  }
}
if (wanted.length === 0)
  for (const { name, why } of notFetched) console.log(`left    ${name}: ${why}. Its tests are skipped by name.`)
process.exit(wrong > 0 ? 1 : absent > 0 ? 3 : 0)
