export type {
  SavedRoute,
  SavedRouteInput,
  SavedRoutePage,
  SavedRoutePageQuery,
  SavedRouteSummary,
} from './contract.ts';
export { deleteSavedRoute } from './deleteSavedRoute.ts';
export { renameSavedRoute } from './renameSavedRoute.ts';
export { getSavedRoute, getSavedRoutes } from './savedRoutes.ts';
export { saveRoute } from './saveRoute.ts';
export { useSavedRoute } from './useSavedRoute.ts';
