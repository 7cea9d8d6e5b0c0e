export { clusterLinks, changeExtra, type LinkHub } from './clusterLinks.ts';
export { type City, type Gazetteer, type Hub, type HubKind, readGazetteer } from './gazetteer.ts';
export { displayName, fold } from './folding.ts';
export { MAX_PLACES, suggestPlaces } from './matchPlaces.ts';
export {
  cacheGeocode,
  type Geocode,
  geocodeCacheHealth,
  getCachedGeocode,
  normaliseAddress,
} from './geocodeCache.ts';
export { matchHubs, platformsOf, type NetworkStops, StopGrid } from './networkStops.ts';
export { type KnownPlace, PlaceIndex } from './placeIndex.ts';
export { hindiNames } from './placeNames.ts';
export { isPublicPlace, publicPlace } from './publicPlace.ts';
export { areaOf, type ResolvedPlace, resolvePlace } from './resolvePlace.ts';
export {
  hillRoads,
  type RoadTravel,
  travelBy,
  usualTravel,
  type Vehicle,
  vehicleRule,
} from './roadTravel.ts';
