import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type PlaceNames,
  placeNamesQuerySchema,
  placeNamesResponseSchema,
  placesQuerySchema,
  placesResponseSchema,
} from './contract.ts';
import { suggestPlaces } from './matchPlaces.ts';
import { hindiNames } from './placeNames.ts';
import type { PlaceIndex } from './placeIndex.ts';

const suggest = createRoute({
  method: 'get',
  path: '/api/v1/places',
  summary: 'Places that a text may mean',
  description:
    'Cities, stations, airports, bus stands and stops by name, code, old, local and Hindi names; at most eight, best first.',
  tags: ['Search'],
  request: {
    query: placesQuerySchema.extend({ q: placesQuerySchema.shape.q.openapi({ example: 'Bombay' }) }),
  },
  responses: {
    200: { description: 'Suggestions', content: { 'application/json': { schema: placesResponseSchema } } },
  },
});

const names = createRoute({
  method: 'get',
  path: '/api/v1/places/names',
  summary: 'Names of places in another language',
  description: 'Of every place of the active network that has one: what is not in it keeps its name.',
  tags: ['Search'],
  request: { query: placeNamesQuerySchema },
  responses: {
    200: { description: 'Names', content: { 'application/json': { schema: placeNamesResponseSchema } } },
  },
});

/** Adds `GET /places` and `GET /places/names`. `index` answers the places of the active network. */
export function addPlaceRoutes(app: OpenAPIHono, index: () => PlaceIndex): void {
  app.openapi(suggest, (c) => {
    const places = suggestPlaces(index(), c.req.valid('query').q);
    c.header('Cache-Control', 'public, max-age=300');
    return c.json({ places } satisfies z.infer<typeof placesResponseSchema>, 200);
  });
  app.openapi(names, (c) => {
    const { language } = c.req.valid('query');
    c.header('Cache-Control', 'public, max-age=300');
    return c.json({ language, names: hindiNames(index()) } satisfies PlaceNames, 200);
  });
}
