/** Progress of the parts of a run that go on at the same time: one bar in bytes of files, and a line for every part. */
import type { Job } from '../../../session/jobs-under-way.ts'
import type { RunningPart } from '../../../session/state.ts'

/** `label` says what is being worked on now, where that is more than the name of the part. */
export type Show = (done: number, total: number, label?: string) => void

/** A rate says something after this long. */
const measuredSeconds = 3
/** Nor does it before this share of the work. */
const measuredShare = 0.05

/** Seconds left of work that goes on evenly; null while nobody can know. */
export function secondsLeft(done: number, total: number, seconds: number): number | null {
  if (seconds < measuredSeconds || total <= 0 || done >= total || done / total < measuredShare) return null
  return ((total - done) * seconds) / done
}

interface Part {
  readonly name: string
  /** Bytes of the files that it reads; 0 where it reads none. */
  readonly bytes: number
  label: string
  share: number
  state: RunningPart['state']
  /** When it first did something, in milliseconds of the page. */
  began: number | null
}

/** The bar counts the bytes that every part has to read; it counts parts where none reads a file. */
export class RunProgress {
  private readonly parts: Part[] = []
  private readonly job: Pick<Job, 'show'>
  private readonly now: () => number

  constructor(job: Pick<Job, 'show'>, now: () => number = () => performance.now()) {
    this.job = job
    this.now = now
  }

  /** Announces a part; what is announced before it begins is in the bar from the start. */
  part(name: string, bytes: number): { readonly show: Show; readonly end: (state: 'done' | 'stopped') => void } {
    const own: Part = { name, bytes, label: name, share: 0, state: 'waiting', began: null }
    this.parts.push(own)
    this.show()
    return {
      show: (done, total, label) => {
        own.began ??= this.now()
        own.state = 'running'
        own.share = total > 0 ? Math.min(1, done / total) : 0
        if (label !== undefined) own.label = label
        this.show()
      },
      end: (state) => {
        own.state = state
        own.share = 1
        this.show()
      },
    }
  }

  private show(): void {
    const reading = this.parts.filter(({ bytes }) => bytes > 0)
    const counted = reading.length > 0 ? reading : this.parts
    const weight = (part: Part): number => (reading.length > 0 ? part.bytes : 1)
    const done = counted.reduce((sum, part) => sum + part.share * weight(part), 0)
    const total = counted.reduce((sum, part) => sum + weight(part), 0)
    const open = this.parts.filter(({ state }) => state === 'running')
    const behind = open.reduce<Part | undefined>((least, part) => (least && least.share <= part.share ? least : part), undefined)
    this.job.show({
      label: behind?.label ?? this.parts[0]?.name ?? '',
      done,
      total,
      unit: reading.length > 0 ? 'bytes' : 'parts',
      bytes: reading.length > 0 ? { done, total } : null,
      secondsLeft: this.secondsLeft(),
      parts: this.parts.map(({ name, bytes, share, state }) => ({ name, state, done: share * bytes, total: bytes })),
    })
  }

  /** The slowest part decides; one that has not begun, or not been measured, leaves it unknown. */
  private secondsLeft(): number | null {
    let longest: number | null = null
    for (const { state, share, began } of this.parts) {
      if (state === 'done' || state === 'stopped') continue
      const left = began === null ? null : secondsLeft(share, 1, (this.now() - began) / 1000)
      if (left === null) return null
      longest = Math.max(longest ?? 0, left)
    }
    return longest
  }
}
