/** Linkage against known truth: what is found, what is never joined, and that no order of rows changes anything. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergesOf } from '../../../../src/core/data/linkage/decisions.ts'
import type { LinkedPair, LinkInput, LinkResult } from '../../../../src/core/data/linkage/linkage-types.ts'
import { link } from '../../../../src/core/data/linkage/probable-pairs.ts'
import { linkCsv, linkJson, linkText } from '../../../../src/core/data/linkage/report.ts'
import { bytesSource, Cancelled, finish } from '../../../../src/core/operation.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { csvOf, type PopulationRecord, population, scoreOf } from './population.ts'

const encoder = new TextEncoder()
const signal = new AbortController().signal

const inputOf = (text: string, name = 'patients.csv'): LinkInput => ({
  inputs: [{ source: bytesSource(name, encoder.encode(text)), format: null, table: 'patients', reading: {} }],
})
const linked = (text: string, rest: Omit<LinkInput, 'inputs'> = {}): Promise<LinkResult> =>
  finish(link({ ...inputOf(text), ...rest }, signal))
const proposedOf = ({ clusters }: LinkResult): number[][] =>
  clusters.filter(({ proposal }) => proposal === 'propose').map(({ records }) => records.map(({ record }) => record - 1))
const ids = ({ a, b }: LinkedPair): string => [a.id, b.id].sort().join(' ')

describe('linkage', () => {
  test.each(process.env.LONG ? ['one', 'two', 'three', 'four'] : ['one'])(
    'population %s: pairwise F1 at least 0.95, no twins and no namesakes joined',
    async (seed) => {
      const truth = population(process.env.LONG ? 20_000 : 4000, seed)
      const score = scoreOf(truth, proposedOf(await linked(csvOf(truth.records))))
      expect(truth.twins.size).toBeGreaterThan(50)
      expect(truth.namesakes.size).toBeGreaterThan(10)
      expect(score).toMatchObject({ twinsJoined: 0, namesakesJoined: 0 })
      expect(score.f1).toBeGreaterThanOrEqual(0.95)
      expect(score.precision).toBeGreaterThanOrEqual(0.99)
    },
    120_000,
  )

  test('the same pairs, weights and words, whatever the order of the rows', async () => {
    const { records } = population(300, 'order')
    const shuffled = (seed: string): PopulationRecord[] => {
      const random = seededRandom(seed)
      return records
        .map((record) => ({ record, at: random.next() }))
        .sort((x, y) => x.at - y.at)
        .map(({ record }) => record)
    }
    const summary = async (list: readonly PopulationRecord[]): Promise<unknown> => {
      const result = await linked(csvOf(list))
      const pairs = result.pairs.map((pair) => [
        ids(pair),
        pair.weight,
        pair.proposal,
        pair.cautions,
        pair.why.map(({ words, weight }) => [words, weight]),
      ])
      return {
        pairs: pairs.sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1)),
        clusters: result.clusters
          .map((cluster) =>
            cluster.records
              .map(({ id }) => id)
              .sort()
              .join(' '),
          )
          .sort(),
        model: result.model,
      }
    }
    const first = await summary(records)
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        expect(await summary(shuffled(seed))).toEqual(first)
      }),
      { numRuns: process.env.LONG ? 100 : 2 },
    )
  })

  test('the waterfall adds up to the weight, and the weight to the probability', async () => {
    const { pairs } = await linked(csvOf(population(500, 'sum').records))
    expect(pairs.length).toBeGreaterThan(50)
    for (const { weight, probability, why } of pairs) {
      expect(why.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(weight, 9)
      expect(probability).toBeCloseTo(1 / (1 + 2 ** -weight), 9)
    }
  })

  const header = 'mrn,first_name,last_name,maiden_name,dob,sex,ssn,phone,address,zip'
  const crowd = population(250, 'crowd').records.map((r) =>
    [r.mrn, r.given, r.family, r.maiden, r.birth, r.sex, r.ssn, r.phone, r.address, r.postcode].join(','),
  )
  const withPair = (a: string, b: string): string => [header, a, b, ...crowd, ''].join('\n')
  const pairOf = async (a: string, b: string): Promise<LinkedPair | undefined> =>
    (await linked(withPair(a, b))).pairs.find((pair) => pair.a.record === 1 && pair.b.record === 2)

  test.each([
    [
      'swapped day and month',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
      'A90,Ottilie,Zaunkoenig,,1961-02-04,F,512-48-6703,,,',
      'day and month of birth swapped',
    ],
    [
      'maiden name',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
      'A90,Ottilie,Obermeier,Zaunkoenig,1961-04-02,F,512-48-6703,,,',
      'last name is a former name of the other',
    ],
    [
      'names swapped',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
      'A90,Zaunkoenig,Ottilie,,1961-04-02,F,512-48-6703,,,',
      'first and last name swapped',
    ],
    [
      'a slip of the pen',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'A90,Otilie,Zaunkönig,,1961-04-02,F,,617 555 0101,9 Mill Ln,02155',
      'first name almost the same',
    ],
  ])('%s: proposed, and said', async (_, a, b, words) => {
    const pair = await pairOf(a, b)
    expect(pair).toMatchObject({ proposal: 'propose', cautions: [] })
    expect(pair?.why.map((reason) => reason.words)).toContain(words)
  })

  test.each([
    [
      'twins of unlike names',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'A90,Ludmilla,Zaunkoenig,,1961-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'possible-twins',
    ],
    [
      'twins by sex',
      'A1,Alexande,Zaunkoenig,,1961-04-02,M,,(617) 555-0101,9 Mill Lane,02155',
      'A90,Alexanda,Zaunkoenig,,1961-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'possible-twins',
    ],
    [
      'newborn without names',
      'A1,Baby A,Zaunkoenig,,2024-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'A90,Baby B,Zaunkoenig,,2024-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'possible-twins',
    ],
    [
      'numbers in sequence',
      'A100,Jo,Zaunkoenig,,2024-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'A101,Joe,Zaunkoenig,,2024-04-02,F,,(617) 555-0101,9 Mill Lane,02155',
      'possible-twins',
    ],
    [
      'two national identifiers',
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,(617) 555-0101,9 Mill Lane,02155',
      'A90,Ottilie,Zaunkoenig,,1961-04-02,F,634-71-2295,(617) 555-0101,9 Mill Lane,02155',
      'conflicting-ids',
    ],
  ])('%s: never proposed', async (_, a, b, caution) => {
    const pair = await pairOf(a, b)
    if (pair) expect(pair).toMatchObject({ proposal: 'review' })
    if (pair) expect(pair.cautions).toContain(caution)
  })

  test('junior and senior of one name at one address are never proposed', async () => {
    const pair = await pairOf(
      'A1,Ottokar,Zaunkoenig,,1931-04-02,M,,(617) 555-0101,9 Mill Lane,02155',
      'A90,Ottokar,Zaunkoenig Jr.,,1961-04-02,M,,(617) 555-0101,9 Mill Lane,02155',
    )
    expect(pair?.proposal ?? 'review').toBe('review')
  })

  test('one record number with two birth dates is told as two people in one record', async () => {
    const { falseMerges } = await linked(
      withPair('A1,Ottilie,Zaunkoenig,,1961-04-02,F,,,,', 'A1,Ottilie,Zaunkoenig,,1988-11-27,F,,,,'),
    )
    const found = falseMerges.filter(({ field }) => field === 'mrn')
    expect(found).toMatchObject([{ conflicts: ['birth'], records: [{ record: 1 }, { record: 2 }] }])
  })

  test('a given model is used, and the estimated one can be given back', async () => {
    const { records } = population(300, 'model')
    const first = await linked(csvOf(records))
    const again = await linked(csvOf(records), { model: first.model })
    expect(again.pairs.map(({ weight }) => weight)).toEqual(first.pairs.map(({ weight }) => weight))
    const nicknames = [['Ottilie', 'Tilly']]
    const text = withPair(
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
      'A90,Tilly,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
    )
    const named = (await linked(text, { model: { nicknames } })).pairs.find((pair) => pair.b.record === 2)
    expect(named?.why.map(({ level }) => level)).toContain('nickname')
  })

  test('FHIR patients are compared as rows are', async () => {
    const patients = population(300, 'fhir').records.map((r) => ({
      resourceType: 'Patient',
      id: r.id,
      identifier: [
        { type: { coding: [{ code: 'MR' }] }, value: r.mrn },
        { system: 'http://hl7.org/fhir/sid/us-ssn', value: r.ssn },
      ],
      name: [
        { use: 'official', family: r.family, given: [r.given] },
        ...(r.maiden === '' ? [] : [{ use: 'maiden', family: r.maiden }]),
      ],
      birthDate: r.birth,
      gender: r.sex === 'F' ? 'female' : r.sex === 'M' ? 'male' : 'unknown',
      telecom: [{ system: 'phone', value: r.phone }],
      address: [{ line: [r.address], postalCode: r.postcode }],
    }))
    const fhir = await finish(
      link(inputOf(patients.map((patient) => JSON.stringify(patient)).join('\n'), 'Patient.ndjson'), signal),
    )
    const rows = await linked(csvOf(population(300, 'fhir').records))
    expect(fhir.inputs[0]).toMatchObject({ format: 'ndjson', status: 'read' })
    expect(fhir.pairs.map(ids).sort()).toEqual(rows.pairs.map(ids).sort())
  })

  test('columns are found with their evidence, and a table of something else is named', async () => {
    const { inputs } = await linked(csvOf(population(50, 'x').records))
    expect(inputs[0]?.columns.map(({ field, column }) => `${field}=${column}`)).toEqual([
      'id=PATIENT_ID',
      'given=FIRST_NAME',
      'family=LAST_NAME',
      'maiden=MAIDEN_NAME',
      'birth=DOB',
      'sex=SEX',
      'nationalId=SSN',
      'phone=PHONE',
      'address=ADDRESS',
      'postcode=ZIP',
      'mrn=MRN',
    ])
    for (const { evidence } of inputs[0]?.columns ?? []) expect(evidence).toMatch(/^its name; /)
    const other = await linked('code,display\n1,a\n2,b\n')
    expect(other.notEvaluated[0]).toMatchObject({ what: 'patients.csv', why: expect.stringContaining('No columns were found') })
    expect(other.pairs).toEqual([])
  })

  test('bad input is named, not thrown', async () => {
    for (const text of [
      '',
      'id,last_name,dob\n',
      '%PDF-1.7 nothing',
      '{"resourceType":"Observation","id":"1"}\n{"resourceType":"Observation","id":"2"}\n',
    ]) {
      const result = await linked(text)
      expect(result.pairs).toEqual([])
      expect(result.records).toBe(0)
    }
  })

  test('a block too large to compare is told with its pairs', async () => {
    // Every first name is another, so that no other rule brings them together.
    const name = (i: number): string =>
      String.fromCharCode(65 + (i % 26), 97 + (Math.floor(i / 26) % 26), 97 + Math.floor(i / 676))
    const rows = Array.from({ length: 1100 }, (_, i) => `M${i * 7},${name(i)},Same,,1990-01-02,F,,,,`)
    const { largeBlocks } = await linked([header, ...rows, ''].join('\n'))
    expect(largeBlocks).toContainEqual({
      rule: 'birth date and sound of the last name',
      records: 1100,
      pairsNotCompared: 604_450,
    })
  })

  test('identifiers and values are shown on request only', async () => {
    const text = withPair(
      'A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,',
      'A90,Ottilie,Zaunkoenig,,1961-02-04,F,512-48-6703,,,',
    )
    const result = await linked(text)
    const options = { version: '1', run: { started: '', seconds: 0 }, paths: ['p.csv'] }
    for (const write of [linkJson, linkCsv, linkText]) {
      const masked = write(result, { ...options, reveal: false })
      expect(masked).not.toMatch(/zaunk|ottilie|1961|512-?48|A90/i)
      expect(masked).toContain('p.csv#1')
      expect(write(result, { ...options, reveal: true })).toMatch(/ZAUNKOENIG/)
    }
    const document = JSON.parse(linkJson(result, { ...options, reveal: true }))
    const pair = document.pairs.find(({ b }: { b: string }) => b === 'A90')
    expect(pair).toMatchObject({ a: 'A1', probability: expect.any(Number), weight: expect.any(Number) })
    expect(document.clusters).toContainEqual(['A1', 'A90'])
  })

  test('a decision becomes a line that the ledger takes', async () => {
    const result = await linked(
      withPair('A1,Ottilie,Zaunkoenig,,1961-04-02,F,512-48-6703,,,', 'A90,Ottilie,Zaunkoenig,,1961-02-04,F,512-48-6703,,,'),
    )
    const cluster = result.clusters.find(({ records }) => records.some(({ id }) => id === 'A90'))
    if (!cluster) throw new Error('no cluster')
    expect(mergesOf(cluster, () => 'patients', { reason: 'same person', by: 'R. Okafor' })).toEqual([
      { side: 'legacy', table: 'patients', record: 'A90', state: 'merged', into: 'A1', reason: 'same person', by: 'R. Okafor' },
    ])
  })

  test('a cancelled run stops', async () => {
    const controller = new AbortController()
    const updates = link(inputOf(csvOf(population(2000, 'c').records)), controller.signal)
    await expect(
      (async () => {
        for await (const update of updates)
          if (update.kind === 'progress' && update.label === 'chance agreement') controller.abort()
      })(),
    ).rejects.toThrow(Cancelled)
  })
})
