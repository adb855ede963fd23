/**
 * What the OpenAPI description of Kubernetes 1.30 and its text say of the fields that a printed job uses, copied by hand: names, patterns and
 * values of texts such as `restartPolicy`. The whole description is not published as an npm package. Names and types of all fields are
 * checked against `kubernetes-types`, which is made from it; that package has no values and no required fields.
 */

const text = { type: 'string' }
const whole = { type: 'integer' }
const yes = { type: 'boolean' }

/** No field beside these: a name that Kubernetes does not know is refused, as by `kubectl apply --validate=strict`. */
function object(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

function list(items: object): object {
  return { type: 'array', items }
}

const texts = { type: 'object', additionalProperties: text }
const metadata = object({ name: { ...text, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 }, labels: texts })

/** io.k8s.api.core.v1.Container */
const container = object(
  {
    name: text,
    image: text,
    command: list(text),
    args: list(text),
    resources: object({ requests: texts, limits: texts }),
    securityContext: object({
      allowPrivilegeEscalation: yes,
      readOnlyRootFilesystem: yes,
      capabilities: object({ add: list(text), drop: list(text) }),
    }),
    volumeMounts: list(object({ name: text, mountPath: { ...text, pattern: '^[^:]+$' }, readOnly: yes }, ['name', 'mountPath'])),
  },
  ['name'],
)

/** io.k8s.api.core.v1.PodSpec */
const podSpec = object(
  {
    // With `backoffLimitPerIndex` no other value is taken.
    restartPolicy: { enum: ['Never'] },
    automountServiceAccountToken: yes,
    securityContext: object({
      runAsNonRoot: yes,
      runAsUser: whole,
      fsGroup: whole,
      seccompProfile: object({ type: { enum: ['Localhost', 'RuntimeDefault', 'Unconfined'] } }, ['type']),
    }),
    containers: list(container),
    volumes: list(
      object(
        { name: text, emptyDir: object({}), persistentVolumeClaim: object({ claimName: text, readOnly: yes }, ['claimName']) },
        ['name'],
      ),
    ),
  },
  ['containers'],
)

/** io.k8s.api.batch.v1.Job */
export const jobSchema = object(
  {
    apiVersion: { const: 'batch/v1' },
    kind: { const: 'Job' },
    metadata,
    spec: object(
      {
        completionMode: { enum: ['Indexed', 'NonIndexed'] },
        completions: whole,
        parallelism: whole,
        backoffLimitPerIndex: whole,
        maxFailedIndexes: whole,
        podFailurePolicy: object(
          {
            rules: list(
              object(
                {
                  action: { enum: ['Count', 'FailIndex', 'FailJob', 'Ignore'] },
                  // Sorted, without 0 and at most 255 of them.
                  onExitCodes: object(
                    {
                      operator: { enum: ['In', 'NotIn'] },
                      values: { type: 'array', items: { ...whole, minimum: 1 }, maxItems: 255, uniqueItems: true },
                    },
                    ['operator', 'values'],
                  ),
                },
                ['action'],
              ),
            ),
          },
          ['rules'],
        ),
        template: object({ metadata, spec: podSpec }),
      },
      ['template'],
    ),
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
)
