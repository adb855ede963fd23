import { expect, test } from 'vitest'
import { fieldsPath, readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'

const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'

function problemsOf(line: string): readonly string[] {
  const text = new TextEncoder().encode(`${head}\n${line}\n`)
  return readMapping(new Map([[fieldsPath, text]])).problems.map(({ line: at, words }) => `${at}: ${words}`)
}

test('a misspelt rule, parameter or target is refused with its line and what was probably meant', () => {
  expect(problemsOf('a,DOB,dates,,Patient.birthDate,,confirmed,,')).toEqual(['2: There is no rule “dates”; did you mean “date”.'])
  expect(problemsOf('a,N,copy,tolerence=1%,Patient.id,,confirmed,,')).toEqual([
    '2: The rule copy takes no parameter “tolerence”; did you mean “tolerance”.',
  ])
  expect(problemsOf('a,N,copy,,patient..id.x,,confirmed,,')[0]).toMatch(/^2: The target can not be read/)
})

test('what is written right, or not decided yet, is read', () => {
  for (const line of [
    'a,DOB,date,order=day-first; equal=exact; when=X=1,Patient.birthDate,,confirmed,,',
    'a,N,,,,,unmapped,,',
    'a,*,,,,,not-carried,billing stays,ann',
    'a,S,filter,in=x; reason=old,Patient,,confirmed,,ann',
  ])
    expect([line, problemsOf(line)]).toEqual([line, []])
})
