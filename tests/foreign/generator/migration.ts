/** One whole migration of a seed: files of the old system, field map, files of the new one as they ought to be and damaged, and what is true of them. */
import { Chance } from './chance.ts'
import { type Choices, choose } from './choices.ts'
import type { DamageKind } from './damage-truth.ts'
import { type Planted, plantDamages, type TargetName } from './damages.ts'
import { makeFacts } from './facts.ts'
import { LegacyMaker } from './legacy.ts'
import { fhirFiles, legacyFile, type MadeFile, tableFile } from './packaging.ts'
import { FhirWriter } from './target-fhir.ts'
import { typeOf } from './target-paths.ts'
import { makeTarget, personNumber, type TargetState } from './target-records.ts'
import { targetTables } from './target-tables.ts'

/** Where a record stands: a row of a table, counted from 1 after the header, or a resource. */
export type Place =
  | { readonly side: 'legacy' | 'target'; readonly table: string; readonly row: number }
  | { readonly side: 'target'; readonly resource: string }

export interface Damage {
  readonly kind: DamageKind
  /** A finding at one of these names the damage. */
  readonly places: readonly Place[]
  /** Findings at these follow from it. */
  readonly consequences: readonly Place[]
  readonly people: readonly number[]
}

/** A person's word on records of the target that come from nowhere. */
export interface Explained {
  readonly type: string
  readonly reason: string
}

export interface Migration {
  readonly seed: number
  readonly choices: Choices
  readonly legacy: readonly MadeFile[]
  readonly map: ReadonlyMap<string, Uint8Array>
  readonly clean: readonly MadeFile[]
  readonly damaged: readonly MadeFile[]
  readonly explained: readonly Explained[]
  readonly damages: readonly Damage[]
  readonly rows: number
}

interface Written {
  readonly files: readonly MadeFile[]
  readonly placeOf: (name: TargetName) => Place | null
}

function write(choices: Choices, state: TargetState, reported: TargetState, chance: Chance): Written {
  if (choices.target === 'fhir') {
    const writer = new FhirWriter(choices, state, reported, chance)
    return {
      files: fhirFiles(choices, writer.resources()),
      placeOf: ({ kind, id }) => ({ side: 'target', resource: `${typeOf(choices, kind)}/${id}` }),
    }
  }
  const tables = targetTables(choices, state)
  return {
    files: tables.map(tableFile),
    placeOf: ({ kind, id }) => {
      const table = tables.find(({ name }) => name === typeOf(choices, kind))
      const at = table?.ids.indexOf(id) ?? -1
      return table && at >= 0 ? { side: 'target', table: table.name, row: at + 1 } : null
    },
  }
}

export function makeMigration(seed: number): Migration {
  const chance = new Chance(`foreign migration ${seed}`)
  const choices = choose(seed, chance.of('choices'))
  const facts = makeFacts(choices, chance.of('facts'))
  const maker = new LegacyMaker(choices, facts)
  maker.make()
  if (choices.patientIds !== 'carried' && choices.target !== 'fhir')
    for (const person of facts.people)
      maker.map.value('patient-numbers', { from: person.key, words: '', system: '', to: personNumber(person) })
  const state = makeTarget(choices, facts, chance.of('target'))
  const { state: hurt, planted } = plantDamages(choices, facts, state, chance.of('damage'))
  const clean = write(choices, state, state, chance.of('write'))
  const damaged = write(choices, hurt, state, chance.of('write'))
  const rowOf = new Map<number, Place>()
  const personRows: Place[] = []
  for (const table of maker.tables) {
    for (const [at, uids] of table.uids.entries())
      for (const uid of uids) rowOf.set(uid, { side: 'legacy', table: table.name, row: at + 1 })
    for (const [at, person] of table.people.entries())
      if (person !== null) personRows[person] = { side: 'legacy', table: table.name, row: at + 1 }
  }
  const legacyPlaces = (uids: readonly number[]): Place[] => uids.flatMap((uid) => rowOf.get(uid) ?? [])
  const targetPlaces = (names: readonly TargetName[]): Place[] => names.flatMap((name) => damaged.placeOf(name) ?? [])
  const damage = (one: Planted): Damage => ({
    ...{ kind: one.kind, people: one.people },
    places: [...legacyPlaces(one.uids), ...one.rows.flatMap((person) => personRows[person] ?? []), ...targetPlaces(one.targets)],
    consequences: [...legacyPlaces(one.consequences.uids), ...targetPlaces(one.consequences.targets)],
  })
  const explained = choices.derived
    ? [
        { type: 'Provenance', reason: 'the load itself wrote these' },
        { type: 'Organization', reason: 'set up with the new system' },
      ]
    : []
  return {
    ...{
      seed,
      choices,
      explained,
      map: maker.map.files(),
      clean: clean.files,
      damaged: damaged.files,
      damages: planted.map(damage),
    },
    legacy: maker.tables.map((table) => legacyFile(choices, table)),
    rows: maker.tables.reduce((sum, { rows }) => sum + rows.length, 0),
  }
}
