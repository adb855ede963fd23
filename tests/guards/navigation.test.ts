/** No code path puts data into a navigation: the compiler lets a link lead to pages of the app alone, and few files move the window at all. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeOf, root, sourceFiles } from './source-files.ts'

test('the compiler refuses every element that would lead out', () => {
  const fixture = join(root, 'tests/guards/fixtures/leads-out.tsx')
  const folder = mkdtempSync(join(tmpdir(), 'carryover-guard-'))
  try {
    const config = {
      extends: join(root, 'src/app/tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')], types: ['react', 'react-dom'] },
      include: [],
      files: [fixture],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    const said = new Set([...stdout.matchAll(/leads-out\.tsx\((\d+),/g)].map(([, line]) => Number(line)))
    const elements = readFileSync(fixture, 'utf8')
      .split('\n')
      .flatMap((line, at) => (/^ {2}</.test(line) ? [at + 1] : []))
    expect([...said].sort((a, b) => a - b)).toEqual(elements)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** What moves a window, or makes an element past the types above; a hash alone leads nowhere. */
const moves =
  /(?<!\b(?:const|let) )\blocation\s*(?:=\s*[^=>{\s]|\.(?:assign|replace)\(|\.(?:href|search|host|hostname|port|protocol|pathname)\s*=[^=])|\bwindow\.open\b|\.(?:href|src|action|formAction|srcset|ping)\s*=[^=]|\bsetAttribute(?:NS)?\(|\bnavigation\.(?:navigate|reload)|\bcreateElement(?:NS)?\(/

/** Each with why no data leads out of it. */
const doors: Readonly<Record<string, string>> = {
  'src/app/components/narrative.tsx': 'elements and attributes of an allow-list, which has no address',
  'src/app/components/unbroken.tsx': 'spans around pieces of text',
  'src/app/routes/help/drawn-svg.tsx': 'drawings of our own examples, elements and attributes by a list',
  'src/app/routes/help/manual/shown-node.tsx': 'elements of a list, with an id and the start of a list alone',
  'src/app/routes/readiness/tour/tour-card.tsx': 'the mark of the place that a tour points at',
  'src/app/routes/workflow/acts/drawings.ts': 'a picture of a blob of this page, on a canvas',
  'src/app/routes/workflow/acts/maps-to-print.ts': 'a picture of a blob of this page',
  'src/app/window/download.ts': 'a blob of this page, to be saved',
  'src/app/window/leave.ts': 'the address of the sign-in that the server of the team gave',
  'src/io/server/policy-probe.ts': 'tries whether the page is held back',
}

test('few files move the window or make elements by name, each to a place that no data reaches', () => {
  const found = [...sourceFiles('src'), ...sourceFiles('workers')]
    // What runs in Node has no window; a type moves nothing.
    .filter(({ path }) => !/^src\/(?:cli|team|scale|library)\/|\.d\.ts$|ways-out\.ts$/.test(path))
    .filter(({ text }) => moves.test(codeOf(text)))
    .map(({ path }) => path)
  expect(found).toEqual(Object.keys(doors).sort())
})
