/**
 * The private part of an open project on a server: nothing of it goes there until an owner shares it, and then sealed alone. What others sealed
 * is opened here and joined with what is here. Where somebody was removed, a new key begins before anything more is sent.
 */
import type { Hand, Step } from '../../../core/project/acts/hand.ts'
import type { Project } from '../../../core/project/format/project.ts'
import { appendEntries } from '../../../core/project/ledger/chain.ts'
import {
  isSharedKind,
  joinedShared,
  kindNames,
  type PrivateFiles,
  type SharedKind,
  spokenBy,
  unseenCount,
  unseenParts,
} from '../../../core/project/sharing/shared-kinds.ts'
import { type Sharing, type SharingJudgement, sharingIn } from '../../../core/project/sharing/sharing.ts'
import { beginEpoch } from '../../../core/project/sharing/sharing-acts.ts'
import { sealKeyDraft, sealKeyed, sealKeyWords } from '../../../core/project/signing/seal-keys.ts'
import { type Signer, signJson } from '../../../core/project/signing/signature.ts'
import { keyEntries, signedIn } from '../../../core/project/signing/signed-heads.ts'
import type { StreamItem } from '../../../core/team/frames.ts'
import { mayPass, type Refusal } from '../../../core/team/refusal.ts'
import { recoveryDeviceOf } from '../../../core/team/sealed/key-wrap.ts'
import { type Senders, speaksAs } from '../../../core/team/senders.ts'
import { errorWords } from '../../../core/values/error-words.ts'
import { sealItem } from '../../../io/keys/sealed-item.ts'
import { type KeyPair, webVerifier } from '../../../io/keys/signature-web.ts'
import { sealKeyOf } from '../../../io/keys/team-key.ts'
import { nothingShared, type PrivateState } from '../../session/private-sharing.ts'
import { KeyRing, type KeyStanding } from './key-ring.ts'
import { SealedInbox } from './sealed-inbox.ts'

/** What is used of the line to the server. */
export interface SealedLine {
  append(
    stream: string,
    body: Uint8Array,
    /** It waits for no line: what is sealed goes under what stands when it goes. */
    how: { readonly once: true },
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }>
  follow(
    stream: string,
    from: number,
    follower: {
      items(items: readonly StreamItem[]): void
      current(last: number): void
    },
  ): void
  follows(stream: string): boolean
}

/** Who is who on the server, asked anew where somebody is not known yet. */
interface KnownSenders {
  readonly known: Senders
  knowing(asked: { readonly people: readonly string[]; readonly devices: readonly string[] }): Promise<Senders>
}

export interface PrivateHost {
  readonly project: string
  readonly connection: SealedLine
  /** Null where another project is open by now. */
  readonly open: () => Project | null
  /** False while something is not on disk yet. */
  readonly isKept: () => boolean
  readonly by: () => Hand
  /** Null when done and kept, else why not. */
  readonly act: (deed: (project: Project, by: Hand) => Step | Promise<Step>) => Promise<string | null>
  /** @throws {Error} with a sentence */
  readonly standing: () => Promise<KeyStanding>
  /** @throws {Error} with a sentence */
  readonly keep: (wraps: readonly string[]) => Promise<void>
  /** The next items of a stream after one. @throws {Error} with a sentence */
  readonly items: (stream: string, from: number) => Promise<readonly StreamItem[]>
  readonly sealPair: (device: string) => Promise<KeyPair>
  readonly deviceSigner: (project: Project) => Promise<Signer>
  readonly mayWrite: () => boolean
  /** Who is who on the server. */
  readonly senders: KnownSenders
  readonly changed: (state: PrivateState) => void
  /** Milliseconds between looks for a key that is still to come. */
  readonly patience?: number
}

/** Refusals after which the same is sealed under what stands by then. */
const isSealedAnew: ReadonlySet<string> = new Set(['stale-epoch', 'not-shared', 'unsent'])

export class PrivateSession {
  readonly #host: PrivateHost
  readonly #ring: KeyRing
  readonly #inbox: SealedInbox
  readonly #current = new Set<SharedKind>()
  #judgedFor: Pick<Project, 'ledger' | 'heads'> | null = null
  #judged: SharingJudgement | null = null
  #standing: KeyStanding | null = null
  #problem: string | null = null
  #state: PrivateState = nothingShared
  #work: Promise<void> = Promise.resolve()
  #isAsked = false
  /** Looks in a row that waited for something, and whether this one does. */
  #tries = 0
  #waits = false
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: PrivateHost) {
    this.#host = host
    this.#ring = new KeyRing(host.project)
    this.#inbox = new SealedInbox({
      project: host.project,
      items: host.items,
      keyOf: (known) => this.#ring.keyOf(known),
      sendersWith: (person) => host.senders.knowing({ people: [person], devices: [] }),
    })
    this.look()
  }

  get state(): PrivateState {
    return this.#state
  }

  get ring(): KeyRing {
    return this.#ring
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  /** Looks again at ledger, keys and what is to be sent: once at a time. */
  look(): void {
    if (this.#isAsked || this.#isOver) return
    this.#isAsked = true
    this.#work = this.#work.then(() => this.#turn())
  }

  /** The same, asking the server anew who is there and who is gone. */
  lookAnew(): void {
    this.#standing = null
    this.look()
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    for (let work: Promise<void> | null = null; work !== this.#work; ) {
      work = this.#work
      await work
    }
  }

  /** The server takes so many at once. @throws {Error} with a sentence */
  async keepWraps(wraps: readonly string[]): Promise<void> {
    for (let from = 0; from < wraps.length; from += 100) await this.#host.keep(wraps.slice(from, from + 100))
  }

  /** Asked once more where the server could not be read. @throws {Error} with a sentence */
  async freshStanding(): Promise<KeyStanding> {
    this.#standing = await this.#host.standing()
    return this.#standing
  }

  async #turn(): Promise<void> {
    this.#isAsked = false
    this.#waits = false
    try {
      this.#problem = null
      await this.#judge()
      await this.#announce()
      const { sharing } = this.#judged ?? {}
      if (sharing) {
        for (const kind of kindNames) this.#follow(kind)
        await this.#takeKeys(sharing)
        await this.#open()
        if (this.#host.mayWrite()) await this.#give(sharing)
      }
    } catch (error) {
      this.#problem = errorWords(error)
      this.#standing = null
      this.#later()
    }
    if (!this.#waits) this.#tries = 0
    this.#tell()
  }

  /** Looks again soon, then less and less often. @param most milliseconds */
  #later(most = this.#patience): void {
    this.#waits = true
    if (this.#isOver || this.#timer !== undefined) return
    const pause = Math.min(most, 250 * 2 ** Math.min(this.#tries, 20))
    this.#tries++
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.lookAnew()
    }, pause)
  }

  get #patience(): number {
    return this.#host.patience ?? 10_000
  }

  async #judge(): Promise<void> {
    const project = this.#host.open()
    if (!project || this.#isOver) return
    if (this.#judgedFor?.ledger === project.ledger && this.#judgedFor.heads === project.heads) return
    const before = this.#judged?.sharing
    this.#judged = await sharingIn(project, project.ledger, webVerifier, { writing: this.#host.by().device })
    this.#judgedFor = { ledger: project.ledger, heads: project.heads }
    const { sharing } = this.#judged
    if (sharing?.page.key !== before?.page.key || sharing?.page.recipients.length !== before?.page.recipients.length)
      this.#standing = null
  }

  /** Says in the ledger, signed by this device, which key others seal for. */
  async #announce(): Promise<void> {
    const project = this.#host.open()
    const { device } = this.#host.by()
    if (!project || project.readOnly !== null || this.#isOver) return
    if (!keyEntries(project.ledger).has(device)) return
    if (project.ledger.some((entry) => entry.action === sealKeyed && entry.device === device)) return
    const key = await sealKeyOf(await this.#host.sealPair(device))
    const why = await this.#host.act(async (now, by) => {
      if (now.ledger.some((entry) => entry.action === sealKeyed && entry.device === by.device)) return { ok: true, project: now }
      const signature = await signJson(sealKeyWords(signedIn(now), by.device, key), await this.#host.deviceSigner(now))
      return { ok: true, project: { ...now, ledger: appendEntries(now.ledger, [sealKeyDraft(now, by, key, signature)]) } }
    })
    if (why !== null) this.#problem = why
  }

  #follow(kind: SharedKind): void {
    const { connection } = this.#host
    const stream = `sealed/${kind}`
    if (connection.follows(stream)) return
    // From the first: what was sent tells what is still to be sent.
    connection.follow(stream, 0, {
      items: (items) => {
        this.#inbox.take(kind, items)
        this.look()
      },
      current: () => {
        this.#current.add(kind)
        this.look()
      },
    })
  }

  async #takeKeys(sharing: Sharing): Promise<void> {
    const { device } = this.#host.by()
    const own = sharing.page.recipients.find((each) => each.device === device)
    const lacks = (): boolean =>
      own !== undefined && sharing.keys.some((known) => known.epoch >= own.since && !this.#ring.keyOf(known))
    if (this.#standing && !lacks()) return
    const standing = this.#standing ?? (await this.freshStanding())
    await this.#ring.take(standing, sharing, device, await this.#host.sealPair(device))
    // Somebody who holds it wraps it for this device as soon as they are here; nobody may have one of an earlier epoch any more.
    if (lacks()) this.#later(this.#ring.keyOf(sharing.page) ? 6 * this.#patience : this.#patience)
  }

  /** Opens what came and joins it with what is here. */
  async #open(): Promise<void> {
    for (;;) {
      const opened = await this.#inbox.next()
      if (opened.length === 0) return
      let problem: string | null = null
      const why = await this.#host.act((project) => {
        let files: PrivateFiles = project.private
        for (const each of opened) {
          const outcome = joinedShared(files, each.files, each.kind)
          files = outcome.files
          problem = outcome.problem ?? problem
        }
        return { ok: true, project: files === project.private ? project : { ...project, private: files } }
      })
      this.#problem = why ?? problem ?? this.#problem
      if (why === null) continue
      this.#inbox.putBack(opened)
      this.#later()
      return
    }
  }

  /** Keys to those who are named, a new key where somebody is gone, then what nobody sent yet. */
  async #give(sharing: Sharing): Promise<void> {
    if (!this.#ring.keyOf(sharing.page)) return
    const standing = this.#standing ?? (await this.freshStanding())
    if (sharing.isOn && sharing.page.recipients.some(({ device }) => standing.gone.includes(device))) {
      await this.#goOn(sharing, standing)
      return
    }
    const missing = await this.#ring.missing(sharing, standing, this.#judged?.keys ?? new Map(), this.#host.by().actor)
    if (missing.length > 0) {
      await this.keepWraps(missing)
      this.#standing = null
    }
    if (sharing.isOn && this.#host.isKept()) await this.#send(sharing)
  }

  /** A new epoch without those who are gone. Its key is on the server for everybody else before the ledger names it, so that it is never lost. */
  async #goOn(sharing: Sharing, { gone }: KeyStanding): Promise<void> {
    const { page } = sharing
    const keys = this.#judged?.keys
    const stays = page.recipients.filter(({ device }) => !gone.includes(device))
    const own = this.#host.by().device
    if (!stays.some(({ device }) => device === own)) return
    const sealedFor = new Map([[recoveryDeviceOf(page.recovery.key), page.recovery.key]])
    for (const { device, key } of stays) {
      const found = keys?.get(device)
      if (found?.digest === key) sealedFor.set(device, found.key)
    }
    const next = await this.#ring.begin(page.epoch + 1, sealedFor)
    await this.keepWraps(next.wraps)
    const why = await this.#host.act(async (project, by) =>
      beginEpoch(
        project,
        { epoch: next.epoch, key: next.key, stays: ({ device }) => !gone.includes(device) },
        await this.#host.deviceSigner(project),
        webVerifier,
        by,
      ),
    )
    this.#standing = null
    if (why === null) this.look()
    else {
      // Another device began it at the same moment, mostly; its entry is about to come.
      this.#problem = why
      this.#later()
    }
  }

  async #send({ page }: Sharing): Promise<void> {
    const project = this.#host.open()
    const teamKey = this.#ring.keyOf(page)
    if (!project || !teamKey) return
    await this.#host.senders.knowing({ people: [], devices: [this.#host.by().device] })
    const files = this.#own(project.private)
    for (const kind of page.kinds.filter(isSharedKind)) {
      const seen = this.#inbox.seenOf(kind)
      if (!this.#current.has(kind)) continue
      for (const part of unseenParts(files, kind, seen)) {
        const place = { project: this.#host.project, stream: `sealed/${kind}`, epoch: page.epoch, key: page.key }
        const body = await sealItem(place, teamKey, part)
        // Whoever stopped the sharing meanwhile, or left somebody out: nothing more goes under this key.
        if (this.#isOver || this.#judgedFor?.ledger !== this.#host.open()?.ledger) return this.look()
        const outcome = await this.#host.connection.append(place.stream, body, { once: true })
        if (outcome.ok) seen.add(part)
        else return this.#unsent(kind, outcome.refusal)
      }
    }
  }

  /** Without comments of those who work on the server: they send theirs themselves, and nobody takes them from somebody else. */
  #own(files: PrivateFiles): PrivateFiles {
    const { known } = this.#host.senders
    return spokenBy(files, (by) => speaksAs(known, { person: known.you, at: Number.POSITIVE_INFINITY }, by)).files
  }

  /** What the server did not take is sealed anew, under what stands by then. */
  #unsent(kind: SharedKind, { code, why }: Refusal): void {
    if (!isSealedAnew.has(code) && !mayPass(code)) throw new Error(why)
    // Whether it was stored all the same is known when the server has told everything again.
    if (code === 'unsent') this.#current.delete(kind)
    else this.#later()
  }

  #forgedWords(): string | null {
    const { forgers } = this.#inbox
    if (forgers.size === 0) return null
    return `${[...forgers].join(', ')} sent comments, or acts on comments, in the name of somebody else. They are left out: tell an owner of the project.`
  }

  #tell(): void {
    if (this.#isOver) return
    const project = this.#host.open()
    const sharing = this.#judged?.sharing ?? null
    // Who is not named sends nothing, so nothing of theirs waits.
    const isNamed = sharing?.page.recipients.some(({ device }) => device === this.#host.by().device) === true
    const kinds = sharing?.isOn && isNamed ? sharing.page.kinds.filter(isSharedKind) : []
    let waiting = 0
    const files = project && this.#own(project.private)
    if (files) for (const kind of kinds) waiting += unseenCount(files, kind, this.#inbox.seenOf(kind))
    const broken =
      this.#inbox.broken === 0
        ? null
        : `${this.#inbox.broken} sealed items on the server were changed, taken away, or sealed for another place. They are left out.`
    this.#state = {
      judged: this.#judged,
      sharing,
      hasKey: sharing !== null && this.#ring.keyOf(sharing.page) !== null,
      closed: this.#inbox.closed,
      waiting,
      items: Object.fromEntries(this.#inbox.counts),
      gone: this.#standing?.gone ?? this.#state.gone,
      problem: this.#problem ?? this.#forgedWords() ?? broken,
    }
    this.#host.changed(this.#state)
  }
}
