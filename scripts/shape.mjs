/** `npm run shape`: how long the files are, and the longest ten, so that growth is seen. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './setup.mjs'
import { codeLines } from './shape/code-lines.mjs'

const files = ['src', 'workers', 'samples', 'tests', 'scripts']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|mjs|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1, code: codeLines(path, text) }))
  .sort((a, b) => a.lines - b.lines)

for (const [name, pick] of Object.entries({
  source: (path) => !path.startsWith('tests'),
  tests: (path) => path.startsWith('tests'),
})) {
  const own = files.filter(({ path }) => pick(path))
  const at = (share) => own[Math.min(own.length - 1, Math.floor(own.length * share))]?.lines ?? 0
  const total = own.reduce((sum, { lines }) => sum + lines, 0)
  console.log(`${name}: ${own.length} files, ${total} lines; median ${at(0.5)}, nine in ten up to ${at(0.9)}`)
  for (const { path, lines } of own.slice(-10).reverse()) console.log(`  ${String(lines).padStart(4)}  ${path}`)
}
/** Rooms of features that came after the second plan of the house: teams, scale, the library and dumps of SQL. */
const laterRooms = [
  ...['src/team/', 'src/core/team/', 'src/app/team/', 'src/cli/team/', 'src/core/project/sharing/'],
  ...['src/core/workflow/together/', 'src/app/routes/workflow/together/', 'src/app/comments/'],
  ...['src/scale/', 'src/cli/scale/', 'src/core/data/spread/'],
  ...['src/library/', 'src/core/data/read/containers/sql/'],
]
const isLater = ({ path }) => laterRooms.some((room) => path.startsWith(room))
const countOf = (own) => own.reduce((sum, { code: lines }) => sum + lines, 0)
const source = files.filter(({ path }) => path.startsWith('src'))
console.log(`code: ${countOf(source)} lines of src without comments, blank lines and examples`)
console.log(`rooms of later features: ${countOf(source.filter(isLater))} of these lines`)
