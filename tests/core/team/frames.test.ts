import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ClientFrame,
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
  type ServerFrame,
} from '../../../src/core/team/frames.ts'

const number = fc.maxSafeNat()
const text = fc.string({ unit: 'grapheme' })
const body = fc.uint8Array({ maxLength: 300 })

const clientFrame: fc.Arbitrary<ClientFrame> = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), number, stream: text, body }),
  fc.record({ kind: fc.constant('follow' as const), number, stream: text, from: number }),
  fc.record({ kind: fc.constant('leave' as const), stream: text }),
  fc.record({ kind: fc.constant('presence' as const), stream: text, body }),
  fc.record({ kind: fc.constant('ping' as const), number }),
)

const item = fc.record({ seq: number, person: text, at: number, body })
const serverFrame: fc.Arbitrary<ServerFrame> = fc.oneof(
  fc.record({ kind: fc.constant('welcome' as const), version: number, connection: number, person: text }),
  fc.record({ kind: fc.constant('saved' as const), number, seq: number }),
  fc.record({ kind: fc.constant('refused' as const), number, code: text, why: text, detail: text }),
  fc.record({ kind: fc.constant('items' as const), stream: text, items: fc.array(item, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('current' as const), number, stream: text, last: number }),
  fc.record({ kind: fc.constant('presence' as const), stream: text, connection: number, person: text, body }),
  fc.record({ kind: fc.constant('gone' as const), connection: number }),
  fc.record({ kind: fc.constant('checkpoint' as const), note: text }),
  fc.record({ kind: fc.constant('pong' as const), number }),
)

test('what one end writes the other reads', () => {
  fc.assert(
    fc.property(clientFrame, (frame) => {
      expect(decodeClientFrame(encodeClientFrame(frame))).toEqual({ ok: true, frame })
    }),
  )
  fc.assert(
    fc.property(serverFrame, (frame) => {
      expect(decodeServerFrame(encodeServerFrame(frame))).toEqual({ ok: true, frame })
    }),
  )
})

test('a frame that was cut or went on is refused with a sentence', () => {
  fc.assert(
    fc.property(clientFrame, fc.nat(), (frame, cut) => {
      const bytes = encodeClientFrame(frame)
      const short = decodeClientFrame(bytes.subarray(0, cut % bytes.length))
      expect(short).toMatchObject({ ok: false, why: expect.stringMatching(/^This frame can not be read: .+\.$/) })
      expect(decodeClientFrame(Uint8Array.from([...bytes, 0])).ok).toBe(false)
    }),
  )
})

test('any bytes give a frame or a sentence, and a frame is written in one way alone', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const read of [decodeClientFrame(bytes), decodeServerFrame(bytes)]) if (!read.ok) expect(read.why).toMatch(/\.$/)
      const client = decodeClientFrame(bytes)
      if (client.ok) expect(encodeClientFrame(client.frame)).toEqual(Uint8Array.from(bytes))
    }),
  )
})

test('a kind that nobody knows and a count that promises too much are refused', () => {
  expect(decodeClientFrame(Uint8Array.of(63))).toMatchObject({ ok: false, why: expect.stringContaining('63 is no kind') })
  // A list of 2^48 items in nine bytes.
  expect(decodeServerFrame(Uint8Array.of(68, 0, 128, 128, 128, 128, 128, 128, 64)).ok).toBe(false)
})
