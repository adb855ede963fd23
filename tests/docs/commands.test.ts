/**
 * Every command of every page and of the README is tried. Blocks marked `sh` are run in the order of their page, in an empty
 * folder with the files of its blocks marked `file=NAME`, and the output shown under them is compared. Blocks marked `sh parsed`
 * and commands inside sentences wait for a person, need a server or name files of the reader: their verbs, flags, values and
 * scripts are looked up and nothing is run.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { everyCommand } from '../../src/cli/shell/common-options.ts'
import { blocksOf, filesOf, inlineCommands, missingLine, pagesWithCommands, root, textOf, unmarkedCommands } from './pages.ts'

vi.stubGlobal('__VERSION__', '0.0.0')
const { buildProgram } = await import('../../src/cli/program.ts')

const all = await buildProgram('all')
// Nothing is done when words are looked up.
for (const command of everyCommand(all))
  command.action(() => undefined).configureOutput({ writeOut: () => undefined, writeErr: () => undefined })

const pages = pagesWithCommands()
const blocks = pages.flatMap((page) => blocksOf(page, textOf(page)))
const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

let programs: string
beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), 'carryover-docs-programs-'))
  const built = join(root, 'dist', 'cli')
  const node = process.execPath
  const made = {
    carryover: `exec "${node}" "${join(built, 'carryover.js')}" "$@"`,
    npx: `[ "$1" = carryover ] || exit 9; shift; exec carryover "$@"`,
  }
  for (const [name, text] of Object.entries(made)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(programs, name), 0o755)
  }
})
afterAll(() => rmSync(programs, { recursive: true, force: true }))

/** Words of a line as a shell takes them, up to a pipe or a redirection. */
function wordsOf(line: string): readonly string[] {
  const found = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
  const end = found.findIndex(([word]) => /^(?:\||>|>>|&&|;|#)$/.test(word))
  return found.slice(0, end === -1 ? undefined : end).map(([, a, b, c]) => a ?? b ?? c ?? '')
}

/** What is wrong with a command; null where there is such a verb or script and it takes these words. */
async function faultOf(line: string): Promise<string | null> {
  const words = wordsOf(line.trim().replace(/^(?:[A-Z_]+=\S+ )*(?:npx |node bin\/)?(carryover)(?:\.mjs)? /, '$1 '))
  const [program, first = '', ...rest] = words
  if (program === 'npm') {
    const script = first === 'run' ? rest[0] : first
    return first === 'ci' || first === 'install' || first === 'pack' || scripts[script ?? ''] !== undefined
      ? null
      : `there is no script ${script}`
  }
  if (program !== 'carryover') return null
  if (first.startsWith('--')) return null
  // Cut short, or with a layout, which is read as soon as it is named.
  if (/…|<|--layout/.test(line)) return partFault(all, words.slice(1))
  try {
    await all.parseAsync(words.slice(1), { from: 'user' })
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    // A sentence may name a verb without what it takes.
    return message === '(outputHelp)' || /missing required argument/.test(message) ? null : message
  }
}

/** Of a command that is cut short the verb and the flags are looked up. */
function partFault(program: Command, words: readonly string[]): string | null {
  let command = program
  for (const word of words) {
    const below: Command | undefined = command.commands.find((one) => one.name() === word)
    if (below === undefined) break
    command = below
  }
  if (command === program) return `there is no verb ${words[0]}`
  const known = new Set([...command.options, ...program.options].map(({ long }) => long))
  const unknown = words.filter((word) => word.startsWith('--') && !known.has(word) && word !== '--help')
  return unknown.length > 0 ? `there is no ${unknown.join(', ')}` : null
}

describe.each(pages.filter((page) => blocks.some((block) => block.page === page && block.isRun)))('%s', (page) => {
  test('its commands end and print as the page says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-docs-'))
    try {
      const env = {
        ...process.env,
        NO_COLOR: '1',
        PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
        XDG_STATE_HOME: join(folder, '.state'),
      }
      for (const [name, text] of filesOf(textOf(page))) writeFileSync(join(folder, name), text)
      for (const { line, commands, exit, shown } of blocks.filter((block) => block.page === page && block.isRun)) {
        const printed: string[] = []
        for (const [at, command] of commands.entries()) {
          const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' })
          const place = `${page}:${line}: ${command}\n${stderr.slice(-600)}`
          if (at === commands.length - 1) expect(status, place).toBe(exit)
          else expect([0, 1], place).toContain(status)
          printed.push(stdout)
        }
        if (shown) expect(missingLine(shown, printed.join('')), `${page}:${line}: shown, and not printed`).toBeNull()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 240_000)
})

test('every command of every page names a verb, flags, values and scripts that there are', async () => {
  const lines = [
    ...blocks.flatMap(({ page, commands }) => commands.map((command) => [page, command] as const)),
    ...pages.flatMap((page) => inlineCommands(textOf(page)).map((command) => [page, command] as const)),
    ...['verbs', 'board-files'].flatMap((folder) => helpLines(folder)),
  ]
  const faults: string[] = []
  for (const [page, line] of lines) {
    const fault = await faultOf(line)
    if (fault !== null) faults.push(`${page}: ${line}: ${fault}`)
  }
  expect(faults).toEqual([])
  const run = blocks.filter(({ isRun }) => isRun).flatMap(({ commands }) => commands).length
  console.log(`docs ${lines.length} commands on ${pages.length} pages read, ${run} of them run`)
  expect(run).toBeGreaterThan(25)
})

/** Commands of the help texts, which the pages of verbs repeat. */
function helpLines(folder: string): readonly (readonly [string, string])[] {
  const text = spawnSync('git', ['grep', '-hE', '^ {2}(carryover|npm run) ', '--', `docs/reference/${folder}`], {
    cwd: root,
    encoding: 'utf8',
  }).stdout
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.includes(' > '))
    .map((line) => [`docs/reference/${folder}`, line.trim().replace(/ {4}\(.*$/, '')] as const)
}

test('no page has a command in a block that is not marked sh', () => {
  expect(pages.flatMap((page) => unmarkedCommands(textOf(page)).map((line) => `${page}: ${line}`))).toEqual([])
})

test('a command that there is not, and output that differs, are told', async () => {
  expect(await faultOf('npx carryover validate a.csv --no-such-flag')).toContain('--no-such-flag')
  expect(await faultOf('carryover validat a.csv')).toContain('validat')
  expect(await faultOf('carryover report riverside --kind no-such-kind')).toContain('no-such-kind')
  expect(await faultOf('npm run no-such-script')).toContain('no-such-script')
  expect(await faultOf('npx carryover sample size --population 10 --tolerable 0.1')).toBeNull()
  expect(missingLine(['a …', '…', 'd'], 'a 1\nb\nc\nd\n')).toBeNull()
  expect(missingLine(['a', 'c'], 'a\nb\nc\n')).toBe('c')
  expect(missingLine(['a'], 'a\nb\n')).toContain('prints "b"')
  expect(unmarkedCommands('```\nnpx carryover about\n```\n')).toEqual(['npx carryover about'])
})
