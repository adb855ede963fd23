/** Spread runs by the built command line on every engine that this machine has: begun, served, killed and looked at from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../cli/command-line.ts'
import { testQueues } from './queues.ts'
import { noSlurm, type SlurmCluster, startSlurm } from './slurm-cluster.ts'

const program = join(root, 'dist/cli/carryover.js')

/** Stands in names and notes of the rows, and nowhere else. */
export const planted = ['Zyxwicz', 'Quorvalda', 'kneedle-in-haystack']

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface EngineHere {
  readonly name: 'local' | 'PostgreSQL' | 'Redis' | 'Slurm'
  /** Why it can not be had; null where it can. */
  readonly missing: string | null
  /** As `--engine` takes it. */
  readonly address: string
  /** Whether processes take its tasks that are started beside the run. */
  readonly hasWorkers: boolean
  /** Everything in the queue, as text. */
  contents(): Promise<string>
  empty(): Promise<void>
}

const nothing = { contents: async () => '', empty: async () => undefined }

export const enginesHere: readonly EngineHere[] = [
  { name: 'local', missing: null, address: 'local:2', hasWorkers: false, ...nothing },
  ...testQueues.map(({ kind, address, contents, empty }) => ({
    ...{ name: kind, missing: address === null ? `${kind} answers nowhere` : null, address: address ?? '', hasWorkers: true },
    ...{ contents, empty },
  })),
  { name: 'Slurm', missing: noSlurm, address: 'slurm', hasWorkers: false, ...nothing },
]

/** Rows with findings in every stretch; whole words of `planted` in every tenth row. */
export async function writeRows(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path)
  let state = 12345
  const draw = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state % below
  }
  out.write('id,name,birth,sex,note\n')
  for (let row = 0; row < rows; row++) {
    const word = planted[row % 10] ?? 'Name'
    const birth = `${1920 + draw(100)}-${String(1 + draw(13)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`
    const line = `P${row % 99991},${word} ${draw(100000)},${birth},${'mfx?'[draw(4)]},"note, ${draw(1e6)} ${'lorem ipsum '.repeat(4)}"\n`
    if (!out.write(line)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  }
  await new Promise<void>((resolve) => out.end(() => resolve()))
}

export const rowsSchema = {
  fields: [
    { name: 'id', type: 'string', constraints: { required: true, unique: true } },
    { name: 'name', type: 'string' },
    { name: 'birth', type: 'date' },
    { name: 'sex', type: 'string', constraints: { enum: ['m', 'f', 'x'] } },
    { name: 'note', type: 'string' },
  ],
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** A process of the command line in a folder. */
export function start(folder: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
  const env = { ...process.env, NO_COLOR: '1', ...environment }
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout?.on('data', (bytes: Buffer) => {
    out += bytes.toString()
  })
  child.stderr?.on('data', (bytes: Buffer) => {
    err += bytes.toString()
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })))
  return { child, ended }
}

/** Processes that do tasks of a run: workers and what they started. */
export function processesOf(work: string): number[] {
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0')
      if (words.some((word) => word === work) && words.some((word) => word === 'worker' || word.endsWith('scale-task.js')))
        found.push(Number(name))
    } catch {
      // It ended meanwhile.
    }
  }
  return found
}

export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Keeps as many workers alive as were asked for: a machine that died is followed by another one. */
export class Workers {
  private readonly running = new Set<Started>()
  private isOver = false
  readonly said: string[] = []
  private readonly begin: () => Started

  constructor(count: number, begin: () => Started) {
    this.begin = begin
    for (let i = 0; i < count; i++) this.one()
  }

  private one(): void {
    const started = this.begin()
    this.running.add(started)
    void started.ended.then(({ err, code }) => {
      this.running.delete(started)
      this.said.push(err)
      if (!this.isOver && code !== 0) this.one()
    })
  }

  async end(): Promise<void> {
    this.isOver = true
    const all = [...this.running]
    for (const { child } of all) child.kill('SIGTERM')
    await Promise.all(all.map(({ ended }) => ended))
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'carryover-faults-'))
}

let cluster: Promise<SlurmCluster> | null = null

/** What processes need to reach an engine; starts Slurm where it is asked for. */
export async function environmentOf(engine: EngineHere): Promise<NodeJS.ProcessEnv> {
  if (engine.name !== 'Slurm') return {}
  cluster ??= startSlurm(2)
  return (await cluster).env
}

export async function endEngines(): Promise<void> {
  await (await cluster)?.end()
  cluster = null
}
