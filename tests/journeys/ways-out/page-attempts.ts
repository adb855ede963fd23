/** One try of each way out of a page that the policy, a missing element or the address of a `link` holds; each runs in the page. */

type Attempt = (url: string) => unknown

export const pageAttempts: Readonly<Record<string, Attempt>> = {
  fetch: (url) => fetch(url, { mode: 'no-cors' }),
  'fetch keepalive': (url) => fetch(url, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }),
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.send()
  },
  WebSocket: (url) => new WebSocket(url.replace('http', 'ws')),
  EventSource: (url) => new EventSource(url),
  'Cache.add': async (url) => (await caches.open('x')).add(new Request(url, { mode: 'no-cors' })),
  'WebAssembly.compileStreaming': (url) => WebAssembly.compileStreaming(fetch(url)),
  'import of JSON': (url) => import(url, { with: { type: 'json' } }),
  'ping of a link': (url) => {
    const link = document.createElement('a')
    link.href = '#x'
    link.ping = url
    document.body.append(link)
    link.click()
  },
  'import()': (url) => import(url),
  'import of a blob that imports': (url) =>
    import(URL.createObjectURL(new Blob([`import ${JSON.stringify(url)}`], { type: 'text/javascript' }))),
  'audio worklet': (url) => new AudioContext().audioWorklet.addModule(url),
  'paint worklet': (url) => (CSS as { paintWorklet?: { addModule(url: string): unknown } }).paintWorklet?.addModule(url),
  'svg script': (url) => {
    const script = document.createElementNS('http://www.w3.org/2000/svg', 'script')
    script.setAttribute('href', url)
    document.body.append(script)
  },
  'style element with @import': (url) => {
    const style = document.createElement('style')
    style.textContent = `@import url(${url});`
    document.head.append(style)
  },
  'import of a style sheet': (url) => import(url, { with: { type: 'css' } }),
  Image: (url) => {
    new Image().src = url
  },
  'image with srcset': (url) => {
    const image = new Image()
    image.srcset = `${url} 1x`
    document.body.append(image)
  },
  picture: (url) => {
    const picture = document.createElement('picture')
    const source = document.createElement('source')
    source.srcset = url
    picture.append(source, new Image())
    document.body.append(picture)
  },
  'input of type image': (url) => {
    const input = document.createElement('input')
    input.type = 'image'
    input.src = url
    document.body.append(input)
  },
  'svg image': (url) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'image')
    image.setAttribute('href', url)
    svg.append(image)
    document.body.append(svg)
  },
  'svg feImage': (url) => {
    const space = 'http://www.w3.org/2000/svg'
    const [svg, filter, image, box] = ['svg', 'filter', 'feImage', 'rect'].map((tag) => document.createElementNS(space, tag))
    if (!svg || !filter || !image || !box) return
    filter.id = 'out'
    image.setAttribute('href', url)
    box.setAttribute('filter', 'url(#out)')
    for (const name of ['width', 'height']) box.setAttribute(name, '9')
    filter.append(image)
    svg.append(filter, box)
    document.body.append(svg)
  },
  poster: (url) => {
    const video = document.createElement('video')
    video.poster = url
    document.body.append(video)
  },
  'background image': (url) => {
    document.body.style.backgroundImage = `url(${url})`
  },
  'border image': (url) => {
    document.body.style.border = '2px solid'
    document.body.style.borderImageSource = `url(${url})`
  },
  'list image': (url) => {
    const item = document.createElement('li')
    item.style.listStyleImage = `url(${url})`
    document.body.append(item)
  },
  cursor: (url) => {
    document.body.style.cursor = `url(${url}), auto`
  },
  'mask image': (url) => {
    const box = document.createElement('p')
    box.textContent = 'x'
    box.style.maskImage = `url(${url})`
    document.body.append(box)
  },
  'content of ::before': (url) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`body::before { content: url(${url}) }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  },
  'background attribute': (url) => document.body.setAttribute('background', url),
  'image document': (url) => {
    const other = document.implementation.createHTMLDocument()
    const image = other.createElement('img')
    image.src = url
    document.body.append(document.adoptNode(image))
  },
  FontFace: (url) => new FontFace('x', `url(${url})`).load(),
  audio: (url) => {
    new Audio(url).load()
  },
  video: (url) => {
    const video = document.createElement('video')
    video.preload = 'auto'
    video.src = url
    document.body.append(video)
  },
  'media source': (url) => {
    const audio = document.createElement('audio')
    const source = document.createElement('source')
    source.src = url
    audio.append(source)
    audio.preload = 'auto'
    document.body.append(audio)
    audio.load()
  },
  track: (url) => {
    const video = document.createElement('video')
    const track = document.createElement('track')
    track.src = url
    track.default = true
    video.crossOrigin = 'anonymous'
    video.append(track)
    document.body.append(video)
    track.track.mode = 'showing'
  },
  Worker: (url) => new Worker(url, { type: 'module' }),
  form: (url) => {
    const form = document.createElement('form')
    form.action = url
    form.target = 'elsewhere'
    document.body.append(form)
    form.submit()
  },
  'form by its button': (url) => {
    const form = document.createElement('form')
    const button = document.createElement('button')
    button.formAction = url
    button.formTarget = 'elsewhere'
    form.append(button)
    document.body.append(form)
    button.click()
  },
}

/** An element that brings a realm of its own, or asks for its address by itself. */
export function madeElement({ tag, url }: { tag: string; url: string }): void {
  const node = document.createElement(tag)
  for (const name of ['src', 'data', 'href', 'srcdoc']) node.setAttribute(name, name === 'srcdoc' ? `<img src="${url}">` : url)
  if (tag === 'meta') node.setAttribute('http-equiv', 'x-dns-prefetch-control')
  document.body.append(node)
}

/** Each way to set the address of a `link`, for every relation. */
export function ownLink({ rel, url }: { rel: string; url: string }): void {
  const ways: ((link: HTMLLinkElement) => void)[] = [
    (link) => {
      link.href = url
    },
    (link) => link.setAttribute('href', url),
    (link) => link.setAttribute('HREF', url),
    (link) => link.setAttributeNS(null, 'href', url),
    (link) => {
      const node = document.createAttribute('href')
      node.value = url
      link.setAttributeNode(node)
    },
    (link) => {
      link.setAttribute('href', '/icon.svg')
      const node = link.attributes.getNamedItem('href')
      if (node) node.value = url
    },
    (link) => {
      link.setAttribute('href', '/icon.svg')
      const node = link.attributes.getNamedItem('href')
      if (node) node.nodeValue = url
    },
    (link) => {
      link.setAttribute('href', '/icon.svg')
      const node = link.attributes.getNamedItem('href')
      if (node) node.textContent = url
    },
  ]
  for (const way of ways)
    try {
      const link = document.createElement('link')
      link.rel = rel
      if (rel === 'preload') link.as = 'fetch'
      document.head.append(link)
      way(link)
    } catch {
      // Refused, as it should be.
    }
}

/** Ways to a realm in which nothing was removed; gives the names of those that led to one with a peer connection. */
export function freshRealms(): string[] {
  const found: string[] = []
  const look = (name: string, get: () => object | null | undefined): void => {
    try {
      const realm = get()
      if (realm && 'RTCPeerConnection' in realm) found.push(name)
    } catch {
      // Refused.
    }
  }
  const framed = (make: () => HTMLIFrameElement): object | null => {
    const frame = make()
    document.body.append(frame)
    return frame.contentWindow
  }
  look('about:blank', () => framed(() => document.createElement('iframe')))
  look('srcdoc', () =>
    framed(() => {
      const frame = document.createElement('iframe')
      frame.srcdoc = '<p>x'
      return frame
    }),
  )
  look('by name space', () =>
    framed(() => document.createElementNS('http://www.w3.org/1999/xhtml', 'x:IFRAME') as HTMLIFrameElement),
  )
  look('by a name that changes', () => {
    let asked = 0
    const name: unknown = { toString: () => (asked++ === 0 ? 'p' : 'iframe') }
    return framed(() => document.createElement(name as 'iframe'))
  })
  look('of another document', () =>
    framed(() => document.adoptNode(document.implementation.createHTMLDocument().createElement('iframe'))),
  )
  look('by a class', () => {
    class Frame extends HTMLIFrameElement {}
    customElements.define('x-frame', Frame, { extends: 'iframe' })
    return framed(() => new Frame())
  })
  look('by HTML', () => {
    const box = document.createElement('div')
    box.innerHTML = '<iframe></iframe>'
    document.body.append(box)
    return frames[0]
  })
  look('by a fragment', () => {
    document.body.append(document.createRange().createContextualFragment('<iframe></iframe>'))
    return frames[0]
  })
  look('by a parser', () => {
    const parsed = new DOMParser().parseFromString('<iframe></iframe>', 'text/html').querySelector('iframe')
    if (parsed) document.body.append(document.adoptNode(parsed))
    return frames[0]
  })
  look('object', () => {
    const node = document.createElement('object')
    document.body.append(node)
    return node.contentWindow
  })
  look('opened window', () => window.open('about:blank'))
  look('document.open', () => document.open('about:blank', 'x', ''))
  look('opened window with a target', () => {
    const link = document.createElement('a')
    link.href = 'about:blank'
    link.target = 'named'
    link.rel = 'opener'
    document.body.append(link)
    link.click()
    return window.open('', 'named')
  })
  return found
}
