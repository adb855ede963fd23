/** A Slurm of one machine, started from its Debian packages for a test and ended with it. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SlurmCluster {
  /** For commands of Slurm, and for whatever calls them. */
  readonly env: NodeJS.ProcessEnv
  end(): Promise<void>
}

/** Why there can be none here; null where there can. */
export const noSlurm: string | null = (() => {
  if (process.getuid?.() !== 0) return 'Slurm needs root'
  const missing = ['/usr/sbin/munged', '/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/bin/sbatch'].filter(
    (path) => !existsSync(path),
  )
  return missing.length > 0 ? `no ${missing.join(', ')}: apt-get install slurmctld slurmd slurm-client munge` : null
})()

/** @param cores how many tasks run at once */
export async function startSlurm(cores: number): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-slurm-'))
  chmodSync(folder, 0o755)
  const inside = (name: string): string => join(folder, name)
  // Munge refuses folders that others could write.
  const munge = idOf('munge')
  for (const name of ['munge', 'state', 'spool']) mkdirSync(inside(name), { mode: 0o755 })
  writeFileSync(inside('munge/key'), Buffer.alloc(1024, 7), { mode: 0o400 })
  for (const name of ['munge', 'munge/key']) chownSync(inside(name), munge.user, munge.group)
  const port = 20_000 + (process.pid % 20_000)
  const conf = inside('slurm.conf')
  writeFileSync(
    conf,
    `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${inside('munge/socket')}
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MinJobAge=300
StateSaveLocation=${inside('state')}
SlurmdSpoolDir=${inside('spool')}
SlurmctldPidFile=${inside('slurmctld.pid')}
SlurmdPidFile=${inside('slurmd.pid')}
SlurmctldLogFile=${inside('slurmctld.log')}
SlurmdLogFile=${inside('slurmd.log')}
NodeName=node1 NodeAddr=127.0.0.1 NodeHostname=${hostname()} CPUs=${cores} Sockets=1 CoresPerSocket=${cores} ThreadsPerCore=1 State=UNKNOWN
PartitionName=all Nodes=node1 Default=YES MaxTime=INFINITE State=UP
`,
  )
  const env = { ...process.env, SLURM_CONF: conf }
  const processes = [
    spawn(
      '/usr/sbin/munged',
      [
        '--foreground',
        '--key-file',
        inside('munge/key'),
        '--socket',
        inside('munge/socket'),
        '--pid-file',
        inside('munge/pid'),
        '--log-file',
        inside('munge/log'),
        '--seed-file',
        inside('munge/seed'),
      ],
      { ...{ uid: munge.user, gid: munge.group, stdio: 'ignore' } },
    ),
  ]
  const end = async (): Promise<void> => {
    for (const one of processes.reverse()) {
      if (one.exitCode !== null || one.signalCode !== null) continue
      const gone = new Promise((resolve) => one.once('exit', resolve))
      one.kill('SIGKILL')
      await gone
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(() => existsSync(inside('munge/socket')))
    processes.push(spawn('/usr/sbin/slurmctld', ['-D', '-f', conf], { env, stdio: 'ignore' }))
    processes.push(spawn('/usr/sbin/slurmd', ['-D', '-N', 'node1', '-f', conf], { env, stdio: 'ignore' }))
    await until(() =>
      ['idle', 'mixed'].includes(
        execFileSync('sinfo', ['--noheader', '--format=%T'], {
          env,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }).trim(),
      ),
    )
  } catch (error) {
    await end()
    throw error
  }
  return { env, end }
}

function idOf(user: string): { readonly user: number; readonly group: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { user: id('-u'), group: id('-g') }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 150; look++) {
    try {
      if (isSo()) return
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('Slurm did not come up within 30 seconds')
}
