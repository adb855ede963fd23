/** Every kept document: what fits its schema opens and is written again whole; what does not is refused with its place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import { baselineDocument } from '../../../src/core/data/baseline/acceptance.ts'
import { severityDocument, severityPolicyPath } from '../../../src/core/data/blast-radius/severity-policy.ts'
import { sourcesDocument } from '../../../src/core/data/model/source.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { hazardsDocument } from '../../../src/core/project/format/hazard-acts.ts'
import { boardDocument, headsDocument, keyDocument, manifestDocument } from '../../../src/core/project/format/project.ts'
import { saltDocument } from '../../../src/core/project/format/record-name.ts'
import { runDocument } from '../../../src/core/project/format/run.ts'
import { sealedDocument } from '../../../src/core/project/format/sealed-text.ts'
import { settlementsDocument } from '../../../src/core/project/format/settlement.ts'
import { ledgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { chartAuditsDocument } from '../../../src/core/project/review/chart-audits.ts'
import { goldenDocument } from '../../../src/core/project/review/golden-list.ts'
import { hiddenTrapsDocument } from '../../../src/core/project/sample/trap-list.ts'
import { signaturePage } from '../../../src/core/project/signing/signature-page.ts'
import { kitPath } from '../../../src/core/readiness/downtime/kit-record.ts'
import { agreementDocument } from '../../../src/core/readiness/evidence/agreements.ts'
import { columnChoicesDocument, columnChoicesPath } from '../../../src/core/readiness/input-files/match-columns.ts'
import { editDocument } from '../../../src/core/readiness/kept-files/cell-edits.ts'
import { pairSearchPath } from '../../../src/core/readiness/kept-files/pair-search.ts'
import { boardEvent, boardLogPath } from '../../../src/core/readiness/log/board-log.ts'
import { kitDocument, pairSearchDocument } from '../../../src/core/readiness/model/evidence-values.ts'
import { calibrationEvent } from '../../../src/core/review/decision/calibration.ts'
import { drawDocument } from '../../../src/core/review/draw/draw.ts'
import { reviewEvent } from '../../../src/core/review/model/review-event.ts'
import { trapsDocument } from '../../../src/core/review/model/trap.ts'
import { planDocument } from '../../../src/core/review/plan/sampling-plan.ts'
import { worklistDocument } from '../../../src/core/review/result/worklist.ts'
import { misfit, ordered, type Schema } from '../../../src/core/values/document.ts'
import { watchedDocument } from '../../../src/core/workflow/edit/watched.ts'
import { scenarioDocument } from '../../../src/core/workflow/map/scenario.ts'
import { graphDocument, traceDocument } from '../../../src/core/workflow/map/workflow.ts'
import { simulatedDocument } from '../../../src/core/workflow/simulation/kept-results.ts'
import { testPlanDocument } from '../../../src/core/workflow/timed-tests/plan.ts'
import { exportJobDocument } from '../../../src/io/bulk-export/job.ts'
import { arbitraryOf, changedAt, type Place, placesOf } from '../values/schema-arbitrary.ts'

const documents: readonly (readonly [string, Schema])[] = [
  [paths.manifest, manifestDocument],
  [paths.board, boardDocument],
  [paths.sources, sourcesDocument],
  [paths.baseline, baselineDocument],
  [severityPolicyPath, severityDocument],
  ['runs/<id>/summary.json', runDocument],
  [paths.plan, planDocument],
  [paths.draw, drawDocument],
  [paths.traps, trapsDocument],
  [paths.hiddenTraps, hiddenTrapsDocument],
  [`a line of ${paths.verdicts}`, reviewEvent],
  [`a line of ${paths.calibration}`, calibrationEvent],
  [paths.worklist, worklistDocument],
  [paths.chartAudits, chartAuditsDocument],
  [paths.hazards, hazardsDocument],
  [paths.forks, settlementsDocument],
  [paths.heads, headsDocument],
  ['keys/<id>.pub.json', keyDocument],
  [`a line of ${paths.ledger}`, ledgerEntry],
  [paths.golden, goldenDocument],
  [`a line of ${boardLogPath}`, boardEvent],
  ['readiness/edits/<edit>.json', editDocument],
  [columnChoicesPath, columnChoicesDocument],
  ['readiness/agreed/<agreement>.json', agreementDocument],
  [kitPath, kitDocument],
  [pairSearchPath, pairSearchDocument],
  ['the page under a signature', signaturePage],
  [paths.salt, saltDocument],
  [paths.comments, sealedDocument],
  ['export-job.json', exportJobDocument],
  ['workflows/<id>/current.json', graphDocument],
  ['workflows/<id>/trace.json', traceDocument],
  ['workflows/<id>/scenario.json', scenarioDocument],
  ['workflows/<id>/simulated.json', simulatedDocument],
  ['workflows/<id>/tests.json', testPlanDocument],
  ['private/workflows/<id>/watched.json', watchedDocument],
]

/** One value of a document with one place of it. */
function withPlace(schema: Schema, wanted: (place: Place) => boolean): fc.Arbitrary<{ value: Json; place: Place } | null> {
  return fc.tuple(arbitraryOf(schema), fc.nat()).map(([value, pick]) => {
    const places = placesOf(value, schema).filter(wanted)
    const place = places[pick % Math.max(1, places.length)]
    return place ? { value, place } : null
  })
}

const wrongFor: Readonly<Record<string, Json>> = {
  string: 7,
  number: '7',
  boolean: 'yes',
  array: { 0: 'a' },
  object: ['a'],
  record: ['a'],
  picklist: 'no such word',
  literal: 'no such word',
}

describe.each(documents)('%s', (_, schema) => {
  test('what fits is written with every member, and once more to the same text', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (value) => {
        expect(misfit(value, schema)).toBeNull()
        const text = JSON.stringify(ordered(value, schema))
        expect(JSON.stringify(ordered(JSON.parse(text), schema))).toBe(text)
        expect(placesOf(JSON.parse(text), schema)).toHaveLength(placesOf(JSON.parse(JSON.stringify(value)), schema).length)
      }),
      { numRuns: 60 },
    )
  })

  test('a value of another kind, or a word that is none of the choices, is refused at its place', () => {
    fc.assert(
      fc.property(
        withPlace(schema, ({ schema: { type } }) => type in wrongFor),
        (picked) => {
          if (!picked) return
          const { value, place } = picked
          const why = misfit(changedAt(value, place.steps, wrongFor[place.schema.type]), schema)
          expect(why).toMatch(/ (?:should be|is not|lacks) /)
          // Where the kind of an event is none, its place is all that can be said.
          expect(why?.startsWith(`${place.words} `)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a member that has to be there is missed by its name', () => {
    fc.assert(
      fc.property(
        withPlace(schema, ({ neededBy }) => neededBy !== null),
        (picked) => {
          if (!picked) return
          const { value, place } = picked
          expect(misfit(changedAt(value, place.steps, undefined), schema)).toBe(
            `${place.neededBy} lacks "${String(place.steps.at(-1))}"`,
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  test('without the members that later versions added it still opens', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (value) => {
        const early = placesOf(value, schema)
          .filter(({ steps, neededBy }) => typeof steps.at(-1) === 'string' && neededBy === null)
          .reduceRight((left, { steps }) => changedAt(left, steps, undefined), value)
        expect(misfit(early, schema)).toBeNull()
      }),
      { numRuns: 40 },
    )
  })

  test('members that nobody knows fit anywhere and stay in their order', () => {
    const later = { 'zz later': [3, { b: 1, a: 2 }], 'aa later': null }
    fc.assert(
      fc.property(
        withPlace(schema, ({ schema: { type }, found }) => type === 'object' && found !== null),
        (picked) => {
          if (!picked) return
          const { value, place } = picked
          const grown = changedAt(value, place.steps, { ...later, ...(place.found as object) })
          expect(misfit(grown, schema)).toBeNull()
          expect(JSON.stringify(ordered(grown, schema))).toContain(JSON.stringify(later).slice(1, -1))
        },
      ),
      { numRuns: 60 },
    )
  })
})
