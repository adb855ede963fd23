/** The recipes of docs/how-to/recipes.md, run as they stand on the page. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type InstalledRelease, root } from './installed-release.ts'

/** What each block says, by its heading and place under it; a program that is not here has null. */
export function recipesOf({ folder }: InstalledRelease): ReadonlyMap<string, string | null> {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const page = readFileSync(join(root, 'docs', 'how-to', 'recipes.md'), 'utf8')
  const said = new Map<string, string | null>()
  for (const part of page.split(/^## /m).slice(1))
    for (const [index, [, language = '', text = '']] of [...part.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].entries())
      said.set(`${part.split('\n')[0]} ${index + 1} (${language})`, saidBy(folder, language, text))
  return said
}

function saidBy(folder: string, language: string, text: string): string | null {
  if (language === 'sh') return shell(folder, text)
  if (language === 'js') {
    const file = join(folder, 'recipe.mjs')
    writeFileSync(file, text.includes('createServer') ? `${text}${askGate}` : text)
    return run(folder, process.execPath, [file])
  }
  // Of a task of Airflow the commands that are ours are run; Airflow is not needed for them.
  const commands = [...text.matchAll(/bash_command='(carryover [^']+)'/g)].map(([, command = '']) => command)
  if (commands.length > 0) return commands.map((command) => shell(folder, `${command} --quiet; echo "code $?"`)).join('\n')
  if (spawnSync('python3', ['--version']).status !== 0) return null
  writeFileSync(join(folder, 'recipe.py'), text)
  return run(folder, 'python3', ['recipe.py'])
}

const askGate = `
gate.listen(0, '127.0.0.1', async () => {
  for (const birthDate of ['1990-01-31', '1990-13-01']) {
    const body = JSON.stringify({ resourceType: 'Patient', birthDate })
    const answer = await fetch('http://127.0.0.1:' + gate.address().port, { method: 'POST', body })
    console.log(answer.status, (await answer.json()).resourceType)
  }
  gate.close()
  gate.closeAllConnections()
})
`

function shell(folder: string, text: string): string {
  return run(folder, 'sh', ['-c', text])
}

function run(cwd: string, program: string, words: readonly string[]): string {
  const env = { ...process.env, PATH: `${join(cwd, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` }
  const done = spawnSync(program, words, { cwd, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${`${done.stdout}${done.stderr}`.slice(-2000)}`)
  return done.stdout.trim()
}
