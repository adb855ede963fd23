/** What planting needs: a patient prepared so that the defect can occur, and the rendered records it is planted in. */
import type { Random } from '../../src/core/random.ts'
import type { Day } from './dates.ts'
import type { Resource } from './edit.ts'
import type { LegacyRow } from './legacy.ts'
import type { Person } from './person.ts'
import type { MigratedItem } from './target.ts'

export interface Scene {
  readonly person: Person
  readonly rows: LegacyRow[]
  readonly items: MigratedItem[]
  /** A patient nothing is planted on: the wrong patient of a wrong-patient error. */
  readonly bystander: Person
  readonly random: Random
  readonly asOf: Day
}

/** A finding that must be reported, and the record it must open. */
export interface Expected {
  readonly engine: 'pair' | 'validate'
  readonly code: string
  readonly at: LegacyRow | Resource
}

export interface Planted {
  readonly side: 'legacy' | 'target'
  readonly at: LegacyRow | Resource
  /** Column or element path. */
  readonly field: string
  readonly finds: readonly Expected[]
}

export interface Defect {
  readonly kind: string
  /** Gives the patient what the defect needs and returns the key of the row concerned. */
  prepare(person: Person, random: Random, asOf: Day): string
  plant(scene: Scene, key: string): Planted
}

/** Something that looks wrong and is right: nothing may be reported for this patient. */
export interface LookAlike {
  readonly kind: string
  readonly words: string
  prepare(person: Person, random: Random, asOf: Day, bystander: Person): void
  /** Changes of the rendered records that keep their meaning. */
  vary?(scene: Scene): void
}

export function rowOf(scene: Scene, key: string): LegacyRow {
  const row = scene.rows.find((one) => one.key === key)
  if (!row) throw new Error(`No legacy row ${key}`)
  return row
}

export function resourceOf(scene: Scene, key: string): Resource {
  const item = scene.items.find((one) => one.key === key)
  if (!item) throw new Error(`No migrated resource for ${key}`)
  return item.resource
}

/** Takes a resource out of the migrated side. */
export function drop(scene: Scene, resource: Resource): void {
  const at = scene.items.findIndex((one) => one.resource === resource)
  if (at < 0) throw new Error(`${resource.id} is not there to drop`)
  scene.items.splice(at, 1)
}
