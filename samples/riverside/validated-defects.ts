/** Defects of one side alone: found by reading that side against its schema, or FHIR R4 against itself. */

import { type Resource, setAt } from './edit.ts'
import { misread } from './encode.ts'
import { columnAt, type LegacyRow } from './legacy.ts'
import { addBooking, addMedicine, addNote, addReferral, addResult, addVisit } from './person.ts'
import { type Defect, type Planted, resourceOf, rowOf } from './plant.ts'

const validated = (side: 'legacy' | 'target', at: LegacyRow | Resource, field: string, code: string): Planted => ({
  side,
  at,
  field,
  finds: [{ engine: 'validate', code, at }],
})

export const validatedDefects: readonly Defect[] = [
  {
    kind: 'encoding-damage-legacy',
    prepare(...args) {
      const note = addNote(...args)
      note.text = misread(`${note.text}\nMénière attacks continue, weight 71 kg – stable.`)
      return note.key
    },
    plant: (scene, key) => validated('legacy', rowOf(scene, key), 'TEXT', 'data/encoding-damage'),
  },
  {
    kind: 'orphan-reference',
    prepare(...args) {
      addVisit(...args)
      return addResult(...args).key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['encounter'], { reference: `Encounter/oc-e999${scene.person.index}` })
      return validated('target', resource, 'Observation.encounter', 'data/fhir-reference-missing')
    },
  },
  {
    kind: 'orphan-reference-legacy',
    prepare(...args) {
      const referral = addReferral(...args)
      referral.provider = 'DR999'
      return referral.key
    },
    plant(scene, key) {
      setAt(resourceOf(scene, key), ['requester'], undefined)
      return validated('legacy', rowOf(scene, key), 'PROV', 'data/foreign-key')
    },
  },
  {
    kind: 'value-not-in-value-set',
    prepare: (...args) => addBooking(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['status'], 'confirmed')
      return validated('target', resource, 'Appointment.status', 'data/fhir-code-required')
    },
  },
  {
    kind: 'value-not-in-list-legacy',
    prepare(person) {
      person.sex = 'U'
      return person.mrn
    },
    plant(scene, key) {
      const row = rowOf(scene, key)
      row.cells[columnAt('patients', 'SEX')] = '9'
      const planted = validated('legacy', row, 'SEX', 'data/value-list')
      return {
        ...planted,
        finds: [...planted.finds, { engine: 'pair', code: 'data/value-unmapped', at: resourceOf(scene, key) }],
      }
    },
  },
  {
    kind: 'missing-required-field',
    prepare: (...args) => addMedicine(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['intent'], undefined)
      return validated('target', resource, 'MedicationRequest.intent', 'data/fhir-cardinality')
    },
  },
  {
    kind: 'missing-required-field-legacy',
    prepare: (person) => person.mrn,
    plant(scene, key) {
      const row = rowOf(scene, key)
      row.cells[columnAt('patients', 'DOB')] = ''
      setAt(resourceOf(scene, key), ['birthDate'], undefined)
      return validated('legacy', row, 'DOB', 'data/required')
    },
  },
]
