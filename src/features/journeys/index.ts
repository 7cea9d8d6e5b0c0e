export { createPlanner, type Planner } from './planner.ts';
export { searchJourneys } from './searchJourneys.ts';
