-- When a trip starts and ends, for the job that sets IN_PROGRESS and COMPLETED; and the shapes of routes and stops.

-- An instant as a route's legs write it, with its offset: 2026-12-02T21:05+05:30. NULL when the text is none.
-- The offset is required: without it the answer would depend on the session's zone.
CREATE FUNCTION instant_of(written text) RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED AS $$
BEGIN
  IF written !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$' THEN
    RETURN NULL;
  END IF;
  RETURN written::timestamptz;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

CREATE FUNCTION is_instant_or_absent(value jsonb) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN CASE coalesce(jsonb_typeof(value), 'null')
  WHEN 'null' THEN true
  WHEN 'string' THEN public.instant_of(value #>> '{}') IS NOT NULL
  ELSE false
END;

-- What the rest of the database reads of a route: its legs with their modes, whether they are booked, and when.
CREATE FUNCTION is_route(route jsonb) RETURNS boolean LANGUAGE sql STABLE STRICT PARALLEL RESTRICTED
RETURN CASE
  WHEN jsonb_typeof(route) <> 'object' THEN false
  WHEN jsonb_typeof(route -> 'legs') IS DISTINCT FROM 'array' THEN false
  WHEN jsonb_array_length(route -> 'legs') NOT BETWEEN 1 AND 64 THEN false
  WHEN NOT public.is_instant_or_absent(route -> 'departure') OR NOT public.is_instant_or_absent(route -> 'arrival') THEN false
  ELSE NOT EXISTS (
    SELECT FROM jsonb_array_elements(route -> 'legs') AS leg
    WHERE NOT CASE
      WHEN jsonb_typeof(leg) <> 'object' OR jsonb_typeof(leg -> 'mode') IS DISTINCT FROM 'string' THEN false
      ELSE leg ->> 'mode' ~ '^[a-z][a-z_-]{0,31}$'
        AND coalesce(jsonb_typeof(leg -> 'bookable'), 'boolean') = 'boolean'
        AND public.is_instant_or_absent(leg -> 'departure')
        AND public.is_instant_or_absent(leg -> 'arrival')
    END
  )
END;

-- At most 8 places to visit on the way, each { place, dwellMinutes } or a place with dwellMinutes; at most 14 days each.
CREATE FUNCTION are_stops(stops jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN jsonb_typeof(stops) <> 'array' THEN false
  WHEN jsonb_array_length(stops) > 8 THEN false
  ELSE NOT EXISTS (
    SELECT FROM jsonb_array_elements(stops) AS stop
    WHERE NOT coalesce(public.is_location(coalesce(stop -> 'place', stop)), false)
      OR NOT CASE coalesce(jsonb_typeof(stop -> 'dwellMinutes'), 'absent')
        WHEN 'absent' THEN true
        WHEN 'number' THEN (stop -> 'dwellMinutes')::numeric BETWEEN 0 AND 20160
        ELSE false
      END
  )
END;

ALTER TABLE trips ADD COLUMN starts_at timestamptz(3), ADD COLUMN ends_at timestamptz(3);
ALTER TABLE archive.trips ADD COLUMN starts_at timestamptz(3), ADD COLUMN ends_at timestamptz(3);

-- A trip starts and ends with its route; without one it starts at its time (or midnight) and ends with its day, in
-- its own zone. A date, time or zone that is none leaves NULL here and is refused by its CHECK.
CREATE FUNCTION trip_when_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  legs jsonb := NEW.selected_route -> 'legs';
BEGIN
  NEW.starts_at := coalesce(
    public.instant_of(NEW.selected_route ->> 'departure'),
    public.instant_of(legs -> 0 ->> 'departure'),
    (NEW.date + coalesce(NEW.time, '00:00')::time) AT TIME ZONE NEW.timezone);
  NEW.ends_at := greatest(NEW.starts_at, coalesce(
    public.instant_of(NEW.selected_route ->> 'arrival'),
    public.instant_of(legs -> -1 ->> 'arrival'),
    (NEW.date + 1)::timestamp AT TIME ZONE NEW.timezone));
  RETURN NEW;
EXCEPTION WHEN data_exception THEN
  NEW.starts_at := NULL;
  NEW.ends_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER trip_1_when_changed BEFORE INSERT OR UPDATE OF date, "time", timezone, selected_route ON trips
  FOR EACH ROW EXECUTE FUNCTION trip_when_changed();

-- Trips that are there already. Their policies bind the owner too (FORCE), unless it is a superuser.
ALTER TABLE trips NO FORCE ROW LEVEL SECURITY;
UPDATE trips SET date = date;
ALTER TABLE trips FORCE ROW LEVEL SECURITY;

ALTER TABLE trips
  ADD CONSTRAINT trips_place_depth_chk CHECK (is_shallow(origin) AND is_shallow(destination)),
  ADD CONSTRAINT trips_stops_shape_chk CHECK (are_stops(stops)),
  ADD CONSTRAINT trips_route_shape_chk CHECK (is_route(selected_route));
ALTER TABLE saved_routes
  ADD CONSTRAINT saved_routes_place_depth_chk CHECK (is_shallow(origin) AND is_shallow(destination)),
  ADD CONSTRAINT saved_routes_stops_shape_chk CHECK (are_stops(stops)),
  ADD CONSTRAINT saved_routes_route_shape_chk CHECK (is_route(route));

-- The clock job reads only trips whose time has come.
CREATE INDEX trips_to_start_idx ON trips (starts_at) WHERE status IN ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED');
CREATE INDEX trips_to_complete_idx ON trips (ends_at) WHERE status = 'IN_PROGRESS';
