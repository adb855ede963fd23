/** Who is who on a server: asked when somebody is new, once for what is nobody's, and never guessed where the server does not answer. */
import { expect, test } from 'vitest'
import { SenderBook } from '../../../src/app/team/sender-book.ts'
import { actorOf, nobodyKnown, sendersIn, speaksAs, speaksForDevice } from '../../../src/core/team/senders.ts'

const about = {
  you: { person: 'p-amara' },
  members: [
    { person: 'p-amara', actor: 'amara', since: 10 },
    { person: 'p-amara', actor: 'amara', since: 5 },
    { person: 7, actor: 'nobody', since: 1 },
  ],
  devices: [{ device: 'd-eve', person: 'p-eve', actor: 'eve', since: 20 }],
}

test('the server is asked once for what is nobody’s, and again until it answers', async () => {
  let asked = 0
  const book = new SenderBook(async () => {
    asked++
    return asked === 1 ? null : sendersIn(about)
  })
  expect(await book.lookUp({ people: ['p-eve'], devices: [] })).toBe(false)
  expect(book.known).toBe(nobodyKnown)
  const named = { people: ['p-eve', 'p-gone'], devices: ['d-eve', 'd-old'] }
  expect(actorOf(await book.knowing(named), 'p-eve')).toBe('eve')
  expect([await book.lookUp(named), asked]).toEqual([true, 2])
  book.close()
  expect(await book.knowing({ people: ['p-new'], devices: [] })).toBe(book.known)
})

test('a name and a device are their person’s from when they came', () => {
  const known = sendersIn(about)
  expect([known.you, known.people.find(({ person }) => person === 'p-amara')?.since]).toEqual(['p-amara', 5])
  // Who left is known by their device.
  expect(speaksAs(known, { person: 'p-eve', at: 30 }, 'eve')).toBe(true)
  expect(speaksAs(known, { person: 'p-eve', at: 30 }, 'amara')).toBe(false)
  expect(speaksAs(known, { person: 'p-eve', at: 4 }, 'amara')).toBe(true)
  expect(speaksAs(known, { person: 'p-eve', at: 30 }, 'somebody-elsewhere')).toBe(true)
  expect(speaksForDevice(known, { person: 'p-amara', at: 20 }, 'd-eve')).toBe(false)
  expect(speaksForDevice(known, { person: 'p-amara', at: 19 }, 'd-eve')).toBe(true)
  expect(sendersIn('no answer')).toEqual(nobodyKnown)
})
