/** The table of who looked at what, as an administrator opens it in a spreadsheet. */
import { expect, test } from 'vitest'
import { type Access, accessBundle, accessCsv } from '../../../src/core/team/access-log.ts'

const row = { id: 1, person: 'p-eve', name: 'Eve', act: 'follow', object: 'map/intake', outcome: 'ok', at: 0, address: '' }

test('no name and no object that a member chose is run as a formula', () => {
  const name = '=HYPERLINK("https://evil.example","Open")'
  const text = accessCsv([
    row,
    { ...row, id: 2, name },
    { ...row, id: 3, object: '@SUM(A1)' },
    { ...row, id: 4, outcome: '+1+1' },
  ])
  expect(text.split('\n')).toEqual([
    'id,time,person,name,act,object,outcome,address',
    '1,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,map/intake,ok,',
    `2,1970-01-01T00:00:00.000Z,p-eve,"'=HYPERLINK(""https://evil.example"",""Open"")",follow,map/intake,ok,`,
    `3,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,'@SUM(A1),ok,`,
    `4,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,map/intake,'+1+1,`,
    '',
  ])
})

test('as FHIR each act has its code, and who failed to sign in is nobody', () => {
  const events = (rows: readonly Access[], project: string | null): readonly Record<string, unknown>[] => {
    const bundle = accessBundle(rows, project, 'https://team.clinic.example') as {
      entry: { resource: Record<string, unknown> }[]
    }
    return bundle.entry.map(({ resource }) => resource)
  }
  const [read] = events([row], 'p-riverside')
  expect(read).toMatchObject({
    type: { code: 'rest' },
    action: 'R',
    outcome: '0',
    agent: [{ who: { identifier: { value: 'p-eve' }, display: 'Eve' }, requestor: true }],
    entity: [{ what: { identifier: { value: 'p-riverside' } }, name: 'map/intake' }],
  })
  const failed = { ...row, person: '', name: '', act: 'sign-in', object: 'passkey', outcome: 'passkey', address: '192.0.2.7' }
  expect(events([failed], null)).toEqual([
    {
      resourceType: 'AuditEvent',
      id: 'access-1',
      type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110114', display: 'User Authentication' },
      subtype: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110122', display: 'Login' }],
      action: 'E',
      recorded: '1970-01-01T00:00:00.000Z',
      outcome: '4',
      outcomeDesc: 'passkey',
      agent: [{ requestor: true, network: { address: '192.0.2.7', type: '2' } }],
      source: { site: 'https://team.clinic.example', observer: { display: 'Carryover team server' } },
      entity: [{ name: 'passkey' }],
    },
  ])
})
