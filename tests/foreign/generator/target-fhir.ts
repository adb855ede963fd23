/** The target as FHIR R4 resources: links, codings, values and packages the way different servers write them. */

import type { Chance } from './chance.ts'
import type { Choices } from './choices.ts'
import { aliases, type Concept, systems } from './codes.ts'
import type { Value } from './facts.ts'
import { dayText, fhirTime } from './formats.ts'
import { Decimal, type Json } from './json.ts'
import { mrnSystem } from './legacy-lines.ts'
import { typeOf } from './target-paths.ts'
import type { TargetPerson, TargetRecord, TargetState } from './target-records.ts'
import { precisionOf } from './views.ts'

export interface Resource {
  readonly type: string
  readonly id: string
  /** Id of the patient whose Bundle it goes to. */
  readonly owner: string
  readonly fullUrl: string
  readonly body: Readonly<Record<string, Json>>
}

const visitSystem = 'urn:clinic:visit-number'
const server = 'https://records.example.org/fhir'
const terminology = 'http://terminology.hl7.org/CodeSystem'

export class FhirWriter {
  private readonly urns = new Map<string, string>()

  private readonly choices: Choices
  private readonly state: TargetState
  /** The records that reports are about, whatever damage was done to them. */
  private readonly reported: TargetState
  private readonly chance: Chance

  constructor(choices: Choices, state: TargetState, reported: TargetState, chance: Chance) {
    this.choices = choices
    this.state = state
    this.reported = reported
    this.chance = chance
  }

  resources(): Resource[] {
    const made = [...this.state.people.map((one) => this.patient(one)), ...this.state.records.map((one) => this.record(one))]
    if (this.choices.orders) made.push(...this.reports())
    if (this.choices.derived) made.push(...this.derived())
    return made
  }

  private urn(type: string, id: string): string {
    const name = `${type}/${id}`
    const held = this.urns.get(name)
    if (held !== undefined) return held
    const own = /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? id : this.chance.uuid()
    this.urns.set(name, `urn:uuid:${own}`)
    return `urn:uuid:${own}`
  }

  private wrap(type: string, id: string, owner: string, body: Readonly<Record<string, Json | undefined>>): Resource {
    const whole: Record<string, Json> = { resourceType: type, id }
    for (const [name, value] of Object.entries(body)) if (value !== undefined) whole[name] = value
    const fullUrl =
      this.choices.references === 'absolute' || this.choices.references === 'relative'
        ? `${server}/${type}/${id}`
        : this.urn(type, id)
    return { type, id, owner, fullUrl, body: whole }
  }

  private link(type: string, id: string, identifier: { readonly system: string; readonly value: string }): Json {
    const { references } = this.choices
    const named = identifier.value !== ''
    if (references === 'absolute') return { reference: `${server}/${type}/${id}` }
    if (references === 'urn' || (references === 'conditional' && !named)) return { reference: this.urn(type, id) }
    if (references === 'identifier' && named) return { identifier: { system: identifier.system, value: identifier.value } }
    if (references === 'conditional') return { reference: `${type}?identifier=${identifier.system}|${identifier.value}` }
    return { reference: `${type}/${id}` }
  }

  private toPatient(id: string): Json {
    const person = this.state.people.find((one) => one.id === id)
    const value = this.choices.patientIds === 'carried' ? '' : (person?.identifier ?? '')
    return this.link('Patient', id, { system: mrnSystem, value })
  }

  private toVisit(id: string): Json {
    const visit = this.state.records.find((one) => one.kind === 'visit' && one.id === id)
    return this.link('Encounter', id, { system: visitSystem, value: visit?.identifier ?? '' })
  }

  private patient(person: TargetPerson): Resource {
    const { choices } = this
    const kept = choices.patientIds !== 'carried'
    return this.wrap('Patient', person.id, person.id, {
      identifier: kept
        ? [
            { system: 'urn:clinic:insurance', value: `X${person.phone.replaceAll('-', '')}` },
            { type: { coding: [{ system: `${terminology}/v2-0203`, code: 'MR' }] }, system: mrnSystem, value: person.identifier },
          ]
        : undefined,
      name: [{ use: 'official', family: person.family, given: [person.given] }],
      telecom: [{ system: 'phone', value: person.phone }],
      gender: person.sex,
      birthDate: person.birth,
      address: [{ city: person.city, postalCode: person.postcode }],
    })
  }

  private concept(concept: Concept, second = true): Json {
    const system = this.choices.alias ? (aliases[concept.system] ?? concept.system) : concept.system
    const codings = [{ system, code: concept.code, display: concept.words }]
    const own = { system: 'urn:clinic:codes', code: `L-${concept.local}`, display: concept.words }
    return { coding: this.choices.secondCoding && second ? [...codings, own] : codings, text: concept.words }
  }

  private time(record: TargetRecord, at: number): string {
    const { choices } = this
    if (record.known !== 'all' && at === record.start)
      return dayText(at, choices.zone, 'iso').slice(0, record.known === 'year' ? 4 : 7)
    if (precisionOf(choices, 'target', record.kind) === 'day') return dayText(at, choices.zone, 'iso')
    return fhirTime(at, choices.targetZone, choices.fraction)
  }

  private record(record: TargetRecord): Resource {
    const type = typeOf(this.choices, record.kind)
    const { kind, concept, owner, identifier } = record
    const end = record.end === null ? undefined : this.time(record, record.end)
    const start = this.time(record, record.start)
    const system = kind === 'visit' ? visitSystem : 'urn:clinic:rows'
    const subject = { subject: this.toPatient(owner) }
    const common = {
      identifier: identifier === '' ? undefined : [{ system, value: identifier }],
      encounter: record.visit === null ? undefined : this.toVisit(record.visit),
    }
    const state = (name: string, code: string): Json | undefined =>
      code === '' ? undefined : { coding: [{ system: `${terminology}/${name}`, code }] }
    switch (kind) {
      case 'visit':
        return this.wrap(type, record.id, owner, {
          ...{ ...common, ...subject, status: 'finished' },
          class: { system: concept.system, code: concept.code, display: concept.words },
          period: end === undefined ? { start } : { start, end },
        })
      case 'problem':
        return this.wrap(type, record.id, owner, {
          ...{ ...common, clinicalStatus: state('condition-clinical', record.status) },
          verificationStatus: state('condition-ver-status', record.verification),
          ...{ code: this.concept(concept), ...subject, onsetDateTime: start, abatementDateTime: end },
        })
      case 'allergy':
        return this.wrap(type, record.id, owner, {
          ...{ identifier: common.identifier, clinicalStatus: state('allergyintolerance-clinical', record.status) },
          verificationStatus: state('allergyintolerance-verification', record.verification),
          ...{ code: this.concept(concept), patient: this.toPatient(owner), onsetDateTime: start },
          reaction: record.reaction ? [{ manifestation: [this.concept(record.reaction, false)] }] : undefined,
        })
      case 'medicine':
        return this.wrap(type, record.id, owner, {
          ...(this.choices.contained
            ? {
                contained: [{ resourceType: 'Medication', id: 'med', code: this.concept(concept) }],
                medicationReference: { reference: '#med' },
              }
            : { medicationCodeableConcept: this.concept(concept) }),
          ...{
            ...common,
            ...subject,
            status: record.status === '' ? undefined : record.status,
            intent: 'order',
            authoredOn: start,
          },
          dosageInstruction: record.detail === '' ? undefined : [{ text: record.detail }],
        })
      case 'vaccine':
        return this.wrap(type, record.id, owner, {
          ...{ ...common, status: 'completed', vaccineCode: this.concept(concept), patient: this.toPatient(owner) },
          ...{ occurrenceDateTime: start, lotNumber: record.detail },
        })
      case 'procedure':
        return this.wrap(type, record.id, owner, {
          ...{ ...common, status: 'completed', code: this.concept(concept), ...subject },
          ...(precisionOf(this.choices, 'target', 'procedure') === 'day'
            ? { performedDateTime: start }
            : { performedPeriod: end === undefined ? { start } : { start, end } }),
        })
      default:
        return this.wrap(type, record.id, owner, {
          ...{
            ...common,
            status: 'final',
            category: [
              {
                coding: [
                  { system: `${terminology}/observation-category`, code: kind === 'result' ? 'laboratory' : 'vital-signs' },
                ],
              },
            ],
          },
          ...{ code: this.concept(concept), ...subject, effectiveDateTime: start, ...this.value(record.value) },
          component:
            record.parts.length === 0
              ? undefined
              : record.parts.map((part) => ({ code: this.concept(part.concept, false), ...this.value(part.value) })),
        })
    }
  }

  private value(value: Value | null): Readonly<Record<string, Json>> {
    switch (value?.kind) {
      case undefined:
        return {}
      case 'quantity': {
        const { number, unit, comparator } = value
        return {
          valueQuantity: {
            value: new Decimal(number),
            ...(comparator === '' ? {} : { comparator }),
            ...(unit === '' ? {} : { unit, system: systems.ucum, code: unit }),
          },
        }
      }
      case 'concept':
        return { valueCodeableConcept: this.concept(value.concept, false) }
      case 'text':
        return { valueString: value.text }
      case 'boolean':
        return { valueBoolean: value.yes }
      case 'integer':
        return { valueInteger: new Decimal(value.number) }
      case 'day':
        return { valueDateTime: dayText(value.at, this.choices.zone, 'iso') }
      case 'ratio':
        return {
          valueRatio: {
            numerator: { value: new Decimal(value.numerator) },
            denominator: { value: new Decimal(value.denominator) },
          },
        }
    }
  }

  /** One report per request of the old system. */
  private reports(): Resource[] {
    const seen = new Map<number, TargetRecord>()
    for (const record of this.reported.records)
      if (record.kind === 'result' && !seen.has(record.session)) seen.set(record.session, record)
    return [...seen.values()].map((record) =>
      this.wrap('DiagnosticReport', `report-${record.session}`, record.owner, {
        ...{ identifier: [{ system: 'urn:clinic:requests', value: String(record.session) }], status: 'final' },
        ...{ code: { text: 'laboratory report' }, subject: this.toPatient(record.owner) },
        effectiveDateTime: fhirTime(record.start, this.choices.targetZone, this.choices.fraction),
      }),
    )
  }

  private derived(): Resource[] {
    const place = this.wrap('Organization', 'clinic', this.state.people[0]?.id ?? '', { name: 'Clinic at the river' })
    const made = this.state.people.map((person, i) =>
      this.wrap('Provenance', `load-${i + 1}`, person.id, {
        ...{ target: [this.toPatient(person.id)], recorded: '2024-05-01T08:00:00Z' },
        agent: [{ who: { display: 'first load' } }],
      }),
    )
    return [place, ...made]
  }
}
