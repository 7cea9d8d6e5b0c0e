-- Callers that made the same month at the same time: to_regclass remembers that there was no such table from before
-- the wait for the lock, so the second failed with "already exists". A query of the catalogue sees the new table.
CREATE OR REPLACE FUNCTION ensure_month_partition(parent regclass, month date) RETURNS text
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
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'part'::regnamespace AND relname = name) THEN
    RETURN name;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('routestitch partition'), hashtext(name));
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'part'::regnamespace AND relname = name) THEN
    RETURN name;
  END IF;
  -- Made first and attached then: that blocks neither readers nor writers of the parent.
  EXECUTE format('CREATE TABLE part.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION part.%I FOR VALUES FROM (%L) TO (%L)', parent, name,
    to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(next, 'YYYY-MM-DD') || ' 00:00:00+00');
  -- Rows are reached through the parent, whose policies apply; the child alone shows nobody anything.
  EXECUTE format('ALTER TABLE part.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE part.%I FORCE ROW LEVEL SECURITY', name);
  RETURN name;
END $$;
