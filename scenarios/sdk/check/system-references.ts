/** What a system says of itself in two places must agree: edges, endpoints, services, images, weights. */
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';
import { manifestObjects } from './manifest-objects.ts';
import { repeated, unless } from './problem.ts';
import type { Problem } from './problem.ts';

function checkPrograms(system: SystemSpec): Problem[] {
  return system.programs.flatMap((program, at) =>
    program.endpoints.flatMap((endpoint, number) =>
      endpoint.steps.flatMap((step, place): Problem[] => {
        if (step.do !== 'call') return [];
        const path = `programs[${at}].endpoints[${number}].steps[${place}]`;
        const edge = system.edges.find((one) => one.name === step.edge);
        if (edge === undefined) return [{ path: `${path}.edge`, reason: `no edge is called ${step.edge}` }];
        const known = system.programs.some((one) => one.endpoints.some(({ name }) => name === step.endpoint));
        return [
          ...unless(edge.from === program.name, `${path}.edge`, `${step.edge} begins at ${edge.from}`),
          ...unless(known, `${path}.endpoint`, `no program has an endpoint ${step.endpoint}`),
        ];
      }),
    ),
  );
}

function checkEdges(system: SystemSpec): Problem[] {
  const services = manifestObjects(system).filter(({ kind }) => kind === 'service');
  const names = services.map(({ namespace, name }) => `${namespace}/${name}`);
  const programs = system.programs.map(({ name }) => name);
  const entry = system.edges.find((edge) => edge.name === system.entryEdge);
  return [
    ...system.edges.flatMap(({ from, to }, at) => [
      ...unless(
        from === 'users' || programs.includes(from),
        `edges[${at}].from`,
        `no program is called ${from}`,
      ),
      ...unless(names.includes(to), `edges[${at}].to`, `no manifest makes a service ${to}`),
    ]),
    ...unless(entry?.from === 'users', 'entryEdge', `${system.entryEdge} is no edge that begins at users`),
  ];
}

function checkJourneys(system: SystemSpec): Problem[] {
  const endpoints = system.programs.flatMap((program) => program.endpoints.map(({ name }) => name));
  const sum = system.journeys.reduce((total, { weight }) => total + weight, 0);
  return [
    ...unless(
      Math.abs(sum - 1) < 1e-9,
      'journeys',
      `their weights add up to ${Number(sum.toFixed(6))}, not to 1`,
    ),
    ...system.journeys.flatMap(({ steps }, at) =>
      steps.flatMap(({ endpoint, thinkMicros }, place) => [
        ...unless(
          endpoints.includes(endpoint),
          `journeys[${at}].steps[${place}].endpoint`,
          `no program has an endpoint ${endpoint}`,
        ),
        ...unless(
          place > 0 || thinkMicros === 0,
          `journeys[${at}].steps[0].thinkMicros`,
          'nobody thinks before the first step',
        ),
      ]),
    ),
  ];
}

function checkManifests(system: SystemSpec): Problem[] {
  const images = system.programs.map(({ image }) => image);
  return manifestObjects(system).flatMap(({ kind, name, images: used }, at) => [
    ...unless(kind !== '' && name !== '', `manifests[${at}]`, 'an object has a kind and a metadata.name'),
    ...used.flatMap((image) =>
      unless(images.includes(image), `manifests[${at}]`, `no program has the image ${image}`),
    ),
  ]);
}

/** Everything that does not fit together in a system. */
export function checkSystemReferences(system: SystemSpec): Problem[] {
  return [
    ...repeated(
      'hosts',
      system.hosts.map(({ name }) => name),
    ),
    ...repeated(
      'programs',
      system.programs.map(({ name }) => name),
    ),
    ...repeated(
      'edges',
      system.edges.map(({ name }) => name),
    ),
    ...repeated(
      'journeys',
      system.journeys.map(({ name }) => name),
    ),
    ...checkPrograms(system),
    ...checkEdges(system),
    ...checkJourneys(system),
    ...checkManifests(system),
  ];
}
