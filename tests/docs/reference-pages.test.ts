/** The pages of verbs, of files of the board and of files of a workflow are what the code says, and leave nothing out. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { expect, test, vi } from 'vitest'
import { verbDocuments } from '../../src/cli/reference/verb-pages.ts'
import { everyCommand } from '../../src/cli/shell/common-options.ts'
import { verbs } from '../../src/cli/verbs.ts'
import { fileDocuments } from '../../src/core/project/rule-pages/file-pages.ts'
import { mapDocuments } from '../../src/core/project/rule-pages/map-pages.ts'
import { inputFiles } from '../../src/core/readiness/input-files/files.ts'

vi.stubGlobal('__VERSION__', '0.0.0')
const { buildProgram } = await import('../../src/cli/program.ts')
const program = await buildProgram('all')
const reference = fileURLToPath(new URL('../../docs/reference/', import.meta.url))

test.each([
  ['verbs', verbDocuments(program)],
  ['board-files', fileDocuments()],
  ['workflow-files', mapDocuments()],
])('docs/reference/%s is what npm run reference-pages makes', (folder, made) => {
  expect(readdirSync(join(reference, folder)).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [name, text] of made)
    expect(readFileSync(join(reference, folder, name), 'utf8') === text, `${folder}/${name}: run npm run reference-pages`).toBe(
      true,
    )
})

test('every verb has a page with each of its commands, options, choices and exit codes', () => {
  const pages = verbDocuments(program)
  const rootOf = (command: Command): Command => (command.parent?.parent ? rootOf(command.parent) : command)
  for (const { name } of verbs) expect(pages.get(`${name}.md`), name).toContain(`# carryover ${name}\n`)
  for (const command of everyCommand(program)) {
    const page = pages.get(`${rootOf(command).name()}.md`) ?? ''
    for (const { flags, argChoices } of command.options) {
      expect(page).toContain(`\`${flags.replaceAll('|', '\\|')}\``)
      for (const choice of argChoices ?? []) expect(page, `${command.name()} ${flags}`).toContain(choice)
    }
    for (const argument of command.registeredArguments) expect(page).toContain(argument.name())
  }
  for (const [name, page] of pages) expect(page.includes('| 5 |'), name).toBe(name === 'verify.md' || name === 'README.md')
})

test('every kind of file has a page with all its columns and its example', () => {
  const pages = fileDocuments()
  for (const { kind, columns, example } of Object.values(inputFiles)) {
    const page = pages.get(`${kind}.md`) ?? ''
    for (const name of Object.keys(columns)) expect(page, kind).toContain(`| \`${name}\` |`)
    expect(page).toContain(example.trimEnd())
  }
})
