/** What goes to the server at once: a state that was refused is no state that was sent, else it would never go again. */
import { afterEach, expect, test, vi } from 'vitest'
import type { Connection, Outcome } from '../../../src/app/team/connection.ts'
import { sendFiles } from '../../../src/app/team/outgoing.ts'
import { digestOfFile } from '../../../src/app/team/waiting.ts'
import { utf8 } from '../../../src/core/canonical.ts'

afterEach(() => vi.unstubAllGlobals())

const heads = utf8('[]\n')
const digest = digestOfFile(heads)

/** A server that answers so; what counted as sent while it was asked. */
async function sentWhile(outcome: Outcome, sent: Set<string>): Promise<readonly string[]> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response()))
  let meanwhile: readonly string[] = []
  const append = (): Promise<Outcome> => {
    meanwhile = [...sent]
    return Promise.resolve(outcome)
  }
  const connection: Pick<Connection, 'append'> = { append }
  await sendFiles(
    { project: 'p', connection },
    { files: new Map([['ledger-heads.json', heads]]), entries: [], standing: { files: {} }, sent },
  )
  return meanwhile
}

test('the echo of what goes is known before the answer, and stays known once it is stored', async () => {
  const sent = new Set<string>()
  expect(await sentWhile({ ok: true, seq: 1, at: 0 }, sent)).toEqual([digest])
  expect([...sent]).toEqual([digest])
})

test('what somebody else was faster with counts as not sent', async () => {
  const sent = new Set(['other'])
  const refusal = { code: 'changed-meanwhile', why: '', detail: '' } as const
  expect(await sentWhile({ ok: false, refusal }, sent)).toEqual(['other', digest])
  expect([...sent]).toEqual(['other'])
})

test('what is refused now and stood there before still counts as sent', async () => {
  const sent = new Set([digest])
  await sentWhile({ ok: false, refusal: { code: 'changed-meanwhile', why: '', detail: '' } }, sent)
  expect([...sent]).toEqual([digest])
})

test('nobody knows what became of it where this end let go', async () => {
  const sent = new Set<string>()
  await sentWhile({ ok: false, refusal: { code: 'closed', why: '', detail: '' } }, sent)
  expect([...sent]).toEqual([digest])
})
