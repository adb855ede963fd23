/**
 * Takes away what the policy can not hold: constructors that reach the network past it, and elements that bring a realm in which those
 * are there again. The build puts this before every script of the page and of each worker. Nothing is exported: loading it is its work.
 */
// Before anything is taken away: what it holds back for the app's own service worker.
import './own-worker.ts'
import { isWebRtc, refusedElements, removedMembers } from './ways-out.ts'

interface Members {
  [name: string]: unknown
}

const realm = globalThis as typeof globalThis & Members

function take(owner: object | undefined, name: string): void {
  if (owner === undefined || !(name in owner)) return
  // What can not be deleted stays for the self-test to find: then patient data is refused.
  for (let at: object | null = owner; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name)
}

for (const name of Object.getOwnPropertyNames(realm)) if (isWebRtc(name)) take(realm, name)
for (const member of removedMembers) {
  const [owner = '', name] = member.split('.')
  if (name === undefined) take(realm, owner)
  else
    take(
      (realm[owner === 'Navigator' && !('Navigator' in realm) ? 'WorkerNavigator' : owner] as { prototype: object } | undefined)
        ?.prototype,
      name,
    )
}

if ('document' in realm) holdElements(realm)

/** Attributes that open a connection before the policy is asked, or without it: of a `link` by `preconnect`, of a form when it is sent. */
const addresses: ReadonlyMap<string, string> = new Map([
  ['link', 'href'],
  ['form', 'action'],
  ['button', 'formaction'],
  ['input', 'formaction'],
])

/** Strings of HTML are held by Trusted Types; what is left is making elements one by one, and setting their addresses. */
function holdElements({ Document, Element, Attr, Node, NamedNodeMap }: typeof globalThis): void {
  // Elements can be made by a class of their own as well; React asks whether something is one.
  for (const name of ['HTMLIFrameElement', 'HTMLFrameElement', 'HTMLObjectElement', 'HTMLEmbedElement', 'HTMLFencedFrameElement'])
    if (name in realm) Reflect.defineProperty(realm, name, { value: class {}, writable: false, configurable: false })

  const tagOf = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase()
  const refuse = (name: string): void => {
    if (refusedElements.has(tagOf(name))) throw new TypeError(`${name} can not be made here: it could reach another host`)
  }
  const { createElement, createElementNS } = Document.prototype
  define(Document.prototype, 'createElement', function (this: Document, name: unknown, ...rest: [ElementCreationOptions?]) {
    const text = String(name)
    refuse(text)
    return createElement.call(this, text, ...rest)
  })
  define(Document.prototype, 'createElementNS', function (this: Document, space: string, name: unknown, ...rest: []) {
    const text = String(name)
    refuse(text)
    return createElementNS.call(this, space, text, ...rest)
  })

  const ownAddress = (element: Element, name: string, value: string): void => {
    if (addresses.get(element.localName) !== tagOf(name)) return
    if (new URL(value, location.href).origin !== location.origin) throw new TypeError('This address has to be of this origin')
  }
  const { setAttribute, setAttributeNS } = Element.prototype
  define(Element.prototype, 'setAttribute', function (this: Element, name: unknown, value: unknown) {
    if (!addresses.has(this.localName)) return setAttribute.call(this, name as string, value as string)
    const [key, text] = [String(name), String(value)]
    ownAddress(this, key, text)
    return setAttribute.call(this, key, text)
  })
  define(Element.prototype, 'setAttributeNS', function (this: Element, space: string | null, name: unknown, value: unknown) {
    if (!addresses.has(this.localName)) return setAttributeNS.call(this, space, name as string, value as string)
    const [key, text] = [String(name), String(value)]
    ownAddress(this, key, text)
    return setAttributeNS.call(this, space, key, text)
  })
  for (const [owner, name] of [
    [HTMLLinkElement.prototype, 'href'],
    [HTMLFormElement.prototype, 'action'],
    [HTMLButtonElement.prototype, 'formAction'],
    [HTMLInputElement.prototype, 'formAction'],
  ] as const) {
    const address = Object.getOwnPropertyDescriptor(owner, name)
    Reflect.defineProperty(owner, name, {
      ...address,
      configurable: false,
      set(this: Element, value: unknown) {
        const text = String(value)
        ownAddress(this, name, text)
        address?.set?.call(this, text)
      },
    })
  }
  // An attribute as a node would be a second way to the same address.
  for (const name of ['createAttribute', 'createAttributeNS']) take(Document.prototype, name)
  for (const name of ['setAttributeNode', 'setAttributeNodeNS']) take(Element.prototype, name)
  for (const name of ['setNamedItem', 'setNamedItemNS']) take(NamedNodeMap.prototype, name)
  for (const [owner, name] of [
    [Attr.prototype, 'value'],
    [Node.prototype, 'nodeValue'],
    [Node.prototype, 'textContent'],
  ] as const) {
    const text = Object.getOwnPropertyDescriptor(owner, name)
    Reflect.defineProperty(owner, name, {
      ...text,
      configurable: false,
      set(this: Node, value: unknown) {
        if (this.nodeType === Node.ATTRIBUTE_NODE) throw new TypeError('An attribute is set on its element')
        text?.set?.call(this, value)
      },
    })
  }
}

function define(owner: object, name: string, value: unknown): void {
  // What can not be replaced stays for the self-test to find.
  Reflect.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true })
}
