/** A client of the socket as a page would be one: sends frames, keeps what comes, and waits for answers. */
import WebSocket from 'ws'
import type { Json } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { type Signer, signJson } from '../../src/core/project/signing/signature.ts'
import { deviceWords, keyDraft } from '../../src/core/project/signing/signed-heads.ts'
import { type DeviceClaim, signClaim } from '../../src/core/team/device-claim.ts'
import {
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
  type StreamItem,
} from '../../src/core/team/frames.ts'
import { sessionCookie } from '../../src/team/server/gate.ts'
import type { TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'

type Of<Kind extends ServerFrame['kind']> = Extract<ServerFrame, { kind: Kind }>

export class TestClient {
  readonly frames: ServerFrame[] = []
  readonly socket: WebSocket
  closed: { code: number; reason: string } | null = null
  #number = 0
  #waiting: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.binaryType = 'nodebuffer'
    socket.on('message', (data: Buffer) => {
      const reading = decodeServerFrame(data)
      if (!reading.ok) throw new Error(reading.why)
      this.frames.push(reading.frame)
      for (const wake of this.#waiting.splice(0)) wake()
    })
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      for (const wake of this.#waiting.splice(0)) wake()
    })
    socket.on('error', () => undefined)
  }

  /** @throws {Error} with the status where the upgrade is refused */
  static async open(serving: Pick<TeamServing, 'origin'>, project: string, headers: Record<string, string>): Promise<TestClient> {
    const socket = new WebSocket(`${serving.origin.replace('http', 'ws')}/team/${project}`, {
      headers: { origin: serving.origin, ...headers },
      perMessageDeflate: false,
    })
    const client = new TestClient(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('unexpected-response', (_, response) => {
        response.resume()
        reject(new Error(`refused with ${response.statusCode}`))
      })
      socket.once('error', reject)
    })
    await client.next('welcome')
    return client
  }

  send(frame: ClientFrame): void {
    this.socket.send(encodeClientFrame(frame))
  }

  /** Answer to an append. */
  async append(stream: string, body: Uint8Array): Promise<Of<'saved'> | Of<'refused'>> {
    const number = this.nextNumber()
    this.send({ kind: 'append', number, stream, body })
    return this.answer(number)
  }

  nextNumber(): number {
    this.#number++
    return this.#number
  }

  async answer(number: number): Promise<Of<'saved'> | Of<'refused'>> {
    for (;;) {
      const found = this.frames.find(
        (frame): frame is Of<'saved'> | Of<'refused'> =>
          (frame.kind === 'saved' || frame.kind === 'refused') && frame.number === number,
      )
      if (found) return found
      await this.#change()
    }
  }

  async follow(stream: string, from = 0): Promise<Of<'current'>> {
    const number = this.nextNumber()
    this.send({ kind: 'follow', number, stream, from })
    for (;;) {
      const refused = this.frames.find((frame) => frame.kind === 'refused' && frame.number === number)
      if (refused?.kind === 'refused') throw new Error(refused.why)
      const found = this.frames.find((frame): frame is Of<'current'> => frame.kind === 'current' && frame.number === number)
      if (found) return found
      await this.#change()
    }
  }

  async next<Kind extends ServerFrame['kind']>(kind: Kind, has: (frame: Of<Kind>) => boolean = () => true): Promise<Of<Kind>> {
    for (;;) {
      const found = this.frames.find((frame): frame is Of<Kind> => frame.kind === kind && has(frame as Of<Kind>))
      if (found) return found
      await this.#change()
    }
  }

  items(stream: string): readonly StreamItem[] {
    return this.frames.flatMap((frame) => (frame.kind === 'items' && frame.stream === stream ? frame.items : []))
  }

  async untilItems(stream: string, count: number): Promise<readonly StreamItem[]> {
    while (this.items(stream).length < count) await this.#change()
    return this.items(stream)
  }

  async untilClosed(): Promise<{ code: number; reason: string }> {
    while (this.closed === null) await this.#change(true)
    return this.closed
  }

  close(): void {
    this.socket.terminate()
  }

  #change(orClosed = false): Promise<void> {
    if (this.closed !== null && !orClosed) throw new Error(`The socket closed (${this.closed.code} ${this.closed.reason})`)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/** A person with a session, as sign-in leaves one; gives the headers that a browser would send. */
export async function personWithSession(
  serving: TeamServing,
  database: Database,
  actor: string,
  isAdministrator = false,
): Promise<{ id: string; headers: Record<string, string> }> {
  const id = `person-${actor}`
  await database.transaction(null, [{ name: 'make-person', values: [id, actor, actor, isAdministrator, 1] }])
  serving.state.parts.people.noteActor(actor, id)
  const token = await serving.state.sessions.begin(id, 'test')
  return { id, headers: { cookie: `${sessionCookie(serving.state.parts.ways)}=${token}` } }
}

export async function makeProject(serving: TeamServing, id: string, headers: Record<string, string>): Promise<void> {
  const answer = await ask(serving, 'POST', '/team', headers, { id, name: `Project ${id}` })
  if (answer.status !== 201) throw new Error(`The project was not made: ${await answer.text()}`)
}

/**
 * A request as a page of the server's own origin sends it. A connection that the server closed because nobody used it for seconds, just when
 * it is used again, is no answer: a browser asks once more by itself, and so does this.
 */
export async function ask(
  serving: Pick<TeamServing, 'origin'>,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const type = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
  const request = (): Promise<Response> =>
    fetch(new URL(path, serving.origin), {
      method,
      headers: { origin: serving.origin, ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
    })
  return await request().catch((error: Error) => {
    if (!(error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNRESET')) throw error
    return request()
  })
}

/** Makes somebody a member, as an invite does. */
export async function addMember(serving: TeamServing, project: string, person: string, role: string): Promise<void> {
  await serving.state.parts.database.transaction(null, [{ name: 'join-member', values: [project, person, role, 'invite', 1] }])
  await (await serving.state.room(project))?.readMembers()
}

/** Registers a device as a page does: with a proof by its key. */
export async function claimDevice(
  serving: TeamServing,
  project: string,
  person: { readonly id: string; readonly headers: Record<string, string> },
  device: string,
  signer: Signer,
  said: Partial<DeviceClaim> & { readonly signKey?: Json } = {},
): Promise<Response> {
  const { signKey = signer.publicKey, ...other } = said
  const proof = await signClaim({ origin: serving.origin, project, person: person.id, device, ...other }, signer)
  const body = { id: device, name: device, signKey, sealKey: null, proof }
  return ask(serving, 'POST', `/team/${project}/devices`, person.headers, body)
}

/** The entry by which a device gets its key, as a page writes it. */
export async function keyedEntry(
  project: string,
  last: LedgerEntry | null,
  { device, actor }: { readonly device: string; readonly actor: string },
  signer: Signer,
): Promise<LedgerEntry> {
  const signature = await signJson(deviceWords(project, device), signer)
  return nextEntry(last, keyDraft({ ledger: [] }, { device, actor, wall: '2026-03-01T10:00:00Z' }, signature))
}
