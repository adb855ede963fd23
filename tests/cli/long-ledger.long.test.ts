/** How long `carryover verify` takes over a ledger of years; the figure is printed, and judged by `npm run accept -- review verify`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { longLedger } from '../long-ledger.ts'
import { carryover } from './command-line.ts'

test('a ledger of 100,000 entries verifies, and one changed sign in it is named', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-ledger-'))
  try {
    const path = join(folder, 'ledger.jsonl')
    const text = longLedger(100_000)
    writeFileSync(path, text)
    const times: number[] = []
    for (let run = 0; run < 5; run++) {
      const start = performance.now()
      const { code, out } = carryover('verify', path, '--format', 'json')
      times.push((performance.now() - start) / 1000)
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ ok: true, entries: 100_000 })
    }
    process.stdout.write(`100,000 entries on the command line, process start included: ${median(times).toFixed(2)} s\n`)
    const at = text.indexOf('record-opened', text.length / 2)
    writeFileSync(path, `${text.slice(0, at)}record-opener${text.slice(at + 13)}`)
    const changed = carryover('verify', path, '--format', 'json')
    expect(changed.code).toBe(1)
    const line = text.slice(0, at).split('\n').length
    expect(JSON.parse(changed.out).checks[1]).toMatchObject({ id: 'V2', ok: false, first: { line } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}
