-- By hand: what the Prisma schema cannot say. Pinned by test/golden/schema.sql.
-- Every name is qualified where a function is stored, because a CHECK or trigger runs with the caller's search_path.

-- ===== shapes of JSON =====

-- A place as the user's document has it: { id, name, city, state, lat, lng, displayName }.
CREATE FUNCTION is_location(place jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN jsonb_typeof(place) <> 'object' THEN false
  WHEN jsonb_typeof(place -> 'name') IS DISTINCT FROM 'string' THEN false
  WHEN jsonb_typeof(place -> 'lat') IS DISTINCT FROM 'number' THEN false
  WHEN jsonb_typeof(place -> 'lng') IS DISTINCT FROM 'number' THEN false
  ELSE length(place ->> 'name') BETWEEN 1 AND 300
    AND (place ->> 'lat')::numeric BETWEEN -90 AND 90
    AND (place ->> 'lng')::numeric BETWEEN -180 AND 180
END;

-- No branch deeper than 16 levels (a route needs 5): deep documents exhaust recursive readers.
CREATE FUNCTION is_shallow(document jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT jsonb_path_exists(document, 'strict $.**{17}');

-- An IANA zone this server knows; the trip clock reads dates in it, and one bad row would stop it for everybody.
CREATE FUNCTION is_time_zone(zone text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $$
BEGIN
  PERFORM pg_catalog.timezone(zone, pg_catalog.now());
  RETURN zone ~ '^[A-Za-z]' AND pg_catalog.length(zone) <= 64;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END $$;

-- ===== checks =====
-- pg_column_size is of the value as it arrives: not yet compressed. 65536 bytes for a route, 8192 for a place.

ALTER TABLE users
  ADD CONSTRAINT users_email_chk CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 320 AND email ~ '^[^\s@]+@[^\s@]+$'),
  ADD CONSTRAINT users_phone_chk CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT users_name_chk CHECK (length(name) <= 200),
  ADD CONSTRAINT users_image_chk CHECK (length(image) <= 2048);

ALTER TABLE accounts
  ADD CONSTRAINT accounts_no_tokens_chk CHECK (refresh_token IS NULL AND access_token IS NULL AND id_token IS NULL);

ALTER TABLE sessions
  ADD CONSTRAINT sessions_token_hashed_chk CHECK (session_token ~ '^[0-9a-f]{64}$');

ALTER TABLE trips
  ADD CONSTRAINT trips_origin_chk CHECK (is_location(origin) AND pg_column_size(origin) <= 8192),
  ADD CONSTRAINT trips_destination_chk CHECK (is_location(destination) AND pg_column_size(destination) <= 8192),
  ADD CONSTRAINT trips_stops_chk CHECK (jsonb_typeof(stops) = 'array' AND pg_column_size(stops) <= 65536 AND is_shallow(stops)),
  ADD CONSTRAINT trips_selected_route_chk CHECK (jsonb_typeof(selected_route) = 'object' AND pg_column_size(selected_route) <= 65536 AND is_shallow(selected_route)),
  ADD CONSTRAINT trips_date_chk CHECK (date BETWEEN '2000-01-01' AND '2199-12-31'),
  ADD CONSTRAINT trips_time_chk CHECK ("time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD CONSTRAINT trips_timezone_chk CHECK (is_time_zone(timezone)),
  ADD CONSTRAINT trips_passengers_chk CHECK (passengers BETWEEN 1 AND 20),
  ADD CONSTRAINT trips_leg_count_chk CHECK (leg_count BETWEEN 0 AND 64);

ALTER TABLE booking_legs
  ADD CONSTRAINT booking_legs_leg_index_chk CHECK (leg_index BETWEEN 0 AND 63),
  ADD CONSTRAINT booking_legs_mode_chk CHECK (mode ~ '^[a-z][a-z_-]{0,31}$'),
  ADD CONSTRAINT booking_legs_booked_chk CHECK (is_booked = (booked_at IS NOT NULL)),
  ADD CONSTRAINT booking_legs_text_chk CHECK (length(platform) <= 100 AND length(booking_ref) <= 100),
  ADD CONSTRAINT booking_legs_cost_chk CHECK (cost_minor >= 0),
  ADD CONSTRAINT booking_legs_currency_chk CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE saved_routes
  ADD CONSTRAINT saved_routes_name_chk CHECK (length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT saved_routes_origin_chk CHECK (is_location(origin) AND pg_column_size(origin) <= 8192),
  ADD CONSTRAINT saved_routes_destination_chk CHECK (is_location(destination) AND pg_column_size(destination) <= 8192),
  ADD CONSTRAINT saved_routes_stops_chk CHECK (jsonb_typeof(stops) = 'array' AND pg_column_size(stops) <= 65536 AND is_shallow(stops)),
  ADD CONSTRAINT saved_routes_route_chk CHECK (jsonb_typeof(route) = 'object' AND pg_column_size(route) <= 65536 AND is_shallow(route)),
  ADD CONSTRAINT saved_routes_times_used_chk CHECK (times_used >= 0);

-- ip_hash is 128 to 256 bits in base64url or hex: an address, with its dots or colons, cannot be stored by mistake.
ALTER TABLE search_queries
  ADD CONSTRAINT search_queries_origin_chk CHECK (is_location(origin) AND pg_column_size(origin) <= 8192),
  ADD CONSTRAINT search_queries_destination_chk CHECK (is_location(destination) AND pg_column_size(destination) <= 8192),
  ADD CONSTRAINT search_queries_stops_chk CHECK (jsonb_typeof(stops) = 'array' AND pg_column_size(stops) <= 65536),
  ADD CONSTRAINT search_queries_clicked_route_chk CHECK (jsonb_typeof(clicked_route) = 'object' AND pg_column_size(clicked_route) <= 65536),
  ADD CONSTRAINT search_queries_passengers_chk CHECK (passengers BETWEEN 1 AND 20),
  ADD CONSTRAINT search_queries_routes_found_chk CHECK (routes_found >= 0),
  ADD CONSTRAINT search_queries_ip_hash_chk CHECK (ip_hash ~ '^[A-Za-z0-9_-]{22,64}$'),
  ADD CONSTRAINT search_queries_user_agent_chk CHECK (length(user_agent) <= 200);

ALTER TABLE booking_clicks
  ADD CONSTRAINT booking_clicks_route_chk CHECK (jsonb_typeof(route) = 'object' AND pg_column_size(route) <= 65536),
  ADD CONSTRAINT booking_clicks_leg_chk CHECK (jsonb_typeof(leg) = 'object' AND pg_column_size(leg) <= 65536),
  ADD CONSTRAINT booking_clicks_leg_index_chk CHECK (leg_index BETWEEN 0 AND 63),
  ADD CONSTRAINT booking_clicks_platform_chk CHECK (length(platform) BETWEEN 1 AND 100),
  ADD CONSTRAINT booking_clicks_affiliate_url_chk CHECK (affiliate_url ~ '^https?://' AND length(affiliate_url) <= 4096),
  ADD CONSTRAINT booking_clicks_commission_chk CHECK (commission_minor >= 0),
  ADD CONSTRAINT booking_clicks_currency_chk CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT booking_clicks_marked_chk CHECK ((did_book IS NULL) = (marked_at IS NULL));

ALTER TABLE cached_geocodes
  ADD CONSTRAINT cached_geocodes_address_chk CHECK (address IS NFKC NORMALIZED AND address = lower(address) AND address !~ '^\s|\s$|\s\s' AND length(address) BETWEEN 1 AND 500),
  ADD CONSTRAINT cached_geocodes_position_chk CHECK (lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180),
  ADD CONSTRAINT cached_geocodes_ttl_chk CHECK (expires_at > created_at);

ALTER TABLE cached_routes
  ADD CONSTRAINT cached_routes_key_chk CHECK (length(cache_key) BETWEEN 1 AND 200),
  ADD CONSTRAINT cached_routes_json_chk CHECK (jsonb_typeof(origin) = 'object' AND jsonb_typeof(destination) = 'object' AND jsonb_typeof(routes) = 'array' AND pg_column_size(routes) <= 4194304),
  ADD CONSTRAINT cached_routes_total_chk CHECK (total_results >= 0),
  ADD CONSTRAINT cached_routes_ttl_chk CHECK (expires_at > created_at);

ALTER TABLE rate_limits
  ADD CONSTRAINT rate_limits_count_chk CHECK (request_count >= 0),
  ADD CONSTRAINT rate_limits_identifier_chk CHECK (length(identifier) BETWEEN 1 AND 200);

ALTER TABLE idempotency_keys
  ADD CONSTRAINT idempotency_keys_key_chk CHECK (length(key) BETWEEN 1 AND 255),
  ADD CONSTRAINT idempotency_keys_hash_chk CHECK (request_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT idempotency_keys_status_chk CHECK (status BETWEEN 100 AND 599),
  ADD CONSTRAINT idempotency_keys_body_chk CHECK (pg_column_size(body) <= 1048576),
  ADD CONSTRAINT idempotency_keys_ttl_chk CHECK (expires_at > created_at);

ALTER TABLE networks
  ADD CONSTRAINT networks_name_chk CHECK (length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT networks_valid_chk CHECK (valid_from <= valid_to),
  ADD CONSTRAINT networks_image_chk CHECK (image_hash ~ '^[0-9a-f]{64}$' AND image_size > 0 AND length(image) > 0),
  ADD CONSTRAINT networks_json_chk CHECK (jsonb_typeof(stats) = 'object' AND jsonb_typeof(feeds) = 'array'),
  ADD CONSTRAINT networks_activated_chk CHECK (NOT is_active OR activated_at IS NOT NULL),
  ALTER COLUMN image SET STORAGE EXTERNAL; -- compressed already

ALTER TABLE network_notices
  ADD CONSTRAINT network_notices_severity_chk CHECK (severity IN ('ERROR', 'WARNING', 'INFO')),
  ADD CONSTRAINT network_notices_row_chk CHECK (row_number >= 0);

-- ===== indexes =====

CREATE UNIQUE INDEX networks_one_active_idx ON networks (is_active) WHERE is_active;
CREATE INDEX booking_legs_reminder_due_idx ON booking_legs (remind_at) WHERE NOT reminder_sent AND remind_at IS NOT NULL;

-- ===== caches and limits: rebuilt by use, so not worth a log =====
-- A crash empties them. Updates stay on their page (HOT): nothing indexed changes within a window.

ALTER TABLE rate_limits SET UNLOGGED;
ALTER TABLE rate_limits SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE cache_leases SET UNLOGGED;

-- ===== trip status follows the legs =====

-- Indexes of the legs of a route that are booked. A leg says so itself; one that does not is, unless it is a walk.
CREATE FUNCTION bookable_legs(route jsonb) RETURNS smallint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(route -> 'legs') = 'array' THEN coalesce((
  SELECT array_agg((position - 1)::smallint ORDER BY position)
  FROM jsonb_array_elements(route -> 'legs') WITH ORDINALITY AS l (leg, position)
  WHERE CASE jsonb_typeof(leg -> 'bookable')
    WHEN 'boolean' THEN (leg -> 'bookable')::boolean
    ELSE leg ->> 'mode' IS DISTINCT FROM 'walk'
  END
), '{}') ELSE '{}' END;

-- What the bookings say of the legs of the route; of a trip without a route, of all its booking legs.
-- Callers hold the lock on the trip.
CREATE FUNCTION derived_trip_status(trip text, legs smallint[]) RETURNS "TripStatus" LANGUAGE plpgsql AS $$
DECLARE
  booked int;
  total int;
BEGIN
  SELECT count(*) FILTER (WHERE b.is_booked AND (cardinality(legs) = 0 OR b.leg_index = ANY (legs))),
    CASE WHEN cardinality(legs) = 0 THEN count(*) ELSE cardinality(legs) END
  INTO booked, total FROM public.booking_legs b WHERE b.trip_id = trip;
  RETURN CASE WHEN booked = 0 THEN 'PLANNED' WHEN booked < total THEN 'PARTIALLY_BOOKED' ELSE 'FULLY_BOOKED' END;
END $$;

-- On the trip: a new route says which legs it has …
CREATE FUNCTION trip_route_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.bookable_legs := public.bookable_legs(NEW.selected_route);
  NEW.leg_count := cardinality(NEW.bookable_legs);
  RETURN NEW;
END $$;
CREATE TRIGGER trip_1_route_changed BEFORE INSERT OR UPDATE OF selected_route ON trips
  FOR EACH ROW EXECUTE FUNCTION trip_route_changed();

-- … and nobody can write one of the three derived states that is not so. This is also how a cancelled trip comes
-- back: set PLANNED, and it becomes what its legs say. (Triggers run in the order of their names.)
CREATE FUNCTION trip_status_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status := public.derived_trip_status(NEW.id, NEW.bookable_legs);
  RETURN NEW;
END $$;
CREATE TRIGGER trip_2_status_written BEFORE INSERT OR UPDATE OF selected_route, status ON trips
  FOR EACH ROW WHEN (NEW.status IN ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED'))
  EXECUTE FUNCTION trip_status_written();

-- On the legs: lock the trip first, so that bookings of one trip at the same time are counted one after the other
-- (without the lock 293 of 300 trips ended wrong under 3 concurrent bookings).
CREATE FUNCTION trip_legs_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  trip text := coalesce(NEW.trip_id, OLD.trip_id);
  was public."TripStatus";
  legs smallint[];
BEGIN
  SELECT t.status, t.bookable_legs INTO was, legs FROM public.trips t WHERE t.id = trip FOR NO KEY UPDATE;
  IF NOT FOUND OR was IN ('IN_PROGRESS', 'COMPLETED', 'CANCELLED') THEN RETURN NULL; END IF;
  IF public.derived_trip_status(trip, legs) <> was THEN
    UPDATE public.trips SET status = 'PLANNED', updated_at = now() WHERE id = trip; -- the trigger above says which
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER trip_legs_changed AFTER INSERT OR DELETE OR UPDATE OF is_booked, leg_index ON booking_legs
  FOR EACH ROW EXECUTE FUNCTION trip_legs_changed();

-- ===== active network =====

CREATE FUNCTION network_activated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('network_activated', NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER network_activated AFTER INSERT OR UPDATE OF is_active ON networks
  FOR EACH ROW WHEN (NEW.is_active) EXECUTE FUNCTION network_activated();

-- ===== erasure =====

-- Analytics have no foreign key, so a deleted user is taken out of them here.
CREATE FUNCTION forget_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.search_queries SET user_id = NULL WHERE user_id = OLD.id;
  UPDATE public.booking_clicks SET user_id = NULL, trip_id = NULL WHERE user_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_user AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION forget_user();

-- ===== archive: trips that ended long ago, still their owner's =====

CREATE SCHEMA archive;
CREATE TABLE archive.trips (LIKE public.trips INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE);
ALTER TABLE archive.trips
  ALTER COLUMN archived_at SET NOT NULL,
  ALTER COLUMN archived_at SET DEFAULT now(),
  ADD CONSTRAINT trips_pkey PRIMARY KEY (id),
  ADD CONSTRAINT trips_user_id_id_key UNIQUE (user_id, id),
  ADD CONSTRAINT trips_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX trips_user_id_date_id_idx ON archive.trips (user_id, date DESC, id);
CREATE TABLE archive.booking_legs (LIKE public.booking_legs INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE);
ALTER TABLE archive.booking_legs
  ADD CONSTRAINT booking_legs_pkey PRIMARY KEY (id),
  ADD CONSTRAINT booking_legs_trip_id_leg_index_key UNIQUE (trip_id, leg_index),
  ADD CONSTRAINT booking_legs_user_id_trip_id_fkey FOREIGN KEY (user_id, trip_id) REFERENCES archive.trips (user_id, id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX booking_legs_user_id_trip_id_idx ON archive.booking_legs (user_id, trip_id);

-- ===== analytics by month =====
-- No DEFAULT partition: DETACH PARTITION CONCURRENTLY refuses beside one. Months are UTC.

CREATE SCHEMA part;

-- Runs as the owner, because only the owner may add partitions; the job that calls it has no other right to do so.
CREATE FUNCTION ensure_month_partition(parent regclass, month date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  next date := (first + interval '1 month')::date;
  name text;
BEGIN
  IF parent NOT IN ('public.search_queries'::regclass, 'public.booking_clicks'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT relname || '_' || to_char(first, 'YYYYMM') INTO name FROM pg_class WHERE oid = parent;
  IF to_regclass(format('part.%I', name)) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('routestitch partition'), hashtext(name));
    IF to_regclass(format('part.%I', name)) IS NULL THEN
      -- Made first and attached then: that blocks neither readers nor writers of the parent.
      EXECUTE format('CREATE TABLE part.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
      EXECUTE format('ALTER TABLE %s ATTACH PARTITION part.%I FOR VALUES FROM (%L) TO (%L)', parent, name,
        to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(next, 'YYYY-MM-DD') || ' 00:00:00+00');
      -- Rows are reached through the parent, whose policies apply; the child alone shows nobody anything.
      EXECUTE format('ALTER TABLE part.%I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('ALTER TABLE part.%I FORCE ROW LEVEL SECURITY', name);
    END IF;
  END IF;
  RETURN name;
END $$;

-- Retention: months that ended before `keep_from` go whole. Returns how many.
CREATE FUNCTION drop_months_before(parent regclass, keep_from date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  child regclass;
  dropped int := 0;
BEGIN
  IF parent NOT IN ('public.search_queries'::regclass, 'public.booking_clicks'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOR child IN
    SELECT c.oid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent AND right(c.relname, 6) < to_char(keep_from, 'YYYYMM')
  LOOP
    EXECUTE format('DROP TABLE %s', child);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- The current month and the next three; later ones by the maintenance job.
SELECT ensure_month_partition(parent, (date_trunc('month', now() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date)
FROM unnest(ARRAY['search_queries', 'booking_clicks']::regclass[]) AS parent, generate_series(0, 3) AS ahead;
