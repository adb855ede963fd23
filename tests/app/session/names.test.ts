import { expect, test } from 'vitest'
import { slugOf } from '../../../src/app/session/ledger.ts'

test('people are told apart in every script, however their names are composed', () => {
  expect(slugOf('Ada Lovelace')).toBe('ada-lovelace')
  const names = ['李小龙', '王小明', 'Мария Иванова', 'محمد علي']
  const slugs = names.map(slugOf)
  expect(new Set(slugs).size).toBe(names.length)
  for (const slug of slugs) expect(slug).toMatch(/^person-[0-9a-f]{12}$/)
  expect(slugOf('が'.normalize('NFD'))).toBe(slugOf('が'.normalize('NFC')))
  expect(slugOf(' \t')).toBe('unnamed')
})
