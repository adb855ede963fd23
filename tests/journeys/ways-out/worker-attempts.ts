/** One try of each way out of a worker. */
export const workerAttempts: Readonly<Record<string, (url: string) => unknown>> = {
  fetch: (url) => fetch(url, { mode: 'no-cors' }),
  'fetch keepalive': (url) => fetch(url, { mode: 'no-cors', keepalive: true }),
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest()
    request.open('GET', url, false)
    request.send()
  },
  WebSocket: (url) => new WebSocket(url.replace('http', 'ws')),
  EventSource: (url) => new EventSource(url),
  'Cache.add': async (url) => (await caches.open('x')).add(new Request(url, { mode: 'no-cors' })),
  'WebAssembly.compileStreaming': (url) => WebAssembly.compileStreaming(fetch(url)),
  'import of JSON': (url) => import(url, { with: { type: 'json' } }),
  'import()': (url) => import(url),
  'import of a blob that imports': (url) =>
    import(URL.createObjectURL(new Blob([`import ${JSON.stringify(url)}`], { type: 'text/javascript' }))),
  FontFace: (url) => new FontFace('x', `url(${url})`).load(),
  importScripts: (url) => (globalThis as { importScripts?: (url: string) => void }).importScripts?.(url),
  'Worker of a worker': (url) => new Worker(url, { type: 'module' }),
}
