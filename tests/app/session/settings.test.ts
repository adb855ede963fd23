/** Settings that a newer version wrote, or a hand, do not cost this browser the name of its device. */
import { expect, test } from 'vitest'
import { settingsIn } from '../../../src/app/session/settings.ts'

const kept = { device: 'd-7f3', theme: 'dark', lens: 'everyone', person: { name: 'Ada', role: 'nurse' }, singleKeys: false }

test('what was kept is read', () => {
  expect(settingsIn(JSON.stringify(kept))).toEqual(kept)
})

test.each([
  ['theme', 'sepia'],
  ['lens', 7],
  ['person', { name: 'Ada' }],
  ['singleKeys', 'no'],
] as const)('a %s that does not fit is left out alone', (member, value) => {
  const { [member]: _gone, ...rest } = kept
  expect(settingsIn(JSON.stringify({ ...kept, [member]: value }))).toEqual(rest)
})

test.each(['', '[]', 'null', '{"device":'])('%j is nothing kept', (text) => {
  expect(settingsIn(text)).toEqual({})
})
