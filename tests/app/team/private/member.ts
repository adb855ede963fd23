/** Members of a team, each as a browser would be one: a copy of the project, a line to the real server, and the session of the private part. */

import type { PrivateState } from '../../../../src/app/session/private-sharing.ts'
import { Connection } from '../../../../src/app/team/connection.ts'
import type { KeyStanding } from '../../../../src/app/team/private/key-ring.ts'
import { PrivateSession } from '../../../../src/app/team/private/private-session.ts'
import { SenderBook } from '../../../../src/app/team/sender-book.ts'
import { utf8 } from '../../../../src/core/canonical.ts'
import type { Hand, Step } from '../../../../src/core/project/acts/hand.ts'
import type { Project, SignedHead } from '../../../../src/core/project/format/project.ts'
import { ledgerLine } from '../../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../../../src/core/project/ledger/ledger-file.ts'
import { ledgerUnion } from '../../../../src/core/project/ledger/ledger-union.ts'
import { headList, headsIn, joinedHeads, signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import { decodeServerFrame, type StreamItem } from '../../../../src/core/team/frames.ts'
import { sendersIn } from '../../../../src/core/team/senders.ts'
import type { KeyPair } from '../../../../src/io/keys/signature-web.ts'
import type { TeamServing } from '../../../../src/team/server/team-server.ts'
import { deviceSigner } from '../../../core/project/device-keys.ts'
import { ask } from '../../../team/client.ts'
import { nodeSocket, Tapped } from '../real-server.ts'

export class Member {
  readonly name: string
  readonly device: string
  readonly headers: Record<string, string>
  readonly tapped = new Tapped()
  /** Everything that went to the routes of keys or came from there. */
  readonly bodies: string[] = []
  readonly connection: Connection
  readonly session: PrivateSession
  readonly #senders: SenderBook
  readonly #serving: TeamServing
  readonly #heads: Map<string, SignedHead>
  project: Project
  state: PrivateState | null = null
  #acts: Promise<unknown> = Promise.resolve()

  /** @param heads signed ends of chains, which all members have in common */
  constructor(
    serving: TeamServing,
    project: Project,
    who: { readonly name: string; readonly device: string; readonly headers: Record<string, string>; readonly pair: KeyPair },
    heads: Map<string, SignedHead>,
  ) {
    this.#serving = serving
    this.#heads = heads
    this.name = who.name
    this.device = who.device
    this.headers = who.headers
    this.project = project
    this.connection = new Connection({
      open: nodeSocket(serving.origin, project.manifest.id, who.headers, this.tapped),
      standing: async () => 'here',
      changed: () => undefined,
      present: () => undefined,
      firstPause: 50,
    })
    this.#senders = new SenderBook(async () => {
      const about = await ask(serving, 'GET', `/team/${project.manifest.id}/about`, who.headers)
      return about.ok ? sendersIn(await about.json()) : null
    })
    this.session = new PrivateSession({
      project: project.manifest.id,
      connection: this.connection,
      open: () => this.project,
      isKept: () => true,
      by: () => this.hand(),
      act: (deed) => this.act(deed),
      standing: () => this.standing(),
      keep: (wraps) => this.keep(wraps),
      items: (stream, from) => this.items(stream, from),
      sealPair: async () => who.pair,
      deviceSigner: () => deviceSigner(this.device),
      mayWrite: () => true,
      senders: this.#senders,
      changed: (state) => {
        this.state = state
      },
      patience: 200,
    })
    this.connection.follow('ledger', 0, {
      items: (items) => {
        this.#take(items.flatMap(({ body }) => [...readLedger(new TextDecoder().decode(body)).entries]))
      },
      current: () => undefined,
    })
  }

  hand(): Hand {
    return { device: this.device, actor: this.name, wall: new Date().toISOString() }
  }

  act(deed: (project: Project, by: Hand) => Step | Promise<Step>): Promise<string | null> {
    const done = this.#acts.then(async () => {
      const before = this.project
      const step = await deed(before, this.hand())
      if (!step.ok) return step.problem
      const known = new Set(before.ledger.map(({ hash }) => hash))
      const fresh = step.project.ledger.filter(({ hash }) => !known.has(hash))
      if (fresh.length > 0) {
        const signed = await signHead(step.project, this.device, await deviceSigner(this.device))
        const own = headsIn(signed).get(this.device)
        // Before anybody hears of the entry: pages get both, and look again with the second.
        if (own) this.#heads.set(this.device, own)
        const outcome = await this.connection.append('ledger', utf8(fresh.map(ledgerLine).join('')))
        if (!outcome.ok) return outcome.refusal.why
      }
      // What came meanwhile stays.
      this.project = { ...this.project, private: step.project.private }
      this.#take(fresh)
      return null
    })
    this.#acts = done.catch(() => undefined)
    return done
  }

  #take(entries: readonly LedgerEntry[]): void {
    const ledger = ledgerUnion(this.project.ledger, entries)
    const heads = headList(joinedHeads(headsIn(this.project), this.#heads, ledger))
    this.project = { ...this.project, ledger, heads }
    this.session.look()
  }

  async standing(): Promise<KeyStanding> {
    const answer = await ask(this.#serving, 'GET', `/team/${this.project.manifest.id}/keys`, this.headers)
    const text = await answer.text()
    this.bodies.push(text)
    if (!answer.ok) throw new Error(text)
    return JSON.parse(text) as KeyStanding
  }

  async keep(wraps: readonly string[]): Promise<void> {
    this.bodies.push(...wraps)
    const answer = await ask(this.#serving, 'POST', `/team/${this.project.manifest.id}/keys`, this.headers, { wraps })
    if (!answer.ok) throw new Error(await answer.text())
  }

  async items(stream: string, from: number): Promise<readonly StreamItem[]> {
    const path = `/team/${this.project.manifest.id}/items?stream=${stream}&from=${from}&limit=500`
    const answer = await ask(this.#serving, 'GET', path, this.headers)
    const read = decodeServerFrame(new Uint8Array(await answer.arrayBuffer()))
    if (!read.ok || read.frame.kind !== 'items') throw new Error(`${answer.status}`)
    return read.frame.items
  }

  /** Adds what was written to a private file. */
  async write(path: string, text: string): Promise<void> {
    await this.act((project) => ({
      ok: true,
      project: { ...project, private: new Map(project.private).set(path, utf8(text)) },
    }))
    this.session.look()
  }

  text(path: string): string {
    return new TextDecoder().decode(this.project.private.get(path))
  }

  close(): void {
    this.session.close()
    this.#senders.close()
    this.connection.close()
  }
}
