/**
 * The only randomness in core: seeded, and identical in every engine because it uses 32-bit integer arithmetic alone.
 * Two forms: a sequential generator for samples and generators, and counter-based draws for simulation, where a draw depends on who asks.
 */

/** Uniform in [0, 1) with 53 bits, and helpers made of it. */
export interface Random {
  next(): number
  /** Whole number in [0, below). */
  below(below: number): number
  pick<T>(items: readonly T[]): T
}

/** SplitMix-seeded sfc32 (Doty-Humphrey 2010): period about 2^128, passes PractRand. */
export function seededRandom(seed: string): Random {
  let a = hash32(seed, 1)
  let b = hash32(seed, 2)
  let c = hash32(seed, 3)
  let counter = 1
  const step = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) step()
  const next = (): number => (step() * 2097152 + (step() >>> 11)) / 9007199254740992
  return {
    next,
    below: (below) => Math.floor(next() * below),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('Nothing to pick from')
      return item
    },
  }
}

/** 32-bit hash of a text (MurmurHash3 finaliser over FNV-1a steps); not for secrets. */
export function hash32(text: string, salt = 0): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix32(h)
}

/** MurmurHash3 32-bit finaliser: every input bit reaches every output bit. */
export function mix32(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Counter-based draws: seed, stream and purpose as one 32-bit key, from which `keyedUniform` draws by a counter, whatever happened before. */
export function drawKey(seed: number, stream: number, purpose: number): number {
  return (mix32(mix32(seed ^ 0x9e3779b9) ^ stream) + Math.imul(purpose, 0x85ebca6b)) | 0
}

/** The key of another purpose of the same seed and stream: `further` is added to the purpose. */
export function furtherKey(key: number, further: number): number {
  return (key + Math.imul(further, 0x85ebca6b)) | 0
}

/** The draw that belongs to a key of `drawKey` and a counter, uniform in (0, 1). */
export function keyedUniform(key: number, counter: number): number {
  const h = mix32(key ^ counter)
  const low = mix32(h ^ 0x6a09e667 ^ Math.imul(counter, 0x9e3779b1))
  return (h * 2097152 + (low >>> 11) + 0.5) / 9007199254740992
}
