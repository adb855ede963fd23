/** Ten damages done to the target of pair-12, each with the exact truth of what was done. */
import { Random } from '../random.ts'
import { at, type Entry, type Json, patientOf, type Resource, references, type TargetFile, textAt } from './bundles.ts'

export type DamageKind =
  | 'allergy dropped'
  | 'values ten times'
  | 'patient swapped'
  | 'unit removed'
  | 'code system changed'
  | 'text cut short'
  | 'patient duplicated'
  | 'stopped medicine active'
  | 'dates one day later'
  | 'encounter removed'

export type DamageTruth = {
  readonly kind: DamageKind
  readonly seed: number
  /** How many records were damaged. */
  readonly count: number
  /** `Type/id` of each damaged resource, as it was named before the damage. */
  readonly resources: readonly string[]
  /** The patients whose records were damaged. */
  readonly patients: readonly string[]
  /** Only of a swap: whose record it was, and under whom it lies now. */
  readonly swapped?: { readonly from: string; readonly to: string }
  /** Resources about which a report may rightly speak as well, with the reason. */
  readonly consequences: readonly { readonly resource: string; readonly why: string }[]
}

export type Damaged = { readonly files: readonly TargetFile[]; readonly truth: DamageTruth }
type Work = (files: readonly TargetFile[], random: Random) => Omit<Damaged, 'truth'> & { readonly truth: Done }
type Done = Omit<DamageTruth, 'kind' | 'seed'>
type Place = { readonly file: TargetFile; readonly resource: Resource }

const works: Readonly<Record<DamageKind, Work>> = {
  'allergy dropped': (files, random) => {
    const all = places(files, ['AllergyIntolerance'])
    const chosen = random.one(all)
    const alone = all.filter((place) => owner(place) === owner(chosen)).length === 1
    const why = 'it was the only allergy: where one was known, nothing is said now'
    return {
      files: without(files, chosen.resource),
      truth: { ...of([chosen]), consequences: alone ? [{ resource: `Patient/${owner(chosen)}`, why }] : [] },
    }
  },

  // Below 0.1 a tenfold value could still round to the one digit that the legacy side has.
  'values ten times': (files, random) => {
    const numeric = places(files, ['Observation']).filter(({ resource }) => Math.abs(numberOf(resource) ?? 0) >= 0.1)
    const chosen = random.some(numeric, 5)
    return {
      files: changed(files, chosen, (resource) =>
        within(resource, 'valueQuantity', { value: Number(((numberOf(resource) ?? 0) * 10).toPrecision(12)) }),
      ),
      truth: of(chosen),
    }
  },

  'patient swapped': (files, random) => {
    const chosen = random.one(
      places(files, [random.one(['Condition', 'Procedure', 'MedicationRequest', 'Immunization', 'Observation'])]),
    )
    const from = owner(chosen)
    const to = random.one(places(files, ['Patient']).filter(({ resource }) => resource.id !== from)).resource.id
    const link = chosen.resource.resourceType === 'Immunization' ? 'patient' : 'subject'
    const encounter = textAt(chosen.resource, 'encounter', 'reference')
    return {
      files: changed(files, [chosen], (resource) => within(resource, link, { reference: `urn:uuid:${to}` })),
      truth: {
        ...of([chosen]),
        patients: [from, to],
        swapped: { from, to },
        consequences:
          encounter === undefined
            ? []
            : [
                {
                  resource: `Encounter/${encounter.replace('urn:uuid:', '')}`,
                  why: 'the record still names an encounter of the first patient',
                },
              ],
      },
    }
  },

  'unit removed': (files, random) => {
    const chosen = random.one(
      places(files, ['Observation']).filter(({ resource }) => textAt(resource, 'valueQuantity', 'unit') !== undefined),
    )
    return {
      files: changed(files, [chosen], (resource) => {
        const { unit: _, code: __, system: ___, ...quantity } = resource.valueQuantity as { readonly [name: string]: Json }
        return { ...resource, valueQuantity: quantity }
      }),
      truth: of([chosen]),
    }
  },

  'code system changed': (files, random) => {
    const chosen = random.one(
      places(files, [
        random.one(['Condition', 'Procedure', 'MedicationRequest', 'Immunization', 'AllergyIntolerance', 'Observation']),
      ]),
    )
    const other = chosen.resource.resourceType === 'Observation' ? 'http://snomed.info/sct' : 'http://hl7.org/fhir/sid/icd-10-cm'
    return {
      files: changed(files, [chosen], (resource) =>
        coded(
          resource,
          (coding) => ({ ...coding, system: other }),
          (text) => text,
        ),
      ),
      truth: of([chosen]),
    }
  },

  // A column that was too short cuts what it holds wherever it is written: in the coding and in the text.
  'text cut short': (files, random) => {
    const long = places(files, ['Condition', 'Procedure', 'MedicationRequest']).filter(
      ({ resource }) => wordsOf(resource).length >= 20,
    )
    const chosen = random.one(long)
    const cut = (text: string) => text.slice(0, Math.floor(text.length * 0.6)).trimEnd()
    return {
      files: changed(files, [chosen], (resource) =>
        coded(resource, (coding) => ({ ...coding, display: cut(String(coding.display)) }), cut),
      ),
      truth: of([chosen]),
    }
  },

  // The load ran twice for one patient: the same numbers of the person, new ids for the patient and every record.
  'patient duplicated': (files, random) => {
    const chosen = random.one(places(files, ['Patient']))
    const ids = new Map(chosen.file.bundle.entry.map(({ resource }) => [resource.id, newId(random)]))
    const again = JSON.parse(
      JSON.stringify(chosen.file.bundle.entry).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => ids.get(id) ?? id),
    ) as readonly Entry[]
    const copies = again.map((entry, index) => samePerson(entry, chosen.file.bundle.entry[index]))
    return {
      files: [
        ...files,
        { name: chosen.file.name.replace('.json', '-again.json'), bundle: { ...chosen.file.bundle, entry: copies } },
      ],
      truth: {
        ...of([chosen]),
        consequences: [...chosen.file.bundle.entry, ...copies].map(({ resource }) => ({
          resource: `${resource.resourceType}/${resource.id}`,
          why: 'every record of the patient is there twice',
        })),
      },
    }
  },

  'stopped medicine active': (files, random) => {
    const stopped = places(files, ['MedicationRequest']).filter(({ resource }) => resource.status === 'stopped')
    const chosen = random.one(stopped)
    return { files: changed(files, [chosen], (resource) => ({ ...resource, status: 'active' })), truth: of([chosen]) }
  },

  // Both dates of a period and the dates that repeat the first one move together; an end before its begin is avoided.
  'dates one day later': (files, random) => {
    const type = random.one(['Immunization', 'Procedure', 'Condition', 'Observation'])
    const all = places(files, [type])
    const taken = new Set(all.map(({ resource }) => `${patientOf(resource)} ${codeOf(resource)} ${dayOf(resource)}`))
    const free = all.filter(({ resource }) => {
      const next = later(dayOf(resource))
      const end = textAt(resource, 'abatementDateTime')
      return !taken.has(`${patientOf(resource)} ${codeOf(resource)} ${next}`) && (end === undefined || end.slice(0, 10) > next)
    })
    const chosen = random.some(free, 20)
    return { files: changed(files, chosen, aDayLater), truth: of(chosen) }
  },

  // What points to it stays: those references lead nowhere then.
  'encounter removed': (files, random) => {
    const chosen = random.one(places(files, ['Encounter']))
    const gone = `urn:uuid:${chosen.resource.id}`
    const pointing = chosen.file.bundle.entry.filter(
      ({ resource }) => resource.resourceType !== 'Provenance' && references(resource).includes(gone),
    )
    return {
      files: without(files, chosen.resource),
      truth: {
        ...of([chosen]),
        consequences: pointing.map(({ resource }) => ({
          resource: `${resource.resourceType}/${resource.id}`,
          why: 'it names the encounter that is gone',
        })),
      },
    }
  },
}

export const damageKinds = Object.keys(works) as readonly DamageKind[]

/** The target with one damage; the same seed hits the same records. */
export function damage(files: readonly TargetFile[], kind: DamageKind, seed: number): Damaged {
  const { files: damaged, truth } = works[kind](files, new Random(seed * 31 + damageKinds.indexOf(kind)))
  return { files: damaged, truth: { kind, seed, ...truth } }
}

function places(files: readonly TargetFile[], types: readonly string[]): readonly Place[] {
  return files.flatMap((file) =>
    file.bundle.entry.filter(({ resource }) => types.includes(resource.resourceType)).map(({ resource }) => ({ file, resource })),
  )
}

function owner({ resource }: Place): string {
  const patient = patientOf(resource)
  if (patient === undefined) throw new Error(`${resource.resourceType}/${resource.id} has no patient.`)
  return patient
}

function of(chosen: readonly Place[]): Done {
  return {
    count: chosen.length,
    resources: chosen.map(({ resource }) => `${resource.resourceType}/${resource.id}`),
    patients: [...new Set(chosen.map(owner))],
    consequences: [],
  }
}

function changed(files: readonly TargetFile[], chosen: readonly Place[], change: (resource: Resource) => Resource) {
  const ids = new Set(chosen.map(({ resource }) => resource.id))
  return files.map((file) => {
    if (!chosen.some((place) => place.file.name === file.name)) return file
    const entry = file.bundle.entry.map((one) => (ids.has(one.resource.id) ? { ...one, resource: change(one.resource) } : one))
    return { ...file, bundle: { ...file.bundle, entry } }
  })
}

/** Without one resource; the Provenance lists what was exported and so leaves it out as well. */
function without(files: readonly TargetFile[], gone: Resource): readonly TargetFile[] {
  return files.map((file) => {
    if (!file.bundle.entry.some(({ resource }) => resource === gone)) return file
    const entry = file.bundle.entry
      .filter(({ resource }) => resource !== gone)
      .map((one) => {
        if (one.resource.resourceType !== 'Provenance') return one
        const target = (one.resource.target as readonly Json[]).filter(
          (link) => textAt(link, 'reference') !== `urn:uuid:${gone.id}`,
        )
        return { ...one, resource: { ...one.resource, target } }
      })
    return { ...file, bundle: { ...file.bundle, entry } }
  })
}

function within(resource: Resource, name: string, members: { readonly [name: string]: Json }): Resource {
  return { ...resource, [name]: { ...(resource[name] as { readonly [name: string]: Json }), ...members } }
}

const concept = (resource: Resource) =>
  ({ MedicationRequest: 'medicationCodeableConcept', Immunization: 'vaccineCode' })[resource.resourceType] ?? 'code'

function coded(
  resource: Resource,
  change: (coding: { readonly [name: string]: Json }) => { readonly [name: string]: Json },
  word: (text: string) => string,
): Resource {
  const name = concept(resource)
  const held = resource[name] as { readonly [name: string]: Json }
  const coding = (held.coding as readonly { readonly [name: string]: Json }[]).map(change)
  return { ...resource, [name]: { ...held, coding, text: word(String(held.text)) } }
}

const wordsOf = (resource: Resource) => textAt(resource, concept(resource), 'text') ?? ''
const codeOf = (resource: Resource) => textAt(resource, concept(resource), 'coding', 'code')

function numberOf(resource: Resource): number | undefined {
  const [value] = at(resource, 'valueQuantity', 'value')
  return typeof value === 'number' ? value : undefined
}

const dated = ['occurrenceDateTime', 'onsetDateTime', 'recordedDate', 'effectiveDateTime', 'issued'] as const

function dayOf(resource: Resource): string {
  const found =
    dated.map((name) => textAt(resource, name)).find((text) => text !== undefined) ?? textAt(resource, 'performedPeriod', 'start')
  return (found ?? '').slice(0, 10)
}

function later(instant: string): string {
  const day = new Date(`${instant.slice(0, 10)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + 1)
  return `${day.toISOString().slice(0, 10)}${instant.slice(10)}`
}

function aDayLater(resource: Resource): Resource {
  const moved = dated.flatMap((name): readonly (readonly [string, Json])[] => {
    const text = textAt(resource, name)
    return text === undefined ? [] : [[name, later(text)]]
  })
  const period = Object.entries((resource.performedPeriod ?? {}) as { readonly [name: string]: string })
  const performed =
    period.length === 0 ? {} : { performedPeriod: Object.fromEntries(period.map(([name, text]) => [name, later(text)])) }
  return { ...resource, ...Object.fromEntries(moved), ...performed }
}

/** A copied person keeps the numbers that a person goes by; ids of the system are new. */
function samePerson(copy: Entry, original: Entry | undefined): Entry {
  if (copy.resource.resourceType !== 'Patient' || original === undefined) return copy
  return { ...copy, resource: { ...copy.resource, identifier: original.resource.identifier ?? [] } }
}

function newId(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
