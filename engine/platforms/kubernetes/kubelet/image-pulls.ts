/** Pulling images: quick or cached for the system's own, never for an image nobody has. */
import { hashText } from '../../../kernel/chance.ts';
import type { KubeObject } from '../api-types.ts';
import { controlDelay, entityDelay } from '../control-delay.ts';
import { textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { noteContainer } from './container-events.ts';
import { planStep } from './plan-step.ts';
import { containerSpec } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';
import { publishStatus } from './pod-status.ts';
import { imageRepository, programOfImage } from './programs.ts';
import { grow } from './restart-backoff.ts';

const PULL_LEAST = 100_000;
const PULL_MOST = 400_000;
const CREATE_LEAST = 300_000;
const CREATE_MOST = 1_000_000;
/** Draw indices of a pod, beside those of its start. */
const DRAW_PULL = 10;
const DRAW_CREATE = 40;

/** Looks for the image on the node and begins to pull it when needed. */
export function stepPull(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  const spec = containerSpec(object, container);
  const image = textAt(spec, 'image');
  const always = textAt(spec, 'imagePullPolicy') === 'Always';
  const cached = world.kube.nodes[pod.host].images.includes(image);
  if (cached && !always) {
    const message = `Container image "${image}" already present on machine`;
    noteContainer(world, pod, container, { object, text: { type: 'Normal', reason: 'Pulled', message } });
    planCreate(world, pod, container);
    return;
  }
  const message = `Pulling image "${image}"`;
  noteContainer(world, pod, container, { object, text: { type: 'Normal', reason: 'Pulling', message } });
  planStep(world, pod, container, { step: 'pulled', afterMicros: pullMicros(world, pod, container) });
}

function pullMicros(world: World, pod: PodRuntime, container: ContainerRuntime): number {
  const step = DRAW_PULL + pod.containers.indexOf(container);
  return entityDelay(world, { workload: pod.workload, ordinal: pod.ordinal, step }, PULL_LEAST, PULL_MOST);
}

function planCreate(world: World, pod: PodRuntime, container: ContainerRuntime): void {
  // A restart draws anew, so that containers that fall together do not rise together.
  const work = `${pod.uid}/${container.name} create`;
  const step = DRAW_CREATE + pod.containers.indexOf(container);
  const entity = { workload: pod.workload, ordinal: pod.ordinal, step };
  const afterMicros =
    container.restartCount === 0
      ? entityDelay(world, entity, CREATE_LEAST, CREATE_MOST)
      : controlDelay(world, work, CREATE_LEAST, CREATE_MOST);
  planStep(world, pod, container, { step: 'create', afterMicros });
}

/** True when a registry could answer with this image. */
function exists(world: World, container: ContainerRuntime, image: string): boolean {
  // What an init container does is not modelled, so any image will do.
  return container.init || programOfImage(world.cluster.plan, image) >= 0;
}

/** The registry has answered. */
export function stepPulled(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  const image = textAt(containerSpec(object, container), 'image');
  if (!exists(world, container, image)) {
    failPull(world, pod, container, { object, image });
    return;
  }
  const node = world.kube.nodes[pod.host];
  if (!node.images.includes(image)) node.images.push(image);
  container.pull.delayMicros = 0;
  const took = `${Math.round(pullMicros(world, pod, container) / 1000)}ms`;
  const bytes = 20_000_000 + (hashText(imageRepository(image)) % 180_000_000);
  const taken = `${took} (${took} including waiting)`;
  const message = `Successfully pulled image "${image}" in ${taken}. Image size: ${bytes} bytes.`;
  noteContainer(world, pod, container, { object, text: { type: 'Normal', reason: 'Pulled', message } });
  planCreate(world, pod, container);
}

/** The full name containerd asks a registry for. */
function fullName(image: string): string {
  const first = image.split('/')[0];
  if (image.includes('/') && /[.:]|^localhost$/.test(first)) return image;
  return image.includes('/') ? `docker.io/${image}` : `docker.io/library/${image}`;
}

type Pull = { object: KubeObject; image: string };

function failPull(world: World, pod: PodRuntime, container: ContainerRuntime, { object, image }: Pull): void {
  const name = fullName(image);
  const cause =
    `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": ` +
    `failed to resolve reference "${name}": ${name}: not found`;
  const texts = [`Failed to pull image "${image}": ${cause}`, 'Error: ErrImagePull'];
  for (const message of texts) {
    noteContainer(world, pod, container, { object, text: { type: 'Warning', reason: 'Failed', message } });
  }
  container.state = { waiting: { reason: 'ErrImagePull', message: cause } };
  publishStatus(world, pod);
  grow(container.pull, world.cluster.nowMicros);
  container.dueMicros = world.cluster.nowMicros + container.pull.delayMicros;
  const afterMicros = controlDelay(world, `${pod.uid}/${container.name} pull`, 1_000_000, 3_000_000);
  planStep(world, pod, container, { step: 'pull-backoff', afterMicros });
}

/** Waits for the next try, or tries. */
export function stepPullBackOff(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  const now = world.cluster.nowMicros;
  if (now >= container.dueMicros) {
    stepPull(world, pod, container, object);
    return;
  }
  const image = textAt(containerSpec(object, container), 'image');
  const message = `Back-off pulling image "${image}"`;
  const waiting = { reason: 'ImagePullBackOff', message };
  noteContainer(world, pod, container, { object, text: { type: 'Normal', reason: 'BackOff', message } });
  const failed = { type: 'Warning' as const, reason: 'Failed', message: 'Error: ImagePullBackOff' };
  noteContainer(world, pod, container, { object, text: failed });
  container.state = { waiting };
  publishStatus(world, pod);
  const sync = controlDelay(world, `${pod.uid}/${container.name} sync`, 10_000_000, 15_000_000);
  const afterMicros = Math.max(1, Math.min(sync, container.dueMicros - now));
  planStep(world, pod, container, { step: 'pull-backoff', afterMicros });
}
