/** How far a rollout is, in the words of `kubectl rollout status`. */
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  numberAt,
  objectAt,
  objectsAt,
  textAt,
  valueAt,
} from '../../platforms/kubernetes/json-access.ts';

/** How far a rollout is. */
export type RolloutProgress = {
  /** The line to print, with its line end. */
  text: string;
  /** Nothing more will happen. */
  done: boolean;
  /** Why it will never be done; '' when it may. */
  error: string;
};

const waiting = (text: string): RolloutProgress => ({ text: `${text}\n`, done: false, error: '' });
const finished = (text: string): RolloutProgress => ({ text: `${text}\n`, done: true, error: '' });

/** The progress of a deployment, stateful set or daemon set. */
export function rolloutProgress(workload: KubeObject): RolloutProgress {
  switch (workload.kind) {
    case 'Deployment':
      return deploymentProgress(workload);
    case 'StatefulSet':
      return statefulSetProgress(workload);
    default:
      return daemonSetProgress(workload);
  }
}

function observed(workload: KubeObject): boolean {
  return (
    (workload.metadata.generation ?? 0) <= countAt(objectAt(asJson(workload), 'status'), 'observedGeneration')
  );
}

function deploymentProgress(deployment: KubeObject): RolloutProgress {
  const { name } = deployment.metadata;
  const status = objectAt(asJson(deployment), 'status');
  const wanted = numberAt(objectAt(asJson(deployment), 'spec'), 'replicas') ?? 1;
  if (!observed(deployment)) return waiting('Waiting for deployment spec update to be observed...');
  const progressing = objectsAt(status, 'conditions').find((one) => textAt(one, 'type') === 'Progressing');
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded') {
    return { text: '', done: true, error: `error: deployment "${name}" exceeded its progress deadline` };
  }
  const count = (field: string) => countAt(status, field);
  const lead = `Waiting for deployment "${name}" rollout to finish:`;
  const updated = count('updatedReplicas');
  if (updated < wanted)
    return waiting(`${lead} ${updated} out of ${wanted} new replicas have been updated...`);
  if (count('replicas') > updated) {
    return waiting(`${lead} ${count('replicas') - updated} old replicas are pending termination...`);
  }
  if (count('availableReplicas') < updated) {
    return waiting(`${lead} ${count('availableReplicas')} of ${updated} updated replicas are available...`);
  }
  return finished(`deployment "${name}" successfully rolled out`);
}

function daemonSetProgress(set: KubeObject): RolloutProgress {
  const { name } = set.metadata;
  const status = objectAt(asJson(set), 'status');
  const type = String(valueAt(asJson(set), 'spec', 'updateStrategy', 'type') ?? 'RollingUpdate');
  if (type !== 'RollingUpdate') {
    return {
      text: '',
      done: true,
      error: `error: rollout status is only available for RollingUpdate strategy type`,
    };
  }
  if (!observed(set)) return waiting('Waiting for daemon set spec update to be observed...');
  const wanted = countAt(status, 'desiredNumberScheduled');
  const lead = `Waiting for daemon set "${name}" rollout to finish:`;
  const updated = countAt(status, 'updatedNumberScheduled');
  if (updated < wanted) return waiting(`${lead} ${updated} out of ${wanted} new pods have been updated...`);
  const available = countAt(status, 'numberAvailable');
  if (available < wanted) return waiting(`${lead} ${available} of ${wanted} updated pods are available...`);
  return finished(`daemon set "${name}" successfully rolled out`);
}

function statefulSetProgress(set: KubeObject): RolloutProgress {
  const status = objectAt(asJson(set), 'status');
  const spec = objectAt(asJson(set), 'spec');
  const type = String(valueAt(spec, 'updateStrategy', 'type') ?? 'RollingUpdate');
  if (type !== 'RollingUpdate') {
    return {
      text: '',
      done: true,
      error: 'error: rollout status is only available for RollingUpdate strategy type',
    };
  }
  if (countAt(status, 'observedGeneration') === 0 || !observed(set)) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const wanted = numberAt(spec, 'replicas') ?? 1;
  const ready = countAt(status, 'readyReplicas');
  if (ready < wanted) return waiting(`Waiting for ${wanted - ready} pods to be ready...`);
  const rolling = valueAt(spec, 'updateStrategy', 'rollingUpdate');
  const updated = countAt(status, 'updatedReplicas');
  // kubectl speaks of a partition whenever there is a field for one, even when it is 0.
  if (rolling !== undefined) {
    const due = wanted - Number(valueAt(spec, 'updateStrategy', 'rollingUpdate', 'partition') ?? 0);
    if (updated < due) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${due} new pods have been updated...`,
      );
    }
    return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const revision = textAt(status, 'updateRevision');
  if (revision !== textAt(status, 'currentRevision')) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}...`,
    );
  }
  const current = countAt(status, 'currentReplicas');
  return finished(
    `statefulset rolling update complete ${current} pods at revision ${textAt(status, 'currentRevision')}...`,
  );
}
