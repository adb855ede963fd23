import { beforeEach, expect, test, vi } from 'vitest'
import {
  changeMapping,
  importFieldMap,
  readOpenMapping,
  redoMapping,
  undoMapping,
} from '../../../../src/app/routes/data/acts/mapping.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { fieldsPath } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'

vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', async () => (await import('../../keep-double.ts')).keepDouble)

const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
const fields = `${header}patients,DOB,date,order=day-first,Patient.birthDate,,suggested,,\npatients,SEX,,,,,unmapped,,\n`
const text = (): string | undefined => openProject().mapping.get(fieldsPath)

function open(mapping: string): void {
  const names = {
    id: 'p',
    name: 'Harbour',
    legacy: 'A',
    target: 'B',
    created: '2026-07-01T09:00:00+00:00',
    tool: 'test',
    servers: [],
  }
  setWorkspace({ project: { ...newProject(names), mapping: new Map([[fieldsPath, mapping]]) }, problem: null, done: null })
}

beforeEach(() => open(fields))

test('undo gives back the same bytes, redo the change', () => {
  expect(changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })).toBe(true)
  const confirmed = text()
  expect(confirmed).toContain('confirmed,,Ada')
  undoMapping()
  expect(text()).toBe(fields)
  redoMapping()
  expect(text()).toBe(confirmed)
})

test('an edit that can not be made changes nothing and says why', () => {
  expect(changeMapping({ kind: 'confirm-line', at: 1, by: 'Ada' })).toBe(false)
  expect(workspace().problem).toMatch(/without target and rule/)
  expect(text()).toBe(fields)
})

test('who has no role for the mapping decides about none of its lines, and before anybody is named nothing is confirmed', () => {
  changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })
  expect(openProject().ledger).toEqual([])
  open(fields)
  setWorkspace({ person: { name: 'Ada', role: '' } })
  changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })
  expect(openProject().ledger.map(({ action, actor }) => [action, actor])).toEqual([['mapping-confirmed', 'ada']])
  open(fields)
  const grant = { format: 'carryover-role/1', project: 'p', actor: 'ben', role: 'data', device: 'd1', key: 'sha256:aa' }
  const granted = {
    device: 'd1',
    time: { wall: '2026-07-01T09:00:00Z', counter: 0 },
    actor: 'ben',
    object: 'roles/ben',
    digest: null,
  }
  const signature = { payload: grant, publicKey: null, signature: '' }
  const ledger = appendEntries([], [{ ...granted, action: 'role-granted', signature }])
  setWorkspace({ project: { ...openProject(), ledger } })
  expect(changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })).toBe(false)
  expect(workspace().problem).toMatch(/^Not recorded: ada has no role on .*does not allow mapping confirmed\.$/)
  expect(text()).toBe(fields)
  expect(openProject().ledger).toBe(ledger)
  // A line that nobody decides about may still be suggested otherwise.
  expect(changeMapping({ kind: 'change-line', at: 1, rule: 'copy', params: new Map(), target: 'Patient.gender' })).toBe(true)
  setWorkspace({ person: null })
})

test('a map with lines that can not be read is never written over', () => {
  const broken = `${fields}patients,FAX,,,,,perhaps,,\n`
  open(broken)
  expect(changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })).toBe(false)
  expect(workspace().problem).toMatch(/would lose them/)
  expect(text()).toBe(broken)
})

test('a project that may only be read takes no edit', () => {
  setWorkspace({ project: { ...openProject(), readOnly: 'Open in another tab.' } })
  expect(changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })).toBe(false)
  expect(workspace().problem).toBe('Open in another tab.')
})

test('history ends where the map changed in another way', () => {
  changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })
  const other = `${header}patients,MRN,copy,role=key,Patient.identifier.value,,confirmed,,Ben\n`
  setWorkspace({ project: { ...openProject(), mapping: new Map([[fieldsPath, other]]) } })
  undoMapping()
  expect(text()).toBe(other)
})

test('an imported field map replaces all lines in one step of undo, and only where all of it can be read', async () => {
  const other = `${header}patients,MRN,copy,role=key,Patient.identifier.value,,confirmed,,Ben\n`
  await importFieldMap([new File([other], 'fields.csv')])
  expect(readOpenMapping(openProject().mapping).mapping.fields.map((line) => line.fields)).toEqual([['MRN']])
  undoMapping()
  expect(text()).toBe(fields)
  await importFieldMap([new File([`${header}patients,MRN,copy,,Patient.id,,perhaps,,\n`], 'bad.csv')])
  expect(workspace().problem).toMatch(/bad\.csv was not taken.*line 2/)
  expect(text()).toBe(fields)
})

test('a field map comes with its value maps, and each one that is missing is named at once', async () => {
  const map = `${header}patients,SEX,value-map,map=sex,Patient.gender,,confirmed,,Ben\npatients,RACE,value-map,map=race,Patient.extension.valueString,,confirmed,,Ben\n`
  const values = 'source_code,source_display,target_system,target_code,relationship\nF,,,female,equivalent\n'
  await importFieldMap([new File([values], 'sex.csv'), new File([map], 'fields.csv')])
  expect(workspace().done).toBe('2 lines were read from fields.csv; 1 value map was read.')
  expect(workspace().problem).toMatch(/^1 element is not compared\. patients\.RACE → .*mapping\/values\/race\.csv is missing/)
  expect(readOpenMapping(openProject().mapping).mapping.values.get('sex')?.lines.size).toBe(1)
  await importFieldMap([new File([values], 'race.csv')])
  expect([workspace().problem, workspace().done]).toEqual([null, '1 value map was read.'])
  expect(readOpenMapping(openProject().mapping).mapping.fields).toHaveLength(2)
  undoMapping()
  undoMapping()
  expect(text()).toBe(fields)
})

test('a confirmed line that changes says that it is not compared until somebody confirms it', () => {
  changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada' })
  setWorkspace({ done: null })
  const params = new Map([...(readOpenMapping(openProject().mapping).mapping.fields[0]?.params ?? []), ['within', '1']])
  expect(changeMapping({ kind: 'change-line', at: 0, params })).toBe(true)
  expect(workspace().done).toBe('patients.DOB asks for confirmation again. Until then it is not compared.')
})
