import { expect, test } from 'vitest'
import { outsideOrigins, outsideWords } from '../../../src/app/frame/outside-requests.ts'

const own = 'http://127.0.0.1:4180'

test('requests to other origins count, those of the page itself and those of the self-test do not', () => {
  const entries = [
    { name: `${own}/assets/app.js`, startTime: 900 },
    { name: 'https://probe.example/', startTime: 400 },
    { name: 'https://other.example/a?b=c', startTime: 901 },
    { name: 'wss://other.example/socket', startTime: 902 },
    { name: 'http://localhost:4180/', startTime: 903 },
    { name: 'blob:http://127.0.0.1:4180/1', startTime: 904 },
    { name: 'inline', startTime: 905 },
  ]
  expect(outsideOrigins(entries, own, 500)).toEqual(['https://other.example', 'wss://other.example', 'http://localhost:4180'])
})

test('the status bar calls a page local only where the host holds it back and nothing was sent', () => {
  const words = (safe: boolean, sent: number, heldBack: number, connect: readonly string[] = []): string =>
    outsideWords({ safe, sent, heldBack, connect }, String)
  expect(words(true, 0, 0)).toBe('Local only — 0 outside requests')
  expect(words(true, 0, 2)).toBe('Local only — 0 outside requests, 2 held back')
  expect(words(true, 1, 0)).toBe('Not local only — 1 outside request')
  expect(words(false, 0, 0)).toBe('Not held back — 0 outside requests')
  expect(words(true, 3, 0, ['https://fhir.example.org'])).toBe('Talks to fhir.example.org — 3 requests')
})
