import type { OpenAPIHono } from '@hono/zod-openapi';
import { problemSchema } from './problem.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The whole API as an OpenAPI 3.1 document; every operation may answer a problem. */
export function openApiDocument(app: OpenAPIHono, version: string): Document {
  app.openAPIRegistry.register('Problem', problemSchema);
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'RouteStitch',
      version,
      description:
        "Journeys stitched across India's trains, buses, flights, metros, taxis, autos and footpaths. Prices are indicative.",
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
  });
  const problem = {
    description: 'A problem, by the stable `code`',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete])
      if (operation) operation.responses = { ...operation.responses, default: problem };
  return document;
}
