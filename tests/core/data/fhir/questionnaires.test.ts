/** Answers against their questionnaire: each defect is told at its place, and what the form allows is not. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { isError, judgeFiles, pathOf } from './judged.ts'

const extension = (name: string, value: JsonObject): JsonObject => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  ...value,
})

const questionnaire: JsonObject = {
  resourceType: 'Questionnaire',
  url: 'https://clinic.test/Questionnaire/intake',
  version: '1',
  status: 'active',
  contained: [
    {
      resourceType: 'ValueSet',
      id: 'smoking',
      status: 'active',
      compose: { include: [{ system: 'urn:test:smoking', concept: [{ code: 'never' }, { code: 'daily' }] }] },
    },
  ],
  item: [
    { linkId: 'name', type: 'string', required: true, maxLength: 10 },
    { linkId: 'smokes', type: 'choice', answerValueSet: '#smoking' },
    {
      linkId: 'packs',
      type: 'integer',
      enableWhen: [{ question: 'smokes', operator: '=', answerCoding: { system: 'urn:test:smoking', code: 'daily' } }],
      required: true,
      extension: [extension('minValue', { valueInteger: 1 }), extension('maxValue', { valueInteger: 9 })],
    },
    {
      linkId: 'history',
      type: 'group',
      repeats: true,
      item: [
        { linkId: 'illness', type: 'open-choice', required: true, answerOption: [{ valueString: 'asthma' }] },
        { linkId: 'since', type: 'date', item: [{ linkId: 'how', type: 'text' }] },
      ],
    },
    { linkId: 'hint', type: 'display' },
  ],
}

const text = (linkId: string, valueString: string): JsonObject => ({ linkId, answer: [{ valueString }] })
const smokes = (code: string): JsonObject => ({
  linkId: 'smokes',
  answer: [{ valueCoding: { system: 'urn:test:smoking', code } }],
})
const packs = (valueInteger: number): JsonObject => ({ linkId: 'packs', answer: [{ valueInteger }] })

async function told(item: JsonObject[], status = 'completed'): Promise<string[]> {
  const response = { resourceType: 'QuestionnaireResponse', id: 'r', questionnaire: `${questionnaire.url}|1`, status, item }
  const { sightings, atEnd } = await judgeFiles([[response]], { loaded: [questionnaire] })
  return [...sightings, ...atEnd]
    .filter(isError)
    .map((each) => `${each.code.slice(10)} ${pathOf(each).replace('QuestionnaireResponse', '')}`)
}

test.each<[name: string, item: JsonObject[]]>([
  [
    'all that is asked',
    [text('name', 'Ada'), smokes('daily'), packs(2), { linkId: 'history', item: [text('illness', 'asthma')] }],
  ],
  ['a question that is not asked', [text('name', 'Ada'), smokes('never')]],
  [
    'groups that repeat, words of one’s own and what follows from an answer',
    [
      text('name', 'Ada'),
      { linkId: 'history', item: [text('illness', 'gout')] },
      {
        linkId: 'history',
        item: [text('illness', 'asthma'), { linkId: 'since', answer: [{ valueDate: '2001', item: [text('how', 'slowly')] }] }],
      },
    ],
  ],
])('nothing is said about %s', async (_name, item) => {
  expect(await told(item)).toEqual([])
})

const name = text('name', 'Ada')
test.each<[name: string, item: JsonObject[], expected: string[]]>([
  ['a required answer that is missing', [smokes('never')], ['questionnaire ']],
  ['a required answer without a value', [{ linkId: 'name' }], ['questionnaire .item[0]']],
  ['a second answer', [{ linkId: 'name', answer: [{ valueString: 'a' }, { valueString: 'b' }] }], ['questionnaire .item[0]']],
  [
    'an answer of another type',
    [{ linkId: 'name', answer: [{ valueInteger: 1 }] }],
    ['questionnaire .item[0].answer[0].valueInteger'],
  ],
  ['a text that is too long', [text('name', 'x'.repeat(11))], ['questionnaire .item[0].answer[0].valueString']],
  ['a code that is not offered', [name, smokes('weekly')], ['questionnaire .item[1].answer[0].valueCoding']],
  ['an answer nobody asked for', [name, smokes('never'), packs(2)], ['questionnaire .item[2]']],
  ['a number beyond its bound', [name, smokes('daily'), packs(10)], ['questionnaire .item[2].answer[0].valueInteger']],
  ['a number below its bound', [name, smokes('daily'), packs(0)], ['questionnaire .item[2].answer[0].valueInteger']],
  ['a condition that asks for an answer', [name, smokes('daily')], ['questionnaire ']],
  ['a linkId that is not in the form', [name, text('nickname', 'x')], ['questionnaire .item[1]']],
  ['an item at the wrong level', [name, text('illness', 'asthma')], ['questionnaire .item[1]']],
  ['items in another order', [smokes('never'), name], ['questionnaire .item[1]']],
  [
    'a required answer missing in a group',
    [name, { linkId: 'history', item: [{ linkId: 'since' }] }],
    ['questionnaire .item[1]'],
  ],
  ['an answer to a display', [name, text('hint', 'x')], ['questionnaire .item[1]']],
])('%s is told at its place', async (_name, item, expected) => {
  expect(await told(item)).toEqual(expected)
})

test('an unfinished response may lack answers; one without its form is counted as not evaluated', async () => {
  expect(await told([smokes('never')], 'in-progress')).toEqual([])
  const response = { resourceType: 'QuestionnaireResponse', questionnaire: 'https://clinic.test/other', status: 'completed' }
  const { notEvaluated } = await judgeFiles([[response]])
  expect(notEvaluated.map(({ why }) => why).join()).toContain('https://clinic.test/other')
})

const asked = (version: string | null, linkId: string): JsonObject => ({
  resourceType: 'Questionnaire',
  url: 'https://clinic.test/Questionnaire/visit',
  status: 'active',
  ...(version === null ? {} : { version }),
  item: [{ linkId, type: 'string' }],
})
const visit = (version: string, linkId: string): JsonObject => ({
  resourceType: 'QuestionnaireResponse',
  id: 'r',
  questionnaire: `https://clinic.test/Questionnaire/visit${version}`,
  status: 'completed',
  item: [text(linkId, 'x')],
})

test('a response is judged against the version of the form that it names, and against no other', async () => {
  const judged = async (response: JsonObject, ...loaded: JsonObject[]): Promise<[told: number, left: boolean]> => {
    const { sightings, notEvaluated } = await judgeFiles([[response]], { loaded })
    const left = notEvaluated.some(({ why }) => why.includes(String(response.questionnaire)))
    return [sightings.filter(({ code }) => code === 'data/fhir-questionnaire').length, left]
  }
  const [old, now] = [asked('1', 'a'), asked('2', 'b')]
  for (const loaded of [
    [old, now],
    [now, old],
  ]) {
    expect(await judged(visit('|1', 'a'), ...loaded)).toEqual([0, false])
    expect(await judged(visit('|1', 'b'), ...loaded)).toEqual([1, false])
    expect(await judged(visit('|2', 'b'), ...loaded)).toEqual([0, false])
  }
  expect(await judged(visit('|1', 'a'), now)).toEqual([0, true])
  expect(await judged(visit('|1', 'a'), asked(null, 'b'))).toEqual([0, true])
  expect(await judged(visit('', 'a'), now)).toEqual([1, false])
})

test('responses in a Bundle find their form there, each by its version', async () => {
  const entry = [asked('1', 'a'), asked('2', 'b'), visit('|1', 'a'), visit('|2', 'b'), visit('|2', 'a')].map((resource, n) => ({
    fullUrl: `https://clinic.test/${String(resource.resourceType)}/e${n}`,
    resource: { ...resource, id: `e${n}` },
  }))
  const { sightings } = await judgeFiles([[{ resourceType: 'Bundle', type: 'collection', entry }]])
  const found = sightings.filter(({ code }) => code === 'data/fhir-questionnaire')
  expect(found.map(pathOf)).toEqual(['Bundle.entry[4].resource.item[0]'])
})

const timed: JsonObject = {
  ...asked(null, 'x'),
  item: [
    { linkId: 'day', type: 'date', extension: [extension('minValue', { valueDate: '2024-06-01' })] },
    {
      linkId: 'later',
      type: 'string',
      required: true,
      enableWhen: [{ question: 'day', operator: '>', answerDate: '2024-07-01' }],
    },
    { linkId: 'else', type: 'string', required: true, enableWhen: [{ question: 'kind', operator: '!=', answerString: 'x' }] },
    { linkId: 'kind', type: 'string' },
  ],
}

test.each<[name: string, item: JsonObject[], told: number, left: number]>([
  ['a year in which the bound lies', [{ linkId: 'day', answer: [{ valueDate: '2024' }] }, text('kind', 'x')], 0, 1],
  ['a month before the bound', [{ linkId: 'day', answer: [{ valueDate: '2024-05' }] }, text('kind', 'x')], 1, 0],
  ['a day that asks for more', [{ linkId: 'day', answer: [{ valueDate: '2024-08' }] }, text('kind', 'x')], 1, 0],
  [
    'an answer that may be asked for',
    [{ linkId: 'day', answer: [{ valueDate: '2024' }] }, text('later', 'x'), text('kind', 'x')],
    0,
    0,
  ],
  ['a difference from an answer that is missing', [], 0, 1],
  ['an answer that such a difference may ask for', [text('else', 'x')], 0, 0],
  ['a difference that holds', [text('kind', 'y')], 1, 0],
])('what can not be told is neither demanded nor refused: %s', async (_name, item, told, left) => {
  const response = { ...visit('', 'x'), item }
  const { sightings, notEvaluated } = await judgeFiles([[response]], { loaded: [timed] })
  expect(sightings.filter(({ code }) => code === 'data/fhir-questionnaire')).toHaveLength(told)
  expect(notEvaluated.filter(({ what }) => what.includes('that may be missing'))).toHaveLength(left)
})
