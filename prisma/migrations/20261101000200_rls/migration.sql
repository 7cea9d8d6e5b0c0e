-- By hand: roles, grants and row-level security. The owner migrates; rs_app serves requests and sees only the rows
-- of the user in app.user_id; rs_service runs sign-in and jobs. Neither owns anything nor bypasses the policies.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rs_app') THEN
    CREATE ROLE rs_app NOLOGIN NOBYPASSRLS NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rs_service') THEN
    CREATE ROLE rs_service NOLOGIN NOBYPASSRLS NOINHERIT;
  END IF;
END $$;

-- Set for one transaction by the door asUser(); absent or empty = nobody.
CREATE FUNCTION app_user_id() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.user_id', true), '');

GRANT USAGE ON SCHEMA public, archive TO rs_app, rs_service;
REVOKE EXECUTE ON FUNCTION ensure_month_partition(regclass, date), drop_months_before(regclass, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_month_partition(regclass, date), drop_months_before(regclass, date) TO rs_service;

-- ===== rs_app: columns, not tables, where a column is not the user's to change =====

GRANT SELECT, UPDATE (name, phone, profession, image, updated_at) ON users TO rs_app;
GRANT SELECT (id, user_id, type, provider, provider_account_id, scope) ON accounts TO rs_app;
GRANT SELECT (id, user_id, expires), DELETE ON sessions TO rs_app;
GRANT SELECT, INSERT, DELETE,
  UPDATE (origin, destination, stops, date, "time", timezone, passengers, preference, selected_route, status, updated_at)
  ON trips TO rs_app;
GRANT SELECT, INSERT, DELETE,
  UPDATE (mode, is_booked, platform, booking_ref, booked_at, cost_minor, currency, departs_at, remind_at, reminder_sent, updated_at)
  ON booking_legs TO rs_app;
GRANT SELECT, INSERT, DELETE,
  UPDATE (name, origin, destination, stops, route, times_used, last_used_at, updated_at)
  ON saved_routes TO rs_app;
GRANT SELECT, INSERT, DELETE, UPDATE (status, body) ON idempotency_keys TO rs_app;
GRANT SELECT, DELETE ON archive.trips, archive.booking_legs TO rs_app;
GRANT SELECT, INSERT, UPDATE (clicked_route) ON search_queries TO rs_app;
GRANT SELECT, INSERT, UPDATE (did_book, marked_at) ON booking_clicks TO rs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cached_geocodes, cached_routes, cache_leases, rate_limits TO rs_app;
GRANT SELECT ON networks, network_notices TO rs_app;

-- ===== rs_service =====

GRANT SELECT, INSERT, UPDATE, DELETE ON
  users, accounts, sessions, verification_tokens, trips, booking_legs, saved_routes, idempotency_keys,
  archive.trips, archive.booking_legs, search_queries, booking_clicks,
  cached_geocodes, cached_routes, cache_leases, rate_limits, networks, network_notices
TO rs_service;

-- ===== policies =====
-- The sub-select makes the user a constant of the statement: evaluated once, not once a row.

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (id = (SELECT app_user_id())) WITH CHECK (id = (SELECT app_user_id()));
CREATE POLICY service ON users TO rs_service USING (true) WITH CHECK (true);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['accounts', 'sessions', 'trips', 'booking_legs', 'saved_routes', 'idempotency_keys', 'archive.trips', 'archive.booking_legs']
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %s USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))', t);
    EXECUTE format('CREATE POLICY service ON %s TO rs_service USING (true) WITH CHECK (true)', t);
  END LOOP;
  -- Analytics: anybody may add an anonymous row, nobody a row in another's name; one sees one's own.
  FOREACH t IN ARRAY ARRAY['search_queries', 'booking_clicks']
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %s USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id IS NULL OR user_id = (SELECT app_user_id()))', t);
    EXECUTE format('CREATE POLICY service ON %s TO rs_service USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
