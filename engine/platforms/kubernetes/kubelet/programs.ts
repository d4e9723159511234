/** Which program of the plan a container image runs. */
import type { Plan } from '../../../cluster/plan.ts';

/** An image without its tag and digest: `registry:5000/polls:1.4@sha256:…` is `registry:5000/polls`. */
export function imageRepository(image: string): string {
  const undigested = image.includes('@') ? image.slice(0, image.indexOf('@')) : image;
  const colon = undigested.lastIndexOf(':');
  return colon > undigested.lastIndexOf('/') ? undigested.slice(0, colon) : undigested;
}

/**
 * Program number of an image, −1 when nobody has such an image. A tag of its own wins over its repository;
 * an image that only sleeps (`pause`) runs the plan's `pause`, if it has one.
 */
export function programOfImage(plan: Plan, image: string): number {
  const repository = imageRepository(image);
  const exact = plan.programByImage.get(image) ?? plan.programByImage.get(repository);
  if (exact !== undefined) return exact;
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  return last.includes('pause') ? plan.programs.findIndex((program) => program.name === 'pause') : -1;
}
