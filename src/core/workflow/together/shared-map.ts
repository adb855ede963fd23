/** One copy of a map that several people draw: commands go in as before, what others did comes in as updates, and undo takes back own changes alone. */
import * as Y from 'yjs'
import { type Applied, apply, type Command } from '../edit/edit.ts'
import type { Workflow } from '../map/workflow.ts'
import { workflowDigest } from '../map/write.ts'
import { newDocument, readMap, type TableName, tableNames, tableOf, writeChanges } from './map-document.ts'
import { type Named, suffixOf, withOwnNames } from './own-names.ts'
import { type Repair, type Tidied, tidy } from './tidy.ts'

export interface Copy {
  /** Id of the workflow. */
  readonly id: string
  /** A random whole number below 2^32, drawn anew each time the map is opened to be changed. */
  readonly client: number
  /** Name of the device in the ledger; ids of what is added end in a suffix of it. */
  readonly device: string
}

export interface Edited {
  readonly workflow: Workflow
  /** Ids of what the command made, as they are called in the shared map. */
  readonly created: readonly string[]
  /** Why nothing was changed; null when the command was done. */
  readonly refused: string | null
}

export class SharedMap {
  private readonly id: string
  private readonly suffix: string
  private readonly doc: Y.Doc
  private readonly own = { kind: 'own change' }
  private readonly undoing: Y.UndoManager
  private readonly touched = new Map<TableName, Set<string>>()
  private raw: Workflow
  private shown: Tidied
  private isBurst = false
  private heard: (update: Uint8Array) => void = () => undefined

  /** @param updates all that is known of the map, in any order */
  constructor({ id, client, device }: Copy, updates: Iterable<Uint8Array>) {
    this.id = id
    this.suffix = suffixOf(device)
    this.doc = newDocument(client)
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update)
    })
    this.raw = readMap(this.doc, id)
    this.shown = tidy(this.raw)
    for (const name of tableNames) tableOf(this.doc, name).observeDeep((events) => this.note(name, events))
    this.undoing = new Y.UndoManager(
      tableNames.map((name) => tableOf(this.doc, name)),
      // Entries are parted by hand, never by time.
      { trackedOrigins: new Set([this.own]), captureTimeout: Number.MAX_SAFE_INTEGER },
    )
    this.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) this.heard(update)
    })
  }

  /** What readers see. */
  get workflow(): Workflow {
    return this.shown.workflow
  }

  /** Shows this object for what it is already, so that what was worked out from it stays worked out. False where the two differ. */
  showAs(workflow: Workflow): boolean {
    const isSame = workflowDigest(workflow) === workflowDigest(this.workflow)
    if (isSame) this.shown = { ...this.shown, workflow }
    return isSame
  }

  /** What had to be left out of it, in words. */
  get repairs(): readonly Repair[] {
    return this.shown.repairs
  }

  /** Own changes that can be taken back, and taken back ones that can be made again. */
  get steps(): { readonly undo: number; readonly redo: number } {
    return { undo: this.undoing.undoStack.length, redo: this.undoing.redoStack.length }
  }

  /** Called with the bytes of each own change, the taking back of one among them. */
  onOwnChange(heard: (update: Uint8Array) => void): void {
    this.heard = heard
  }

  /** @param joins true where this goes on with the last change (letters of one field, one drag) and is taken back with it */
  edit(command: Command, joins = false): Edited {
    const before = this.workflow
    const applied = apply(before, command)
    if (applied.refused !== null) return { workflow: before, created: [], refused: applied.refused }
    const { workflow, created } = withOwnNames(before, applied, command, this.suffix, {
      has: (side, table, id) => tableOf(this.doc, `${side}.${table}`)._map.has(id),
      edge: (side, id) => this.raw[side].edges.get(id) ?? null,
    })
    if (!joins || !this.isBurst) this.undoing.stopCapturing()
    this.isBurst = true
    this.write(before, workflow, this.own, command.kind === 'patch')
    return { workflow: this.workflow, created, refused: null }
  }

  /** What was made inside a sub-workflow of it, under names of this device; the inside is given as a map of its own. */
  ownNames(inner: Workflow, applied: Applied, command: Command): Named {
    return withOwnNames(inner, applied, command, this.suffix, {
      has: () => false,
      edge: (side, id) => inner[side].edges.get(id) ?? null,
    })
  }

  /** Takes over what was changed elsewhere from one state to another, as by an earlier version of this program; nothing of it can be taken back. */
  takeOver(state: Workflow, from: Workflow = this.workflow): void {
    this.write(from, state, null)
  }

  /** @param exactly also takes away what was hidden and would show again, now that what it points at is back */
  private write(before: Workflow, after: Workflow, origin: object | null, exactly = false): void {
    const { shortened } = this.shown
    this.doc.transact(() => {
      writeChanges(this.doc, before, after)
      // A link is kept as it was before one of its steps went. Who changes what is left of it changes it for good.
      for (const [key, keptUnder] of shortened)
        if (before.trace.get(key) !== after.trace.get(key)) for (const each of keptUnder) tableOf(this.doc, 'trace').delete(each)
      if (exactly) writeChanges(this.doc, tidy(readMap(this.doc, this.id)).workflow, after)
    }, origin)
    this.read()
  }

  /** Takes in what others did. False where the bytes are no update; then nothing is changed. */
  receive(updates: Iterable<Uint8Array>): boolean {
    let isWhole = true
    this.doc.transact(() => {
      for (const update of updates)
        try {
          Y.applyUpdate(this.doc, update)
        } catch {
          isWhole = false
        }
    }, null)
    this.read()
    return isWhole
  }

  /** Takes back the last own change that still stands; a field that somebody else has changed since is left to them. False where there is none. */
  undo(): boolean {
    return this.turn(() => this.undoing.undo())
  }

  redo(): boolean {
    return this.turn(() => this.undoing.redo())
  }

  private turn(way: () => unknown): boolean {
    this.isBurst = false
    const before = this.workflow
    way()
    this.read()
    return this.workflow !== before
  }

  /** All of it as one update, or what one lacks who sent `vector`. */
  update(vector?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, vector)
  }

  /** What is known here, for one who has more to send. */
  vector(): Uint8Array {
    return Y.encodeStateVector(this.doc)
  }

  close(): void {
    this.undoing.destroy()
    this.doc.destroy()
  }

  private note(name: TableName, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const keys = this.touched.get(name) ?? new Set()
    this.touched.set(name, keys)
    for (const event of events) {
      const [key] = event.path
      if (key !== undefined) keys.add(String(key))
      else for (const changed of event.keys.keys()) keys.add(changed)
    }
  }

  private read(): void {
    if (this.touched.size === 0) return
    this.raw = readMap(this.doc, this.id, this.raw, this.touched)
    this.touched.clear()
    this.shown = tidy(this.raw)
  }
}
