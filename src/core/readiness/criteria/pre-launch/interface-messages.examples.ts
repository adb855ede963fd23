/** Examples of `interface-messages.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const interfaceMessagesExamples: EvidenceExamples = {
  code: 'readiness/interface-messages',
  decides:
    'Each planned interface must have carried messages. The share that arrived once must reach the limit, and 95 % must arrive within the limit of seconds.',
  flags: [
    {
      name: 'one of two never arrived',
      value: 1,

      evidence: {
        interfaces: mapOf('lab'),
        messages: exampleFile(
          'messages',
          'edge_id,message_id,sent_at,received_at,ack\nlab,1,2026-10-20T10:00:00Z,2026-10-20T10:00:01Z,AA\nlab,2,2026-10-20T10:01:00Z,,\n',
        ),
      },
    },
    {
      name: 'one arrived twice',
      value: 0,

      evidence: {
        interfaces: mapOf('lab'),
        messages: exampleFile(
          'messages',
          'edge_id,message_id,sent_at,received_at,ack\nlab,1,2026-10-20T10:00:00Z,2026-10-20T10:00:01Z,AA\nlab,1,2026-10-20T10:00:00Z,2026-10-20T10:05:01Z,AA\n',
        ),
      },
    },
    {
      name: 'all arrived, two minutes late',
      value: 1,

      evidence: {
        interfaces: mapOf('lab'),
        messages: exampleFile(
          'messages',
          'edge_id,message_id,sent_at,received_at,ack\nlab,1,2026-10-20T10:00:00Z,2026-10-20T10:02:01Z,AA\n',
        ),
      },
    },
    {
      name: 'nothing was sent to the pharmacy',
      // The one message of the laboratory arrived.
      value: 1,
      evidence: { interfaces: mapOf('lab', 'pharmacy'), messages: arrived('lab') },
    },
    {
      name: 'an interface works that the map does not hold',
      value: 2,
      evidence: { interfaces: mapOf('lab'), messages: arrived('lab', 'fax') },
    },
  ],
  passes: [
    {
      name: 'refused first, taken at the second attempt',
      value: 1,

      evidence: {
        interfaces: mapOf('lab'),
        messages: exampleFile(
          'messages',
          'edge_id,message_id,sent_at,received_at,ack,attempt\nlab,1,2026-10-20T10:00:00Z,2026-10-20T10:00:01Z,AE,1\nlab,1,2026-10-20T10:00:05Z,2026-10-20T10:00:06Z,AA,2\n',
        ),
      },
    },
  ],
}

function mapOf(...edges: readonly string[]) {
  return exampleFile('interfaces', `edge_id,from,to\n${edges.map((edge) => `${edge},A,B\n`).join('')}`)
}

function arrived(...edges: readonly string[]) {
  const lines = edges.map((edge) => `${edge},1,2026-10-20T10:00:00Z,2026-10-20T10:00:01Z,AA\n`)
  return exampleFile('messages', `edge_id,message_id,sent_at,received_at,ack\n${lines.join('')}`)
}
