/** Runs of a project on the engine of its server, as the server tells them: counts, places and sentences of the program, no cell. */
import * as v from 'valibot'
import { type Kept, map, object } from '../values/document.ts'

/** Verbs that the server runs; each reads what `data/sources.json` names. */
export const serverVerbs = ['validate', 'reconcile', 'profile'] as const
export type ServerVerb = (typeof serverVerbs)[number]

const stage = object({ stage: v.string(), tasks: v.number(), done: v.number(), setAside: v.number() })

const state = object({
  stages: v.array(stage),
  /** Tasks at work now. */
  atWork: v.number(),
  failedAttempts: v.number(),
  bytesRead: v.number(),
  bytesWritten: v.number(),
  secondsLeft: v.nullable(v.number()),
  /** Tasks that failed too often, what each would have read, and why. */
  aside: v.array(object({ task: v.string(), place: v.string(), why: v.string() })),
})
export type ServerRunState = Kept<typeof state>

const end = object({
  /** RFC 3339. */
  at: v.string(),
  /** `not-whole`: tasks were set aside; where there is a result, it names what was not judged. */
  outcome: v.picklist(['done', 'not-whole', 'cancelled', 'failed']),
  hasResult: v.boolean(),
  /** Why it failed; null otherwise. */
  why: v.nullable(v.string()),
})
export type ServerRunEnd = Kept<typeof end>

export const serverRun = object({
  id: v.string(),
  verb: v.picklist(serverVerbs),
  /** Who began it, as the ledger names people. */
  by: v.string(),
  /** RFC 3339, to the millisecond: a run of the project that was made of it began then, too. */
  started: v.string(),
  /** The documents of the project that it rests on, by path and SHA-256. */
  files: map(v.string()),
  /** Of all inputs; null until they are planned. */
  bytes: v.nullable(v.number()),
  state: v.nullable(state),
  /** Version that planned it, whichever opens it later; left out until then. */
  tool: v.optional(v.string()),
  /** Null while it goes on. */
  ended: v.nullable(end),
})
export type ServerRun = Kept<typeof serverRun>

export const serverRuns = object({
  /** How the server runs; null where nobody set it up. */
  engine: v.nullable(v.string()),
  runs: v.array(serverRun),
})

const side = v.picklist(['legacy', 'target'])

/** What a run would read. */
export const serverInputs = object({
  /** Where the files of this project are looked for. */
  place: v.string(),
  /** In the order of the project; `bytes` is null where the file is not there. */
  sources: v.array(object({ side: side, name: v.string(), bytes: v.nullable(v.number()) })),
  /** Files that lie there and that the project does not name. */
  unnamed: v.array(object({ side: side, name: v.string(), bytes: v.number() })),
  /** What can be run. */
  verbs: v.array(v.picklist(serverVerbs)),
})
export type ServerInputs = Kept<typeof serverInputs>

/** Documents of a project that decide what a run finds. */
export function isOfRun(path: string): boolean {
  return path === 'carryover.json' || path === 'baseline.json' || /^(data|mapping|rules|schemas)\//.test(path)
}
