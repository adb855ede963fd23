import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeOf, root, sourceFiles } from './source-files.ts'

test('the compiler refuses a core file that reaches out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-guard-'))
  try {
    const config = {
      extends: join(root, 'src/core/tsconfig.json'),
      include: [],
      files: [join(root, 'tests/guards/fixtures/reaches-out.ts'), join(root, 'src/core/platform.d.ts')],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const result = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
    for (const name of ['process', 'document', 'fetch', 'setTimeout'])
      expect(result.stdout).toMatch(new RegExp(`Cannot find name '${name}'`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('core has no clock and no unseeded randomness', () => {
  const wrong = sourceFiles('src/core')
    .filter((file) =>
      /\bDate\.now\b|\bnew Date\(\)|Math\.random|performance\.now|crypto\.getRandomValues|localeCompare/.test(codeOf(file.text)),
    )
    .map((file) => file.path)
  expect(wrong).toEqual([])
})

test('worker files only wrap one operation in under 20 lines', () => {
  const long = sourceFiles('workers', /\.worker\.ts$/).filter((file) => file.text.trimEnd().split('\n').length >= 20)
  expect(long.map((file) => file.path)).toEqual([])
})

test('nothing writes to the console, to localStorage or to HTML text', () => {
  const wrong = [...sourceFiles('src'), ...sourceFiles('workers')]
    .filter((file) =>
      /\bconsole\.|localStorage|sessionStorage|innerHTML|dangerouslySetInnerHTML|document\.write/.test(codeOf(file.text)),
    )
    .map((file) => file.path)
  expect(wrong).toEqual([])
})

test('verbs write to files and streams through one writer each', () => {
  // Examples are invented and go into new folders; the others are the writers, and the doors that they pass.
  const writers = new Set(['print.ts', 'progress-line.ts', 'pipes.ts', 'device-key.ts'])
  const wrong = sourceFiles('src/cli')
    .filter(({ path }) => !path.startsWith('src/cli/example/') && !writers.has(path.slice(path.lastIndexOf('/') + 1)))
    .filter(({ text }) =>
      /\bstd(?:out|err)\.write\b|\b(?:write|append)File(?:Sync)?\b|createWriteStream|openSync\([^)]*'[wa]|'fs\/promises'.*\bopen\b/.test(
        codeOf(text),
      ),
    )
    .map(({ path }) => path)
  expect(wrong).toEqual([])
})

test('types are never loosened by hand', () => {
  const wrong = [...sourceFiles('src'), ...sourceFiles('workers'), ...sourceFiles('samples')]
    .filter((file) => /\bas any\b|: any\b|as unknown as|@ts-(ignore|nocheck|expect-error)/.test(codeOf(file.text)))
    .map((file) => file.path)
  expect(wrong).toEqual([])
})

test('what looks like a comment inside a string hides nothing behind it', () => {
  const text = "const a = 'OLD/*.csv'\nconst b = Math.random() // why: any\nconst c = 'https://x' + Date.now() /* : any */\n"
  expect(codeOf(text)).toBe("const a = 'OLD/*.csv'\nconst b = Math.random() \nconst c = 'https://x' + Date.now() \n")
})
