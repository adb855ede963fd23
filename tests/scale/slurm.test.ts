/** The script of a Slurm stage as the shell runs it, with a program in the place of the worker. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stageScript } from '../../src/scale/slurm.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-slurm-script-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts of the worker, each with its words, and how the script ended; the worker ends with these codes, one after the other. */
function run(codes: readonly number[]): { readonly words: readonly string[][]; readonly code: number | null } {
  const log = join(folder, `log-${codes.join('-')}`)
  const program = join(folder, `it's ${codes.join('-')}.mjs`)
  writeFileSync(log, '')
  writeFileSync(
    program,
    `import { appendFileSync, readFileSync } from 'node:fs'
const before = readFileSync(${JSON.stringify(log)}, 'utf8').split('\\n').length - 1
appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n')
process.exit(${JSON.stringify(codes)}[before])
`,
  )
  const script = stageScript({ work: '/runs/a b', mostBytes: 1000, program, partition: null }, 'map', 7)
  const { status } = spawnSync('bash', ['-c', script], { env: { ...process.env, SLURM_ARRAY_TASK_ID: '3' } })
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return { words: lines.map((line) => JSON.parse(line)), code: status }
}

test('a stretch of a stage is done by a worker, with the words of the run', () => {
  expect(run([0])).toEqual({
    words: [['worker', '--work', '/runs/a b', '--memory', '1000', '--stage', 'map', '--share', '3/7']],
    code: 0,
  })
})

test('a worker that was killed is started again at once; one that may not go on is not', () => {
  expect(run([137, 0]).words).toHaveLength(2)
  expect(run([3])).toMatchObject({ words: { length: 1 }, code: 3 })
  expect(run([130])).toMatchObject({ words: { length: 1 }, code: 130 })
})

test('the script is one that a shell accepts', () => {
  const script = stageScript({ work: "/it's", mostBytes: 1, program: '/p', partition: null }, 'census', 1)
  expect(execFileSync('bash', ['-n', '-c', script], { encoding: 'utf8' })).toBe('')
})
