/** The truths of the damages hold by themselves: what they name is what differs, and nothing else. */
import { expect, test } from 'vitest'
import { pairIsThere, patientOf, type Resource, readTarget, type TargetFile } from './bundles.ts'
import { damage, damageKinds } from './damages.ts'

const files = pairIsThere ? readTarget() : []
const seeds = [1, 2, 3, 4, 5]

/** Each resource that is new, gone or changed; the lists of what was exported follow and are left out. */
function differing(before: readonly TargetFile[], after: readonly TargetFile[]) {
  const old = resources(before)
  const now = resources(after)
  return {
    gone: [...old.keys()].filter((name) => !now.has(name)),
    added: [...now.keys()].filter((name) => !old.has(name)),
    changed: [...now].flatMap(([name, one]) => (sameJson(old.get(name) ?? one, one) ? [] : [name])),
  }
}

const sameJson = (a: Resource, b: Resource) => a === b || JSON.stringify(a) === JSON.stringify(b)

function resources(of: readonly TargetFile[]): ReadonlyMap<string, Resource> {
  const all = of.flatMap(({ bundle }) => bundle.entry.map(({ resource }) => resource))
  return new Map(all.flatMap((one) => (one.resourceType === 'Provenance' ? [] : [[`${one.resourceType}/${one.id}`, one]])))
}

test.skipIf(!pairIsThere).each(damageKinds)('%s: the truth names exactly what differs, for every seed', (kind) => {
  const hit = seeds.map((seed) => {
    const { files: after, truth } = damage(files, kind, seed)
    const { gone, added, changed } = differing(files, after)
    if (kind === 'allergy dropped' || kind === 'encounter removed') {
      expect({ gone, added, changed }).toEqual({ gone: truth.resources, added: [], changed: [] })
    } else if (kind === 'patient duplicated') {
      expect([gone, changed]).toEqual([[], []])
      const copied = truth.consequences.map(({ resource }) => resource)
      expect(added.filter((name) => !copied.includes(name))).toEqual([])
      expect(added.filter((name) => name.startsWith('Patient/'))).toHaveLength(1)
      expect(copied.filter((name) => !name.startsWith('Provenance/'))).toHaveLength(added.length * 2)
    } else {
      expect({ gone, added, changed }).toEqual({ gone: [], added: [], changed: truth.resources })
    }
    expect(truth.count).toBe({ 'values ten times': 5, 'dates one day later': 20 }[kind as string] ?? 1)
    const owners = files
      .flatMap(({ bundle }) => bundle.entry.map(({ resource }) => resource))
      .filter((one) => truth.resources.includes(`${one.resourceType}/${one.id}`))
    for (const one of owners) expect(truth.patients).toContain(patientOf(one))
    return truth.resources.join()
  })
  // Three allergies give few choices; everything else must not hit the same record each time.
  expect(new Set(hit).size).toBeGreaterThan(kind === 'allergy dropped' ? 1 : 2)
})
