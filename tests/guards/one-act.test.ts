/** One door to a change that lasts: nothing of the page puts another project in the place of the open one, or writes it, beside `act.ts`. */
import { expect, test } from 'vitest'
import { codeOf, importsOf, sourceFiles } from './source-files.ts'

/** What opens and closes projects, gives this device its key, and marks what was written. No page is among them. */
const putsProject: ReadonlySet<string> = new Set([
  'src/app/session/act.ts',
  'src/app/session/device-key.ts',
  'src/app/session/keep.ts',
  'src/app/keeping/save.ts',
  'src/app/opening/take-project.ts',
])

/** What writes: the door itself, a project that was just opened, and the key that saves by hand. */
const writes: ReadonlySet<string> = new Set([
  'src/app/session/act.ts',
  'src/app/session/keep.ts',
  'src/app/keeping/save.ts',
  'src/app/opening/take-project.ts',
])

/** Members that a call of the store names at the top of its object. */
function membersPut(code: string): readonly string[] {
  return [...code.matchAll(/\b(?:setWorkspace|useWorkspace\.setState)\(/g)].flatMap(({ index, 0: call }) => {
    let [depth, at] = [1, index + call.length]
    const names: string[] = []
    for (let name = ''; at < code.length && depth > 0; at++) {
      const sign = code[at] ?? ''
      if (/\w/.test(sign)) name += sign
      else {
        if (depth === 2 && /[:,}]/.test(sign)) names.push(name)
        if (/\S/.test(sign)) name = ''
        if (/[({[]/.test(sign)) depth++
        if (/[)}\]]/.test(sign)) depth--
      }
    }
    return names
  })
}

const files = sourceFiles('src/app').map(({ path, text }) => ({ path, text, code: codeOf(text) }))

test('only the door, what opens and what keeps put a project into the state of the page', () => {
  const putting = files.filter(({ code }) => membersPut(code).some((name) => name === 'project' || name === 'unsaved'))
  expect(putting.map(({ path }) => path).filter((path) => !putsProject.has(path))).toEqual([])
  expect(putting.length).toBe(putsProject.size)
})

test('only the door, the opening and the key that saves write the open project', () => {
  const writing = files.filter(
    ({ path, text, code }) =>
      writes.has(path) || (importsOf(text).some((from) => /\/keep\.ts$/.test(from)) && /\bkeepNow\b/.test(code)),
  )
  expect(writing.map(({ path }) => path).filter((path) => !writes.has(path))).toEqual([])
})

test('the door gives nobody a way to change the project without it', () => {
  const changers = files.filter(({ code }) => /export (?:async )?(?:function|const) changeProject\b/.test(code))
  expect(changers.map(({ path }) => `${path} exports changeProject: give a deed to act, actAtOnce or draftAtOnce`)).toEqual([])
})

test('the look at calls of the store sees a project in any place, and none in words or values', () => {
  expect(membersPut(`setWorkspace({ done: null, project: { ...open, other } })`)).toContain('project')
  expect(membersPut(`setWorkspace({ project })`)).toContain('project')
  expect(membersPut(`setWorkspace({ problem: words(project), files: new Map(project.files) })`)).not.toContain('project')
})
