/** Loaded StructureDefinitions by canonical address; each is expanded to its snapshot when it is first asked for. */

import type { NotEvaluated } from '../../../finding.ts'
import type { JsonObject } from '../../model/record.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { Snapshot } from './profile-element.ts'
import { readStructureDefinition } from './read-structure-definition.ts'
import { type ProfileProblem, snapshotOf } from './snapshot.ts'

interface Entry {
  readonly version: string | null
  readonly value: JsonObject
  /** Undefined until asked for; a text says why there is none. */
  snapshot: Snapshot | string | undefined
}

export class ProfileRegistry {
  private readonly byUrl = new Map<string, Entry[]>()
  private readonly definitions: Definitions
  private readonly problems = new Map<string, readonly ProfileProblem[]>()

  constructor(definitions: Definitions) {
    this.definitions = definitions
  }

  /** False where the object is no StructureDefinition. */
  add(value: JsonObject): boolean {
    const { url, version } = value
    if (value.resourceType !== 'StructureDefinition' || typeof url !== 'string') return false
    const entries = this.byUrl.get(url) ?? []
    entries.push({ version: typeof version === 'string' ? version : null, value, snapshot: undefined })
    this.byUrl.set(url, entries)
    return true
  }

  get urls(): readonly string[] {
    return [...this.byUrl.keys()]
  }

  /** `url` or `url|version`; without a version the last one that was loaded; a definition that states no version serves for any. Null where it is not loaded or can not be expanded. */
  snapshot(canonical: string): Snapshot | null {
    const made = this.made(canonical)
    return typeof made === 'string' ? null : made
  }

  /** Why there is no snapshot; null where there is one. */
  whyNot(canonical: string): string | null {
    const made = this.made(canonical)
    return typeof made === 'string' ? made : null
  }

  /** Addresses of those that were expanded. */
  get expandedOnes(): readonly string[] {
    return [...this.byUrl.values()]
      .flat()
      .flatMap(({ value, version, snapshot }) =>
        snapshot === undefined ? [] : [version === null ? String(value.url) : `${value.url}|${version}`],
      )
  }

  /** What is wrong with the profiles that were used: told, because those statements were not judged. In the order of their addresses, whatever came first. */
  notEvaluated(): NotEvaluated[] {
    const sorted = [...this.problems].sort(([a], [b]) => (a < b ? -1 : 1))
    return sorted.flatMap(([url, problems]) =>
      problems.map(({ element, words }) => ({ what: `${element} of the profile ${url}`, why: words })),
    )
  }

  private made(canonical: string): Snapshot | string {
    const [url = '', version] = canonical.split('|')
    const entries = this.byUrl.get(url) ?? []
    const entry =
      version === undefined
        ? entries.at(-1)
        : (entries.find((one) => one.version === version) ?? entries.find((one) => one.version === null))
    if (!entry) return `The profile ${canonical} is not loaded.`
    if (entry.snapshot === undefined) {
      entry.snapshot = `The profile ${url} is based on itself.`
      const result = this.expanded(entry.value)
      entry.snapshot = typeof result === 'string' ? result : result.snapshot
      if (typeof result !== 'string' && result.problems.length > 0) this.problems.set(url, result.problems)
    }
    return entry.snapshot
  }

  private expanded(value: JsonObject): ReturnType<typeof snapshotOf> {
    const definition = readStructureDefinition(value)
    if (definition === null) return `The profile ${String(value.url)} has neither a differential nor a snapshot.`
    return snapshotOf(definition, { definitions: this.definitions, profile: (url) => this.snapshot(url) })
  }
}
