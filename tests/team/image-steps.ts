/** The steps of a Dockerfile, done without a container engine: each stage is a folder that a command sees as the whole machine. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Image {
  /** The files of the last stage, as they lie on this machine. */
  readonly folder: string
  readonly user: string
  readonly workdir: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

/** Why the steps can not be done here, or null: they need Linux, root and the tools of util-linux. */
export function whyNoStages(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  const { status } = spawnSync('unshare', ['--mount', 'mount', '--bind', '/usr', '/mnt'])
  return status === 0 ? null : 'may not mount here'
}

/** Numbers that the base image gives its user. */
const node = { uid: 1000, gid: 1000 }

/** Runs every step of the file in `context` below `folder`. Base images are this machine's own programs, read only, with the user `node`. */
export function buildImage(file: string, context: string, folder: string): Image {
  const stages = new Map<string, string>()
  let stage = ''
  let image = { user: 'root', workdir: '/', entrypoint: [] as string[], command: [] as string[] }
  for (const [word, rest] of stepsOf(readFileSync(file, 'utf8')))
    switch (word) {
      case 'FROM': {
        const [, name = String(stages.size)] = / AS (\S+)$/i.exec(rest) ?? []
        stage = join(folder, name)
        emptyStage(stage)
        stages.set(name, stage)
        image = { user: 'root', workdir: '/', entrypoint: [], command: [] }
        break
      }
      case 'WORKDIR':
        mkdirSync(join(stage, rest), { recursive: true })
        image.workdir = rest
        break
      case 'COPY': {
        const [, from, words = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? []
        const source = from === undefined ? context : (stages.get(from) ?? missing(`stage ${from}`))
        const names = words.split(' ')
        const target = join(stage, image.workdir, names.pop() ?? '')
        for (const name of names) {
          const path = join(source, name)
          if (!existsSync(path)) missing(path)
          const isWhole = name === '.' || !words.endsWith('/')
          cpSync(path, isWhole ? target : join(target, name.split('/').at(-1) ?? ''), { recursive: true, verbatimSymlinks: true })
        }
        break
      }
      case 'RUN': {
        const { status, stdout, stderr } = inside(stage, { ...image, user: 'root', isReadOnly: false }, ['sh', '-c', rest])
        if (status !== 0) throw new Error(`RUN ${rest}: ${(stderr + stdout).slice(-2000)}`)
        break
      }
      case 'USER':
        image.user = rest
        break
      case 'ENTRYPOINT':
        image.entrypoint = JSON.parse(rest)
        break
      case 'CMD':
        image.command = JSON.parse(rest)
        break
      case 'VOLUME':
      case 'EXPOSE':
        break
      default:
        throw new Error(`No step of an image is called ${word}`)
    }
  return { ...image, folder: stage }
}

export interface Around {
  readonly user: string
  readonly workdir: string
  /** As `--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges`. */
  readonly isReadOnly: boolean
  /** Folders of this machine by their place inside. */
  readonly volumes?: Readonly<Record<string, string>>
}

/** Words that run a command which sees a stage as the whole machine: no file of this one but its programs. */
export function wordsInside(stage: string, around: Around, words: readonly string[]): readonly string[] {
  const mounts = ['usr', ...machineFolders].map((name) => `mount --rbind -o ro /${name} ${stage}/${name}`)
  for (const [place, path] of Object.entries(around.volumes ?? {}))
    mounts.push(`mkdir -p ${stage}${place}`, `mount --bind ${path} ${stage}${place}`)
  if (around.isReadOnly) mounts.push(`mount -t tmpfs none ${stage}/tmp`, `chmod 1777 ${stage}/tmp`)
  const enter = around.isReadOnly ? [`mount --bind ${stage} ${stage}`, ...mounts, `mount -o remount,ro,bind ${stage}`] : mounts
  const asUser =
    around.user === 'root'
      ? []
      : ['setpriv', `--reuid=${node.uid}`, `--regid=${node.gid}`, '--clear-groups', '--no-new-privs', '--bounding-set=-all']
  const script = `set -e; ${enter.join('; ')}; exec chroot ${stage} sh -c 'cd "$0" && exec "$@"' ${around.workdir} "$@"`
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...asUser, ...words]
}

/** The same, to its end. */
export function inside(stage: string, around: Around, words: readonly string[]) {
  const [program = '', ...rest] = wordsInside(stage, around, words)
  return spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 28 })
}

const machineFolders = ['proc', 'dev', 'sys'] as const

function emptyStage(stage: string): void {
  for (const name of ['usr', 'tmp', 'root', ...machineFolders]) mkdirSync(join(stage, name), { recursive: true })
  // Names of hosts, certificates and where packages come from are this machine's.
  cpSync('/etc', join(stage, 'etc'), { recursive: true, verbatimSymlinks: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) if (existsSync(`/${name}`)) symlinkSync(`usr/${name}`, join(stage, name))
  if (existsSync('/root/.npmrc')) cpSync('/root/.npmrc', join(stage, 'root', '.npmrc'))
  const line = `node:x:${node.uid}:${node.gid}::/home/node:/bin/sh\n`
  for (const [name, own] of [
    ['passwd', line],
    ['group', `node:x:${node.gid}:\n`],
  ] as const) {
    const path = join(stage, 'etc', name)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^node:.*\n/m, '') + own)
  }
}

/** Instructions with what follows them; comments and blank lines are left out. */
function stepsOf(text: string): (readonly [word: string, rest: string])[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? []
      return [word, rest.trim()]
    })
}

function missing(what: string): never {
  throw new Error(`A step of the image needs ${what}, which is not there`)
}
