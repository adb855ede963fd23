/** The published JSON Schema of the hand-over pack: whoever takes it over checks that no part of it is missing. */
import type { Json } from '../../canonical.ts'

export const handOverSchemaId = 'urn:carryover:schema:hand-over:1'

const text: Json = { type: 'string', minLength: 1 }
const textOrNone: Json = { type: ['string', 'null'] }
const numberOrNone: Json = { type: ['number', 'null'] }
const count: Json = { type: 'integer', minimum: 0 }

function object(members: { readonly [name: string]: Json }): Json {
  return { type: 'object', required: Object.keys(members), properties: members }
}

function list(members: { readonly [name: string]: Json }): Json {
  return { type: 'array', items: object(members) }
}

export const handOverSchema: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: handOverSchemaId,
  title: 'Hand-over to operations',
  ...Object.fromEntries(
    Object.entries(
      object({
        $schema: { const: handOverSchemaId },
        kind: { const: 'hand-over' },
        project: object({ id: text, name: text, legacy: { type: 'string' }, target: { type: 'string' } }),
        asOf: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
        configuration: object({
          areas: list({ area: text, owner: textOrNone, deputy: textOrNone, openRequests: numberOrNone }),
          items: list({ item: text, area: text, approvedBy: textOrNone, native: { type: ['boolean', 'null'] } }),
          interfaces: list({
            id: text,
            from: text,
            to: text,
            direction: textOrNone,
            standard: textOrNone,
            downtime: textOrNone,
            owner: textOrNone,
            clause: textOrNone,
          }),
          codes: list({ system: text, used: text, current: text, owner: textOrNone }),
          workflows: list({ id: text, digest: text }),
          mapping: textOrNone,
          thresholds: list({ criterion: text, values: { type: 'object' } }),
        }),
        knownIssues: object({
          run: numberOrNone,
          findings: list({ severity: text, code: text, title: text, place: { type: 'string' }, count, accepted: textOrNone }),
          risks: list({
            id: text,
            what: text,
            avoid: { type: 'string' },
            weight: numberOrNone,
            owner: textOrNone,
            due: textOrNone,
          }),
          blockers: list({ code: text, name: text, words: { type: 'string' } }),
          tickets: list({ category: text, count, oldest: text }),
        }),
        changeRequests: object({
          customizations: list({ id: text, area: text, class: text, owner: textOrNone, expires: textOrNone }),
          feedbackUnanswered: { type: ['integer', 'null'], minimum: 0 },
        }),
        support: object({
          contacts: list({ branch: text, level: { type: 'number' }, role: text, answered: { type: ['boolean', 'null'] } }),
          contracts: list({ contract: text, expires: text, noticeDays: numberOrNone }),
        }),
        signatures: list({ name: text, meaning: text, time: text, covers: { enum: ['current', 'earlier'] } }),
        ledger: object({ head: text, entries: count }),
        missing: list({ kind: text, title: text, found: text }),
      }) as { readonly [name: string]: Json },
    ),
  ),
}
