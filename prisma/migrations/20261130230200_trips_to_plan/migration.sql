-- Trips that have changed since their reminders were planned. IS DISTINCT FROM, not <: a change that began earlier may
-- be kept later.
CREATE INDEX CONCURRENTLY trips_to_plan_idx ON trips (updated_at) WHERE reminders_planned_at IS DISTINCT FROM updated_at;
