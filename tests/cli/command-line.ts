/** Runs the built command line as a person does, and gives what it printed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

const state = mkdtempSync(join(tmpdir(), 'carryover-state-'))

export interface Printed {
  readonly code: number
  readonly out: string
  readonly err: string
}

export function carryover(...args: readonly string[]): Printed {
  return run('carryover.js', args)
}

export function writeSample(...args: readonly string[]): Printed {
  return carryover('example', ...args)
}

function run(program: string, args: readonly string[]): Printed {
  // What is signed there is signed with a key of the test alone.
  const env = { ...process.env, NO_COLOR: '1', XDG_STATE_HOME: state }
  const done = spawnSync(process.execPath, [join(root, 'dist/cli', program), ...args], {
    cwd: root,
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  })
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr }
}
