/** The witness of checkpoints: a server as C2SP tlog-witness has it, written here by the specification, and a key in a file. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { verifyConsistency } from '../../src/core/project/ledger/merkle.ts'
import { witnessIn, witnessNamed } from '../../src/core/project/ledger/witness.ts'
import { readCheckpoint } from '../../src/core/team/checkpoint.ts'
import { heldUnder, readCheckpointFile } from '../../src/core/team/checkpoint-file.ts'
import { noteFault, witnessFault } from '../../src/io/keys/signed-note-web.ts'
import { openWitness } from '../../src/team/ledger/witness.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { ask, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const rawKey = (key: KeyObject): Buffer => Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url')
function idOf(name: string, raw: Uint8Array): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n\x04`), raw]))
    .digest()
    .subarray(0, 4)
}

/** A witness by the letter of the specification; `log` is the key that it trusts. */
class SpecWitness {
  readonly name = 'witness.clinic.example/w1'
  readonly private = generateKeyPairSync('ed25519').privateKey
  readonly asked: string[] = []
  seen = { size: 0, root: new Uint8Array(32) }
  log = ''
  forges = false
  server: Server | null = null
  address = ''

  get key(): string {
    const raw = rawKey(this.private)
    return `${this.name}+${idOf(this.name, raw).toString('hex')}+${base64(Buffer.concat([Buffer.from([4]), raw]))}`
  }

  async start(): Promise<void> {
    this.server = createServer((request, answer) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => void parts.push(part))
      request.on('end', async () => {
        const { status, text } = await this.answer(request.url ?? '', Buffer.concat(parts).toString('utf8'))
        answer.writeHead(status, status === 409 ? { 'content-type': 'text/x.tlog.size' } : {}).end(text)
      })
    })
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', () => done()))
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/prefix`
  }

  async answer(url: string, body: string): Promise<{ status: number; text: string }> {
    this.asked.push(body.split('\n')[0] ?? '')
    const split = body.indexOf('\n\n')
    const [first = '', ...proof] = body.slice(0, split).split('\n')
    const note = body.slice(split + 2)
    const checkpoint = readCheckpoint(note)
    const old = Number(/^old (0|[1-9]\d*)$/.exec(first)?.[1] ?? Number.NaN)
    if (url !== '/prefix/add-checkpoint' || !checkpoint || Number.isNaN(old) || old > checkpoint.size)
      return { status: 400, text: '' }
    if ((await noteFault(note, this.log)) !== null) return { status: 403, text: '' }
    if (old !== this.seen.size) return { status: 409, text: `${this.seen.size}\n` }
    const path = proof.map((line) => new Uint8Array(Buffer.from(line, 'base64')))
    if (old === 0 ? path.length > 0 : !verifyConsistency(old, checkpoint.size, this.seen.root, checkpoint.root, path))
      return { status: 422, text: '' }
    this.seen = { size: checkpoint.size, root: new Uint8Array(checkpoint.root) }
    const time = 1_772_359_200
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(BigInt(time))
    const text = `cosignature/v1\ntime ${this.forges ? time + 1 : time}\n${note.slice(0, note.lastIndexOf('\n\n') + 1)}`
    const line = Buffer.concat([idOf(this.name, rawKey(this.private)), stamp, sign(null, Buffer.from(text), this.private)])
    return { status: 200, text: `— somebody.else/w9 ${base64(line)}\n— ${this.name} ${base64(line)}\n` }
  }
}

onBoth('witness', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let owner: { id: string; headers: Record<string, string> }
  let client: TestClient
  const witness = new SpecWitness()
  const entries: LedgerEntry[] = []
  const said: string[] = []

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    await witness.start()
    const settings = { database, dataFolder: place.folder, appFolder: null, host: '127.0.0.1', port: 0, origin: null, tls: null }
    const asked = { place: witness.address, key: witness.key }
    serving = await startTeamServer({ ...settings, witness: asked, checkpointEvery: 100, say: (line) => void said.push(line) })
    owner = await personWithSession(serving, database, 'owner')
    await makeProject(serving, 'p', owner.headers)
    witness.log = serving.state.checkpoints.keyOf('p')
    client = await TestClient.open(serving, 'p', owner.headers)
  })
  afterAll(async () => {
    client.close()
    await serving.close()
    await database.close()
    witness.server?.close()
  })

  const add = async (action = 'statement', object = `o${entries.length}`): Promise<void> => {
    const time = { wall: '2026-03-01T10:00:00Z', counter: 0 }
    const entry = nextEntry(entries.at(-1) ?? null, { device: 'd', actor: 'owner', action, object, digest: null, time })
    expect(await client.append('ledger', utf8(ledgerLine(entry)))).toMatchObject({ kind: 'saved' })
    entries.push(entry)
  }
  const fileOf = async (query = '?witnessed=yes') =>
    readCheckpointFile(await (await ask(serving, 'GET', `/team/p/checkpoint${query}`, owner.headers)).text())

  test('each checkpoint is cosigned, told to who is there, and holds offline by the key of the witness', async () => {
    expect(await fileOf()).toBeNull()
    for (const count of [1, 3, 5]) {
      while (entries.length < count) await add()
      const told = await client.next(
        'checkpoint',
        ({ note }) => readCheckpoint(note)?.size === count && note.includes(witness.name),
      )
      expect([await noteFault(told.note, witness.log), await witnessFault(told.note, witness.key)]).toEqual([null, null])
    }
    // It is asked to go on from what it signed, and never from the beginning again.
    expect(witness.asked[0]).toBe('old 0')
    expect(witness.asked.slice(1).every((line) => Number(line.slice(4)) > 0)).toBe(true)
    const file = await fileOf()
    if (!file) throw new Error('no file')
    expect(heldUnder(file, entries)).toMatchObject({ ok: true })
    expect(await witnessFault(file.note, witness.key)).toBeNull()
    // The line of the other name is no line of this witness, and nothing of the server's own is lost.
    expect(file.note).not.toContain('somebody.else')
    expect(await witnessFault(file.note.replace('\n5\n', '\n4\n'), witness.key)).toContain('does not hold')
    const light = (await (await ask(serving, 'GET', '/team/p/note', owner.headers)).json()) as { witness: string }
    expect(light.witness).toBe(witness.key)
  })

  test('a witness whose answer was lost is asked again from where it is; a signature that does not hold is not taken', async () => {
    await add()
    await client.next('checkpoint', ({ note }) => readCheckpoint(note)?.size === 6 && note.includes(witness.name))
    // As if the answer had not come.
    await database.transaction('p', [{ name: 'cosign-checkpoint', values: ['p', 6, 'x', null] }])
    witness.asked.length = 0
    await add()
    await client.next('checkpoint', ({ note }) => readCheckpoint(note)?.size === 7 && note.includes(witness.name))
    // A slow witness may be asked twice for the same.
    expect([witness.asked[0], ...new Set(witness.asked.slice(1))]).toEqual(['old 5', 'old 6'])
    witness.forges = true
    await add()
    await expect.poll(() => said.join('\n')).toMatch(/did not sign.*does not hold/)
    expect(readCheckpoint((await fileOf())?.note ?? '')?.size).toBe(7)
    witness.forges = false
    // Nobody has to write anything for it to be asked again.
    await expect.poll(async () => readCheckpoint((await fileOf())?.note ?? '')?.size).toBe(8)
  })

  test('a server that was set back gets no signature, and says so', async () => {
    witness.seen = { size: 400, root: new Uint8Array(32) }
    await add()
    await expect
      .poll(() => said.join('\n'))
      .toMatch(/it signed for 400 entries, and the ledger has [89]: the database was set back/)
    witness.seen = { size: 4, root: new Uint8Array(32).fill(9) }
    await add()
    // It has seen another history of the same length.
    await expect.poll(() => said.join('\n')).toMatch(/did not sign.*422/)
  })

  test('the ledger says whose signature is demanded', async () => {
    expect(witnessIn(entries)).toBeNull()
    await add(witnessNamed, witness.key)
    expect(witnessIn(entries)).toBe(witness.key)
    await add(witnessNamed, '')
    expect(witnessIn(entries)).toBeNull()
  })
})

test('a key in a file signs what goes on from what it signed, and remembers it beside the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-witness-'))
  const path = join(folder, 'witness.pem')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const text = (size: number, fill: number): string =>
    `clinic.example/team/p\n${size}\n${base64(new Uint8Array(32).fill(fill))}\n`
  const asked = (size: number, fill: number, old: number) => ({
    old,
    proof: [],
    note: `${text(size, fill)}\n— clinic.example/team/p AAAAAAAAAAAA\n`,
  })
  try {
    const first = await openWitness(path, null, 'https://clinic.example')
    const signed = await first.cosign(asked(3, 1, 0))
    if (signed.kind !== 'signed') throw new Error('not signed')
    const note = `${text(3, 1)}\n— ${signed.line.name} ${base64(Buffer.concat([signed.line.id, signed.line.signature]))}\n`
    expect(await witnessFault(note, first.key)).toBeNull()
    // Another visit knows what was signed: neither another root, nor fewer entries, nor an unproven step.
    const again = await openWitness(path, null, 'https://clinic.example')
    expect(again.key).toBe(first.key)
    expect(await again.cosign(asked(3, 1, 0))).toEqual({ kind: 'has', size: 3 })
    expect(await again.cosign(asked(3, 2, 3))).toMatchObject({ kind: 'no' })
    expect(await again.cosign(asked(2, 1, 3))).toMatchObject({ kind: 'no' })
    expect(await again.cosign(asked(4, 1, 3))).toMatchObject({ kind: 'no' })
    expect(await again.cosign(asked(3, 1, 3))).toMatchObject({ kind: 'signed' })
    expect(JSON.parse(readFileSync(`${path}.seen`, 'utf8'))).toMatchObject({ 'clinic.example/team/p': { size: 3 } })
    writeFileSync(`${path}.seen`, 'torn')
    await expect(again.cosign(asked(3, 1, 3))).rejects.toThrow(/can not be read/)
    await expect(openWitness(join(folder, 'none'), null, 'https://clinic.example')).rejects.toThrow(/can not be read/)
    await expect(openWitness('http://witness.example', first.key, 'https://clinic.example')).rejects.toThrow(/no TLS/)
    await expect(openWitness('https://witness.example', null, 'https://clinic.example')).rejects.toThrow(/needs its key/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
