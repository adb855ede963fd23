/** The truth as one line per damage, so that a change of the generator shows as a change of a file. */
import { createHash } from 'node:crypto'
import type { Migration, Place } from './migration.ts'

export function placeText(place: Place): string {
  return 'resource' in place ? place.resource : `${place.side} ${place.table}:${place.row}`
}

/** Digest of what the old system wrote and the field map says. */
function digestOf({ legacy, map }: Migration): string {
  const hash = createHash('sha256')
  for (const { name, bytes } of legacy) hash.update(`${name}\n`).update(bytes)
  for (const [path, bytes] of map) hash.update(`${path}\n`).update(bytes)
  return hash.digest('hex').slice(0, 16)
}

export function truthLines(made: Migration): string[] {
  const { seed, choices, damages, rows } = made
  const head = `${seed},clean,${choices.style.name},${choices.target},${rows},${digestOf(made)}`
  return [
    head,
    ...damages.map(({ kind, people, places, consequences }) =>
      [seed, kind, people.join('|'), places.map(placeText).join('|'), consequences.length].join(','),
    ),
  ]
}
