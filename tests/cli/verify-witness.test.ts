/** `verify --checkpoint` demands the signature of the witness that the ledger names, or that is named on the command line. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addVerify } from '../../src/cli/project/verify.ts'
import { appendEntries } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { GrowingTree } from '../../src/core/project/ledger/merkle.ts'
import { witnessNamed } from '../../src/core/project/ledger/witness.ts'
import { checkpointText } from '../../src/core/team/checkpoint.ts'
import {
  cosignatureLine,
  cosignedText,
  noteKeyId,
  writeNote,
  writeNoteKey,
  writeWitnessKey,
} from '../../src/core/team/signed-note.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-verify-'))
let out = ''
beforeEach(() => {
  out = ''
  process.exitCode = 0
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, raw: new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')) }
}
const origin = 'clinic.example/team/p'
const server = keyPair()
const witness = { ...keyPair(), name: 'auditor.example/w1' }
const witnessKey = writeWitnessKey(witness.name, witness.raw)

/** A file as the server gives it, signed by the witness or not. */
function checkpointOf(entries: readonly LedgerEntry[], isWitnessed: boolean): string {
  const tree = new GrowingTree()
  for (const { hash } of entries) tree.addEntry(hash)
  const text = checkpointText({ origin, size: tree.size, root: tree.root() })
  const own = {
    name: origin,
    id: noteKeyId(origin, server.raw),
    signature: new Uint8Array(sign(null, Buffer.from(text), server.privateKey)),
  }
  const time = 1_772_359_200
  const signature = new Uint8Array(sign(null, Buffer.from(cosignedText(text, time)), witness.privateKey))
  const line = cosignatureLine({ name: witness.name, publicKey: new Uint8Array(witness.raw) }, { time, signature })
  return JSON.stringify({
    format: 'carryover-checkpoint/1',
    project: 'p',
    note: writeNote({ text, signatures: isWitnessed ? [own, line] : [own] }),
    key: writeNoteKey(origin, server.raw),
    hashes: entries.map(({ hash }) => hash),
  })
}

async function verified(entries: readonly LedgerEntry[], isWitnessed: boolean, ...more: readonly string[]) {
  const [ledger, file] = [join(folder, 'ledger.jsonl'), join(folder, 'checkpoint.json')]
  writeFileSync(ledger, entries.map(ledgerLine).join(''))
  writeFileSync(file, checkpointOf(entries, isWitnessed))
  const program = new Command('carryover').exitOverride()
  addVerify(program.command('verify'))
  out = ''
  await program.parseAsync(['verify', ledger, '--format', 'json', '--checkpoint', file, ...more], { from: 'user' })
  const { checkpoint } = JSON.parse(out) as { checkpoint: { ok: boolean; why: string } }
  return { ...checkpoint, exitCode: process.exitCode }
}

test('a ledger that names a witness needs its signature; one that does not needs it where it is asked for', async () => {
  const draft = { device: 'd', actor: 'ana', digest: null, time: { wall: '2026-03-01T10:00:00Z', counter: 0 } }
  const plain = appendEntries([], [{ ...draft, action: 'statement', object: 'a' }])
  const naming = appendEntries(plain, [{ ...draft, action: witnessNamed, object: witnessKey }])
  expect(await verified(plain, false)).toMatchObject({ ok: true, exitCode: 5 })
  expect(await verified(plain, false, '--witness-key', witnessKey)).toMatchObject({ ok: false, exitCode: 1 })
  expect(await verified(plain, true, '--witness-key', witnessKey)).toMatchObject({ ok: true, exitCode: 5 })
  expect(await verified(naming, false)).toMatchObject({
    ok: false,
    exitCode: 1,
    why: `The witness ${witness.name} did not sign this checkpoint. Ask who runs the server for one that it signed.`,
  })
  const held = await verified(naming, true)
  expect(held).toMatchObject({ ok: true, exitCode: 5 })
  expect(held.why).toContain(`The witness ${witnessKey} signed it, too.`)
  const other = keyPair()
  expect((await verified(naming, true, '--witness-key', writeWitnessKey(witness.name, other.raw))).ok).toBe(false)
  const free = appendEntries(naming, [{ ...draft, action: witnessNamed, object: '' }])
  expect(await verified(free, false)).toMatchObject({ ok: true, exitCode: 5 })
})
