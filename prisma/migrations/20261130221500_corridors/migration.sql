-- What the operator's figures are counted by. A process of the version before writes rows without them. Nobody waits
-- for these tables: they are written beside the requests.
ALTER TABLE search_queries
  ADD COLUMN corridor_from TEXT CONSTRAINT search_queries_corridor_from_chk CHECK (length(corridor_from) BETWEEN 1 AND 128),
  ADD COLUMN corridor_to TEXT CONSTRAINT search_queries_corridor_to_chk CHECK (length(corridor_to) BETWEEN 1 AND 128);
ALTER TABLE booking_clicks
  ADD COLUMN search_id TEXT CONSTRAINT booking_clicks_search_id_chk CHECK (length(search_id) BETWEEN 1 AND 64);
