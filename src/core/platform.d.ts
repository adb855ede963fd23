/**
 * The short list of web-standard globals core may use. Page, worker and Node ≥ 20.19 all have them;
 * anything not listed here does not exist for core, and the compiler says so.
 */
interface TextDecoderOptions {
  fatal?: boolean
  ignoreBOM?: boolean
}
declare class TextDecoder {
  constructor(label?: string, options?: TextDecoderOptions)
  readonly encoding: string
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string
}
/** Absent in pages that were not opened over https or from this computer. */
declare var crypto: { readonly subtle?: { digest(algorithm: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer> } }
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, into: Uint8Array): { read: number; written: number }
}
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', told: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', told: () => void): void
}
interface ReadableStreamDefaultReader<T> {
  read(): Promise<{ done: false; value: T } | { done: true; value?: T }>
  cancel(reason?: unknown): Promise<void>
  releaseLock(): void
}
interface ReadableStream<T = Uint8Array> {
  getReader(): ReadableStreamDefaultReader<T>
  pipeThrough<U>(pair: { readable: ReadableStream<U>; writable: unknown }): ReadableStream<U>
  cancel(reason?: unknown): Promise<void>
}
declare class DecompressionStream {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw')
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: unknown
}
declare function atob(text: string): string
