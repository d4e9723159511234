/** Parameters of a fault against what the catalogue says of them. */
import { FAULTS } from '@chaotic-good/engine/faults/catalogue';
import type { ParameterSpec } from '@chaotic-good/engine/faults/fault-definition';
import { parseQuantity } from '@chaotic-good/engine/platforms/kubernetes/quantity';
import type { FaultInstance } from '@chaotic-good/engine/protocol/scenario-spec';
import { nearMisses } from '@chaotic-good/engine/console/near-miss';
import type { Problem } from './problem.ts';
import { unless } from './problem.ts';

/** Why a value is not of the kind, '' when it is. */
function notOfType(type: ParameterSpec['type'], value: unknown): string {
  if (typeof type === 'object') {
    return type.oneOf.includes(String(value)) ? '' : `must be one of ${type.oneOf.join(', ')}`;
  }
  switch (type) {
    case 'text':
      return typeof value === 'string' && value !== '' ? '' : 'must be a text';
    case 'share':
      return typeof value === 'number' && value > 0 && value <= 1 ? '' : 'must be above 0 and at most 1';
    case 'port':
      return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65536 ? '' : 'must be a port';
    case 'quantity':
      return typeof value === 'string' && parseQuantity(value).ok
        ? ''
        : 'must be a quantity such as 250m or 512Mi';
    case 'json':
      return '';
  }
}

/** What is wrong with an instance's fault, mechanism and parameters. */
export function checkFault(path: string, instance: FaultInstance): Problem[] {
  const { fault, mechanism, params } = instance;
  const definition = FAULTS.find((one) => one.id === fault);
  if (definition === undefined) {
    const near = nearMisses(
      fault,
      FAULTS.map((one) => one.id),
    ).join(' or ');
    const known = near === '' ? FAULTS.map((one) => one.id).join(', ') : `did you mean ${near}?`;
    return [{ path: `${path}.fault`, reason: `the catalogue has no ${fault}: ${known}` }];
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    return [{ path: `${path}.params`, reason: 'must be an object' }];
  }
  const known = definition.parameters.map(({ name }) => name);
  return [
    ...unless(
      definition.mechanisms.includes(mechanism),
      `${path}.mechanism`,
      `${fault} works by ${definition.mechanisms.join(' or ')}, not by ${mechanism}`,
    ),
    ...Object.keys(params)
      .filter((name) => !known.includes(name))
      .map((name) => ({ path: `${path}.params.${name}`, reason: `${fault} has ${known.join(', ')}` })),
    ...definition.parameters.flatMap(({ name, type, optional }): Problem[] => {
      const value = params[name];
      if (value === undefined)
        return unless(optional === true, `${path}.params.${name}`, `${fault} needs it`);
      const reason = notOfType(type, value);
      return unless(reason === '', `${path}.params.${name}`, reason);
    }),
  ];
}
