/** The planted defects: each kind says what it does and which engine must find it, where. */

import { utf8 } from '../../src/core/canonical.ts'
import { encodeBase64 } from '../../src/core/values/base64.ts'
import { allergens } from './catalog.ts'
import { swapped } from './dates.ts'
import { type Resource, setAt, valueAt } from './edit.ts'
import { misread } from './encode.ts'
import type { LegacyRow } from './legacy.ts'
import { type Allergy, addAllergy, addMedicine, addNote, addProblem, addResult, type Medicine, type Person } from './person.ts'
import { type Defect, drop, type Planted, resourceOf, rowOf } from './plant.ts'
import { noKnownAllergyElements, patientElements } from './target.ts'
import { validatedDefects } from './validated-defects.ts'

const patientOf = (person: Person): string => person.mrn

const onTarget = (at: Resource, field: string, ...codes: string[]): Planted => ({
  side: 'target',
  at,
  field,
  finds: codes.map((code) => ({ engine: 'pair', code, at })),
})
const missing = (at: LegacyRow, field: string, ...codes: string[]): Planted => ({
  side: 'target',
  at,
  field,
  finds: codes.map((code) => ({ engine: 'pair', code, at })),
})
const quantity = ['dosageInstruction', 0, 'doseAndRate', 0, 'doseQuantity'] as const

function keepTwoAllergies(...args: Parameters<typeof addAllergy>): Allergy {
  while (args[0].allergies.filter((one) => one.status === 'active').length < 1) addAllergy(...args)
  return addAllergy(...args)
}

function currentMedicine(...args: Parameters<typeof addMedicine>): Medicine {
  const medicine = addMedicine(...args)
  medicine.stopped = null
  return medicine
}

export const defects: readonly Defect[] = [
  {
    kind: 'allergy-lost',
    prepare: (...args) => keepTwoAllergies(...args).key,
    plant(scene, key) {
      drop(scene, resourceOf(scene, key))
      return missing(rowOf(scene, key), 'AllergyIntolerance', 'data/allergy-lost')
    },
  },
  {
    kind: 'allergy-altered',
    prepare(person, random, asOf) {
      const allergy = addAllergy(person, random, asOf)
      allergy.reaction = ['anaphylaxis', '39579001', 'Anaphylaxis']
      allergy.severity = 'severe'
      return allergy.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      if (scene.random.below(2) === 0) {
        setAt(resource, ['reaction', 0, 'manifestation', 0], {
          coding: [{ system: 'http://snomed.info/sct', code: '271807003', display: 'Eruption of skin' }],
          text: 'rash',
        })
        setAt(resource, ['reaction', 0, 'severity'], 'mild')
        return onTarget(resource, 'AllergyIntolerance.reaction', 'data/allergy-altered')
      }
      const other = allergens.find((one) => !scene.person.allergies.some((held) => held.allergen === one))
      if (!other) throw new Error('No other allergen left')
      setAt(resource, ['code'], {
        coding: [{ system: other.system, code: other.code, display: other.display }],
        text: other.display,
      })
      return onTarget(resource, 'AllergyIntolerance.code', 'data/allergy-altered')
    },
  },
  {
    kind: 'allergy-resurrected',
    prepare(person, random, asOf) {
      const allergy = keepTwoAllergies(person, random, asOf)
      allergy.status = random.below(2) === 0 ? 'inactive' : 'refuted'
      return allergy.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['clinicalStatus', 'coding', 0, 'code'], 'active')
      setAt(resource, ['verificationStatus', 'coding', 0, 'code'], 'confirmed')
      return onTarget(resource, 'AllergyIntolerance.clinicalStatus', 'data/allergy-resurrected')
    },
  },
  {
    kind: 'no-known-allergy-over-reaction',
    prepare(person, random, asOf) {
      person.allergies = []
      return addAllergy(person, random, asOf).key
    },
    plant(scene, key) {
      const index = scene.items.findIndex((one) => one.key === key)
      const id = `oc-nka-${scene.person.index + 1}`
      const resource: Resource = { resourceType: 'AllergyIntolerance', id, ...noKnownAllergyElements(scene.person) }
      scene.items[index] = { key, resource }
      const patient = resourceOf(scene, scene.person.mrn)
      const row = rowOf(scene, key)
      return {
        side: 'target',
        at: resource,
        field: 'AllergyIntolerance.code',
        finds: [
          { engine: 'pair', code: 'data/allergy-state-changed', at: patient },
          { engine: 'pair', code: 'data/allergy-lost', at: row },
        ],
      }
    },
  },
  {
    kind: 'no-known-allergy-invented',
    prepare(person) {
      person.allergies = []
      person.statement = null
      return patientOf(person)
    },
    plant(scene, key) {
      const id = `oc-nka-${scene.person.index + 1}`
      const resource: Resource = { resourceType: 'AllergyIntolerance', id, ...noKnownAllergyElements(scene.person) }
      scene.items.push({ key: id, resource })
      return {
        side: 'target',
        at: resource,
        field: 'AllergyIntolerance.code',
        finds: [{ engine: 'pair', code: 'data/allergy-state-changed', at: resourceOf(scene, key) }],
      }
    },
  },
  {
    kind: 'dose-times-ten',
    prepare: (...args) => currentMedicine(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      const value = Number(valueAt(resource, [...quantity, 'value']))
      setAt(resource, [...quantity, 'value'], value * 10)
      return onTarget(resource, 'MedicationRequest.dosageInstruction.doseAndRate.doseQuantity', 'data/dose-changed')
    },
  },
  {
    kind: 'dose-unit-swapped',
    prepare(person, random, asOf) {
      const medicine = currentMedicine(person, random, asOf)
      if (medicine.unit === 'units') {
        medicine.unit = 'mg'
        medicine.dose = '20'
      }
      return medicine.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      const toMicrogram = valueAt(resource, [...quantity, 'code']) === 'mg'
      setAt(resource, [...quantity, 'code'], toMicrogram ? 'ug' : 'mg')
      setAt(resource, [...quantity, 'unit'], toMicrogram ? 'mcg' : 'mg')
      return onTarget(resource, 'MedicationRequest.dosageInstruction.doseAndRate.doseQuantity', 'data/dose-changed')
    },
  },
  {
    kind: 'medicine-lost',
    prepare: (...args) => currentMedicine(...args).key,
    plant(scene, key) {
      drop(scene, resourceOf(scene, key))
      return missing(rowOf(scene, key), 'MedicationRequest', 'data/item-lost')
    },
  },
  {
    kind: 'medicine-resurrected',
    prepare(person, random, asOf) {
      const medicine = addMedicine(person, random, asOf)
      medicine.stopped = asOf
      return medicine.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['status'], 'active')
      return onTarget(resource, 'MedicationRequest.status', 'data/item-resurrected')
    },
  },
  {
    kind: 'problem-appeared',
    prepare: (...args) => addProblem(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      const at = scene.rows.indexOf(rowOf(scene, key))
      scene.rows.splice(at, 1)
      return onTarget(resource, 'Condition', 'data/item-appeared')
    },
  },
  {
    kind: 'unit-lost',
    prepare: (...args) => addResult(...args, (lab) => lab.unit !== '' && lab.unit !== '%').key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      for (const name of ['unit', 'system', 'code']) setAt(resource, ['valueQuantity', name], undefined)
      return onTarget(resource, 'Observation.valueQuantity', 'data/unit-lost')
    },
  },
  {
    kind: 'comparator-lost',
    prepare(...args) {
      const result = addResult(...args, (lab) => lab.local === 'TSH' || lab.local === 'CRP')
      result.comparator = '<'
      return result.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['valueQuantity', 'comparator'], undefined)
      return onTarget(resource, 'Observation.valueQuantity', 'data/comparator-lost')
    },
  },
  {
    kind: 'date-swapped',
    prepare(person, random, asOf) {
      const problem = addProblem(person, random, asOf)
      problem.onset = `${1 + Number(asOf.slice(0, 4)) - 3}-0${3 + random.below(3)}-0${6 + random.below(4)}`
      return problem.key
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      const day = swapped(String(resource.onsetDateTime))
      if (day === null) throw new Error('This date can not be swapped')
      setAt(resource, ['onsetDateTime'], day)
      return onTarget(resource, 'Condition.onsetDateTime', 'data/date-swapped')
    },
  },
  {
    kind: 'wrong-patient',
    prepare: (...args) => addResult(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['subject'], { reference: `Patient/${scene.bystander.id}` })
      setAt(resource, ['encounter'], undefined)
      return onTarget(resource, 'Observation.subject', 'data/wrong-patient')
    },
  },
  {
    kind: 'duplicate-patient',
    prepare: patientOf,
    plant(scene, key) {
      const id = `${scene.person.id}-2`
      const resource: Resource = { resourceType: 'Patient', id, ...patientElements(scene.person) }
      const at = scene.items.indexOf(scene.items.find((one) => one.key === key) ?? { key, resource })
      scene.items.splice(at + 1, 0, { key: id, resource })
      for (const { resource: one } of scene.items)
        if (one.resourceType === 'Condition') setAt(one, ['subject'], { reference: `Patient/${id}` })
      return onTarget(resource, 'Patient.identifier', 'data/duplicate-patient')
    },
  },
  {
    kind: 'patient-lost',
    prepare: patientOf,
    plant(scene, key) {
      scene.items.length = 0
      return missing(rowOf(scene, key), 'Patient', 'data/patient-lost')
    },
  },
  {
    kind: 'note-truncated',
    prepare: (...args) => addNote(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      const text = scene.person.notes.find((one) => one.key === key)?.text ?? ''
      setAt(resource, ['content', 0, 'attachment', 'data'], encodeBase64(utf8(text.slice(0, 80))))
      return onTarget(resource, 'DocumentReference.content.attachment.data', 'data/note-truncated')
    },
  },
  {
    kind: 'code-system-lost',
    prepare: (...args) => addProblem(...args).key,
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['code', 'coding', 0, 'system'], undefined)
      return onTarget(resource, 'Condition.code', 'data/code-system-lost')
    },
  },
  {
    kind: 'birth-date-changed',
    prepare(person) {
      person.birth = `${person.birth.slice(0, 8)}17`
      return person.mrn
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['birthDate'], `${scene.person.birth.slice(0, 8)}14`)
      return onTarget(resource, 'Patient.birthDate', 'data/field-changed')
    },
  },
  {
    kind: 'encoding-damage',
    prepare(person, random) {
      person.family = random.pick(['Sørensen', 'García', 'Müller', 'Castañeda', 'Brûlé', 'Çelik'])
      return person.mrn
    },
    plant(scene, key) {
      const resource = resourceOf(scene, key)
      setAt(resource, ['name', 0, 'family'], misread(scene.person.family))
      return onTarget(resource, 'Patient.name.family', 'data/text-damaged')
    },
  },
  ...validatedDefects,
]
