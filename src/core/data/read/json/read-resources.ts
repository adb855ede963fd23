/** Resources of a JSON file by its format: the one door for those who want records and not lines. */
import type { ByteSource } from '../../../operation.ts'
import type { ResourceEvent } from '../../model/events.ts'
import { readBundle } from './bundle.ts'
import { type PassOver, readNdjson } from './ndjson.ts'

/** `input` is the index of the file in the run; `bytesSeen` is shown every chunk as it comes; `passOver` works on lines only, `comments` (they are passed over) on documents only. */
export function readResources(
  source: ByteSource,
  format: 'ndjson' | 'json' | 'bundle',
  signal: AbortSignal,
  input = 0,
  bytesSeen?: (chunk: Uint8Array) => void,
  passOver?: PassOver,
  comments = false,
): AsyncIterable<ResourceEvent> {
  return format === 'ndjson'
    ? readNdjson(source, signal, input, bytesSeen, passOver)
    : readBundle(source, signal, input, bytesSeen, comments)
}
