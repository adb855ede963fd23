/** Threads that judge lines: what was asked of one that is gone fails, so that nobody waits for it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spreadFrom, WiredHelper } from '../../src/io/threads/line-judges.ts'
import { nodeHelpers } from '../../src/io/threads/line-judges-node.ts'
import { portWire } from '../../src/io/threads/port-wire.ts'

const context = { servers: [] }
const block = () => ({ bytes: new Uint8Array(1), byte: 0, line: 0, tooLong: 0 })

test.each([
  ['that ends', "parentPort.once('message', () => process.exit(0))", 'ended with code 0'],
  ['that fails', "parentPort.once('message', () => { throw new Error('no room') })", 'no room'],
])('a thread %s fails what it was asked, and what it is asked after that', async (_, body, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'line-judges-'))
  try {
    const script = join(folder, 'thread.mjs')
    writeFileSync(script, `import { parentPort } from 'node:worker_threads'\n${body}\n`)
    const [helper] = nodeHelpers(script, spreadFrom, 2)?.(context) ?? []
    await expect(helper?.judge(block(), 0)).rejects.toThrow(words)
    await expect(helper?.totals()).rejects.toThrow(words)
    expect(helper?.isReady).toBe(false)
    helper?.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a message that can not be read fails what waits for it', async () => {
  const { port1, port2 } = new MessageChannel()
  const helper = new WiredHelper(portWire(port1), context, async () => undefined)
  const asked = helper.judge(block(), 0)
  port1.dispatchEvent(new Event('messageerror'))
  await expect(asked).rejects.toThrow('could not be read')
  helper.close()
  port2.close()
})
