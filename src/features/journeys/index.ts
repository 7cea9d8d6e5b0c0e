export { cacheRouteResults } from './cacheRouteResults.ts';
export { getCachedRoute } from './getCachedRoute.ts';
export { createPlanner, type Planner } from './planner.ts';
export { searchJourneys } from './searchJourneys.ts';
export { RouteCache, type RouteCacheOptions } from './routeCache.ts';
export { routeCacheKey, type RouteQuestion } from './routeCacheKey.ts';
