/** Builds the same sources once more in another folder, and names every file that is not byte for byte that of the first build. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup.mjs'

/** `dist` has to be built of the sources as they are. Needs git, which knows what belongs to the sources. */
export function compareBuilds() {
  mkdirSync(join(root, '.cache'), { recursive: true })
  // On the disk of the checkout, where its packages can be linked instead of copied.
  const folder = mkdtempSync(join(root, '.cache', 'second-build-'))
  try {
    for (const name of sources()) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      cpSync(join(root, name), join(folder, name))
    }
    linkTree(join(root, 'node_modules'), join(folder, 'node_modules'))
    const { commit, changed } = JSON.parse(readFileSync(join(root, 'dist', 'app', 'about', 'build.json'), 'utf8'))
    const env = { ...process.env, NODE_ENV: 'production', CARRYOVER_COMMIT: `${commit ?? ''}${changed ? '+' : ''}` }
    for (const mode of ['production', 'library', 'cli']) {
      const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js')
      const args = [vite, 'build', '--mode', mode, '--logLevel', 'error']
      const done = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
      if (done.status !== 0) throw new Error(`The second build failed: ${done.stderr}`)
    }
    return differing(join(root, 'dist'), join(folder, 'dist'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sources() {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (listed.status !== 0) throw new Error('The sources are no git checkout')
  return listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))
}

/** A folder of links would not do: modules are then read at their own place, outside of the folder that is built. */
function linkTree(from, to) {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) linkTree(join(from, entry.name), join(to, entry.name))
    else if (entry.isFile()) linkSync(join(from, entry.name), join(to, entry.name))
  }
}

function differing(one, other) {
  const files = filesIn(one)
  const different = files.filter(
    (name) => !existsSync(join(other, name)) || !readFileSync(join(one, name)).equals(readFileSync(join(other, name))),
  )
  return { files: files.length, different: [...different, ...filesIn(other).filter((name) => !existsSync(join(one, name)))] }
}

/** Without the stamp that says when a checkout was built. */
function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name !== '.built' && statSync(join(folder, name)).isFile()).sort()
}

if (import.meta.filename === process.argv[1]) {
  const { files, different } = compareBuilds()
  for (const name of different.slice(0, 20)) console.error(`differs: ${name}`)
  console.log(`${files - different.length} of ${files} files are equal byte for byte`)
  process.exit(different.length > 0 ? 1 : 0)
}
