/** The engine of a server in tests: the program that was built, on two processes of this machine. */
import { type ChildProcess, execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../../src/cli/team/engine-runs.ts'
import { mostAttempts } from '../../src/scale/run-task.ts'
import type { RunsSettings } from '../../src/team/runs/run-desk.ts'

export const built = (name: string): string => fileURLToPath(new URL(`../../dist/cli/${name}.js`, import.meta.url))

/** What the program prints; its exit code says what it found. The server of the test answers meanwhile. */
export function printed(...words: readonly string[]): Promise<string> {
  const given = [built('carryover'), '--no-settings', '--quiet', ...words]
  return new Promise((resolve) => execFile(process.execPath, given, { maxBuffer: 64 << 20 }, (_, stdout) => resolve(stdout)))
}

export interface EngineHere extends RunsSettings {
  /** Tasks whose processes were killed each time, in every run that begins from here on. */
  killed: readonly string[]
  /** Words of every program that was started. */
  readonly started: (readonly string[])[]
}

export function engineHere(inputs: string, work: string): EngineHere {
  const engine: EngineHere = {
    ...{ engine: 'local:2', inputs, work, killed: [], started: [] },
    start: (words: readonly string[], cwd: string): ChildProcess => {
      engine.started.push(words)
      // What a process leaves behind that is killed: a start, and no end.
      for (const task of words.includes('--resume') ? [] : engine.killed)
        for (let attempt = 1; attempt <= mostAttempts; attempt++) {
          mkdirSync(join(cwd, 'attempts'), { recursive: true })
          writeFileSync(join(cwd, `attempts/${task}-${attempt}.json`), '{}')
        }
      const env = { ...process.env, CARRYOVER_ENGINE: 'local:2' }
      return startProgram([built('carryover'), ...words], cwd, env)
    },
  }
  return engine
}
