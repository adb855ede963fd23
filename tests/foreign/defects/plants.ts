/** The forty plants over their two extracts, each planted alone from a seed of its own. */

import { readdirSync, readFileSync } from 'node:fs'
import { dataFolder, hasData } from '../../beside.ts'
import { Random } from '../random.ts'
import { omopPlants } from './omop-plants.ts'
import type { Extract, Family, Place, Plant } from './plant.ts'
import { syntheaPlants } from './synthea-plants.ts'

export const extractsAreThere = hasData('csv/legacy-synthea-27', 'csv/target-omop-27nj')

export type ForeignExtract = { readonly name: 'synthea' | 'omop'; readonly files: Extract; readonly plants: readonly Plant[] }

/** One planted defect: the whole extract with it, and its truth. */
export type PlantedDefect = {
  readonly id: string
  readonly family: Family
  readonly plain: boolean
  readonly files: Extract
  readonly places: readonly Place[]
}

/** Lines of claims are left out of the first extract: no plant touches them and they are two thirds of its bytes. */
export function foreignExtracts(): readonly ForeignExtract[] {
  return [
    { name: 'synthea', files: tables('legacy-synthea-27', ['claims_transactions.csv']), plants: syntheaPlants },
    { name: 'omop', files: tables('target-omop-27nj', []), plants: omopPlants },
  ]
}

export function planted(extract: ForeignExtract, plant: Plant): PlantedDefect {
  const { id, family, plain } = plant
  const { files, places } = plant.plant(extract.files, new Random(Number(id.slice(1)) * 97 + id.charCodeAt(0)))
  return { id, family, plain, files: new Map([...extract.files, ...files]), places }
}

function tables(folder: string, without: readonly string[]): Extract {
  const names = readdirSync(dataFolder(`csv/${folder}/`)).filter((name) => name.endsWith('.csv') && !without.includes(name))
  return new Map(names.map((name) => [name.slice(0, -4), readFileSync(dataFolder(`csv/${folder}/${name}`))]))
}
