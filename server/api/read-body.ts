/** What a request says, held to its shape. */
import type { Request } from 'express';
import type { z } from 'zod';
import { ApiProblem } from './api-problem.ts';

/**
 * Reads the JSON body of a request.
 *
 * @throws ApiProblem when it is no JSON (415) or of another shape (400).
 */
export function readBody<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  if (!request.is('application/json')) {
    throw new ApiProblem(415, 'not-json', 'Send JSON, with the content type application/json.');
  }
  const parsed = shape.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  throw new ApiProblem(400, 'not-understood', `This was not understood: ${where}${message}.`);
}
