import { expect, test } from 'vitest'
import { OutsideRequests, outsideWords } from '../../../src/app/frame/outside-requests.ts'

const own = 'http://127.0.0.1:4180'

test('requests to other origins count, those to the own origin and inside the page do not', () => {
  const requests = new OutsideRequests(own)
  for (const address of [
    `${own}/assets/app.js`,
    'https://other.example/a?b=c',
    'wss://other.example/socket',
    'http://localhost:4180/',
    'blob:http://127.0.0.1:4180/1',
    'inline',
  ])
    requests.list(address)
  expect([...requests.sent]).toEqual([
    ['https://other.example', 1],
    ['wss://other.example', 1],
    ['http://localhost:4180', 1],
  ])
})

test('a request that the policy refused was not sent, whichever of the two the browser tells first', () => {
  const requests = new OutsideRequests(own)
  requests.list('https://other.example/a#part')
  requests.refuse('https://other.example/a')
  requests.refuse('https://other.example/b')
  requests.list('https://other.example/b')
  requests.list('https://other.example/b')
  expect(requests.heldBack).toBe(2)
  expect([...requests.sent]).toEqual([['https://other.example', 1]])
})

test('a refused frame is told by its origin alone and hides one request, no more', () => {
  const requests = new OutsideRequests(own)
  requests.list('https://other.example/frame')
  requests.list('https://other.example/image')
  requests.refuse('https://other.example')
  expect([...requests.sent]).toEqual([['https://other.example', 1]])
  requests.refuse('https://other.example/image')
  expect([...requests.sent]).toEqual([])
})

test('the status bar calls a page local only where the host holds it back and nothing was sent', () => {
  const words = (safe: boolean, sent: number, heldBack: number, connect: readonly string[] = []): string =>
    outsideWords({ safe, sent, heldBack, connect }, String)
  expect(words(true, 0, 0)).toBe('Local only — 0 outside requests')
  expect(words(true, 0, 2)).toBe('Local only — 0 outside requests, 2 held back')
  expect(words(true, 1, 0)).toBe('Not local only — 1 outside request')
  expect(words(false, 0, 0)).toBe('Not held back — 0 outside requests')
  expect(words(true, 3, 0, ['https://fhir.example.org'])).toBe('Talks to fhir.example.org — 3 requests')
  // A page of a team's server talks to that server, and does not call itself local.
  const team = { safe: true, sent: 0, heldBack: 0, connect: [], server: 'team.riverside.example' }
  expect(outsideWords(team, String)).toBe('0 requests except to team.riverside.example')
})
