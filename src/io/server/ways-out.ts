/**
 * Every way out of a page or worker that a browser offers, and what holds it. The table drives what is removed (`hold-back.ts`), the
 * self-test (`policy-probe.ts`), the tests that try each one, and docs/explanation/hardening.md.
 */

/** Directives of the policy that a way out is held by. */
export type Directive =
  | 'connect-src'
  | 'script-src'
  | 'style-src'
  | 'img-src'
  | 'font-src'
  | 'media-src'
  | 'frame-src'
  | 'object-src'
  | 'worker-src'
  | 'manifest-src'
  | 'form-action'
  | 'base-uri'
  | 'default-src'

export type Held =
  /** The policy refuses the request. */
  | { readonly by: 'policy'; readonly directive: Directive }
  /** Members of the global object, or of a prototype, that are taken away: `Name` or `Name.member`. */
  | { readonly by: 'removal'; readonly members: readonly string[] }
  /** Elements that can not be made: they bring a realm of their own, in which everything that was removed is there again. */
  | { readonly by: 'element'; readonly tag: string }
  /** The address of a `link` has to be of this origin. */
  | { readonly by: 'link' }
  /** The browser offers no way to hold it. No address of ours leads elsewhere. */
  | { readonly by: 'limit' }

export interface WayOut {
  readonly name: string
  readonly realm: 'page' | 'worker' | 'both'
  readonly held: Held
}

type Realm = WayOut['realm']

const policy = (directive: Directive, realm: Realm, ...names: readonly string[]): WayOut[] =>
  names.map((name) => ({ name, realm, held: { by: 'policy', directive } }))
const removal = (realm: Realm, name: string, ...members: readonly string[]): WayOut => ({
  name,
  realm,
  held: { by: 'removal', members },
})
const element = (tag: string): WayOut => ({ name: `<${tag}>`, realm: 'page', held: { by: 'element', tag } })
const link = (rel: string): WayOut => ({ name: `link ${rel}`, realm: 'page', held: { by: 'link' } })
const limit = (name: string): WayOut => ({ name, realm: 'page', held: { by: 'limit' } })

export const waysOut: readonly WayOut[] = [
  ...policy('connect-src', 'both', 'fetch', 'fetch keepalive', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Cache.add'),
  ...policy('connect-src', 'both', 'WebAssembly.compileStreaming', 'import of JSON'),
  ...policy('connect-src', 'page', 'ping of a link'),
  ...policy('script-src', 'both', 'import()', 'import of a blob that imports'),
  ...policy('script-src', 'page', 'audio worklet', 'paint worklet', 'svg script'),
  ...policy('style-src', 'page', 'style element with @import', 'import of a style sheet'),
  ...policy(
    'img-src',
    'page',
    'Image',
    'image with srcset',
    'picture',
    'input of type image',
    'svg image',
    'svg feImage',
    'poster',
  ),
  ...policy('img-src', 'page', 'background image', 'border image', 'list image', 'cursor', 'mask image', 'content of ::before'),
  ...policy('img-src', 'page', 'background attribute', 'image document'),
  ...policy('font-src', 'both', 'FontFace'),
  ...policy('media-src', 'page', 'audio', 'video', 'media source', 'track'),
  ...policy('worker-src', 'page', 'Worker'),
  ...policy('script-src', 'worker', 'importScripts', 'Worker of a worker'),
  ...policy('form-action', 'page', 'form', 'form by its button'),
  removal('both', 'RTCPeerConnection', 'RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection'),
  removal('both', 'every other WebRTC constructor', 'RTC*'),
  removal('both', 'WebTransport', 'WebTransport'),
  removal('both', 'WebSocketStream', 'WebSocketStream'),
  removal('page', 'sendBeacon', 'Navigator.sendBeacon'),
  removal('page', 'fetchLater', 'fetchLater'),
  removal('page', 'SharedWorker', 'SharedWorker'),
  removal('page', 'service worker', 'Navigator.serviceWorker', 'ServiceWorkerContainer'),
  removal('both', 'push', 'PushManager', 'pushManager'),
  removal('both', 'background fetch', 'BackgroundFetchManager'),
  removal('both', 'Notification with an icon', 'Notification'),
  removal('page', 'artwork of a media session', 'Navigator.mediaSession', 'MediaMetadata'),
  removal('page', 'PaymentRequest', 'PaymentRequest'),
  removal('page', 'federated sign-in', 'IdentityProvider', 'IdentityCredential', 'FederatedCredential', 'PasswordCredential'),
  removal('page', 'PresentationRequest', 'PresentationRequest', 'Navigator.presentation'),
  removal('page', 'remote playback', 'RemotePlayback', 'HTMLMediaElement.remote'),
  removal('page', 'spoken text (some voices are servers)', 'speechSynthesis', 'SpeechSynthesisUtterance'),
  removal('page', 'speech recognition', 'SpeechRecognition', 'webkitSpeechRecognition'),
  removal('both', 'direct sockets', 'TCPSocket', 'TCPServerSocket', 'UDPSocket'),
  removal('page', 'protocol handler', 'Navigator.registerProtocolHandler'),
  removal('page', 'share', 'Navigator.share', 'Navigator.canShare'),
  removal('page', 'shared storage', 'sharedStorage', 'SharedStorage'),
  removal('page', 'interest groups', 'Navigator.joinAdInterestGroup', 'Navigator.runAdAuction', 'Navigator.createAuctionNonce'),
  removal('page', 'browsing topics', 'Document.browsingTopics'),
  removal(
    'page',
    'translation and language models',
    'Translator',
    'LanguageModel',
    'Summarizer',
    'Writer',
    'Rewriter',
    'Proofreader',
  ),
  removal('page', 'style sheet transformation', 'XSLTProcessor'),
  removal('page', 'window.open', 'open', 'Document.open'),
  removal('page', 'picture-in-picture window', 'documentPictureInPicture', 'DocumentPictureInPicture'),
  removal('both', 'devices', 'Navigator.bluetooth', 'Navigator.usb', 'Navigator.hid', 'Navigator.serial', 'NDEFReader'),
  removal('page', 'MIDI', 'Navigator.requestMIDIAccess'),
  ...['iframe', 'frame', 'frameset', 'object', 'embed', 'portal', 'fencedframe', 'script', 'base', 'meta'].map(element),
  ...['stylesheet', 'icon', 'manifest', 'modulepreload', 'preload', 'prefetch', 'prerender', 'preconnect', 'dns-prefetch'].map(
    link,
  ),
  ...['location', 'location.replace', 'press on a link', 'Navigation API'].map(limit),
]

/** Members that are taken away, without those of the pattern `RTC*`. */
export const removedMembers: readonly string[] = waysOut.flatMap(({ held }) =>
  held.by === 'removal' ? held.members.filter((member) => !member.endsWith('*')) : [],
)

export const refusedElements: ReadonlySet<string> = new Set(
  waysOut.flatMap(({ held }) => (held.by === 'element' ? [held.tag] : [])),
)

/** Every name of WebRTC, also those that browsers add later. */
export const isWebRtc = (name: string): boolean => /^(?:webkit|moz)?RTC[A-Z]/.test(name)
