/** An Indexed Job of Kubernetes for a run: pod `i` of `n` does its share of every stage, then what others left. */
import type { Json } from '../core/canonical.ts'
import { isStoreAddress } from '../io/s3/s3-names.ts'
import type { RunPlan } from './plan.ts'

export interface KubernetesOptions {
  /** The work folder, and where the pods see it. */
  readonly work: string
  readonly pods: number
  readonly mostBytes: number
  readonly image: string
  /** Path of the program in the image. */
  readonly program: string
}

/** Claims that the cluster has: one with the work folder, one with the inputs. */
const workClaim = 'carryover-work'
const inputClaim = 'carryover-input'
/** A secret with the variables that a work folder in a bucket needs. */
const workSecret = 'carryover-work'
/** Exit codes with which no repetition helps: wrong use, not as planned. */
const final = [2, 3]
/** Starts of one pod; `runTask` counts the attempts of each task. */
const retries = 3

export function kubernetesJob(plan: RunPlan, { work, pods, mostBytes, image, program }: KubernetesOptions): Json {
  const isBucket = isStoreAddress(work)
  const mebibytes = Math.ceil(mostBytes / 2 ** 20)
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `carryover-${plan.verb}`, labels: { 'app.kubernetes.io/name': 'carryover' } },
    spec: {
      completionMode: 'Indexed',
      completions: pods,
      parallelism: pods,
      backoffLimitPerIndex: retries,
      maxFailedIndexes: 0,
      podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: final } }] },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'carryover' } },
        spec: {
          restartPolicy: 'Never',
          // A worker asks nothing of the cluster.
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'worker',
              image,
              command: ['node', program, 'worker'],
              args: ['--work', work, '--memory', String(mostBytes), '--share', `$(JOB_COMPLETION_INDEX)/${pods}`],
              resources: {
                requests: { cpu: '1', memory: `${mebibytes}Mi` },
                // The process that holds the worker, and a task that grows until it is replaced.
                limits: { memory: `${2 * mebibytes}Mi` },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              // Keys of the store, and that of the run.
              ...(isBucket ? { envFrom: [{ secretRef: { name: workSecret } }] } : {}),
              volumeMounts: [
                ...(isBucket ? [] : [{ name: 'work', mountPath: work }]),
                { name: 'input', mountPath: plan.command.folder, readOnly: true },
                { name: 'temporary', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            ...(isBucket ? [] : [{ name: 'work', persistentVolumeClaim: { claimName: workClaim } }]),
            { name: 'input', persistentVolumeClaim: { claimName: inputClaim, readOnly: true } },
            { name: 'temporary', emptyDir: {} },
          ],
        },
      },
    },
  }
}
