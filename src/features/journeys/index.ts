export { cacheRouteResults } from './cacheRouteResults.ts';
export { getCachedRoute } from './getCachedRoute.ts';
export { computeAnswer } from './computeAnswer.ts';
export { createPlanner, type Planner } from './planner.ts';
export { type SearchCall, searchJourneys } from './searchJourneys.ts';
export { planB } from './risk/planB.ts';
export { RouteCache, type RouteCacheOptions } from './routeCache.ts';
export { routeCacheKey, type RouteQuestion } from './routeCacheKey.ts';
export { SearchPool, type SearchPoolOptions } from './searchPool.ts';
