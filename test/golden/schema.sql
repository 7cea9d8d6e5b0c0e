-- An empty migrated database, read from its catalogue (src/database/schema/describe.ts). Written by `npm run golden`.
-- Not listed: owners, monthly partitions, Prisma's history table.
CREATE SCHEMA archive;
CREATE SCHEMA hold;
CREATE SCHEMA part;
CREATE TYPE public."LinkKind" AS ENUM ('PAGE', 'CALENDAR');
CREATE TYPE public."Preference" AS ENUM ('FASTEST', 'CHEAPEST', 'BALANCED');
CREATE TYPE public."Profession" AS ENUM ('STUDENT', 'DEFENSE', 'SENIOR_CITIZEN', 'MEDICAL', 'GOVERNMENT', 'CORPORATE', 'OTHER');
CREATE TYPE public."ReminderKind" AS ENUM ('BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED', 'LEAVE');
CREATE TYPE public."ReminderState" AS ENUM ('WAITING', 'CLAIMED', 'HANDING', 'SENT', 'FAILED', 'SKIPPED', 'MISSED');
CREATE TYPE public."TripStatus" AS ENUM ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED');
CREATE TABLE archive.booking_legs ();
CREATE TABLE archive.trips ();
CREATE TABLE hold.erased_users ();
CREATE TABLE public.accounts ();
CREATE TABLE public.admin_accesses ();
CREATE TABLE public.booking_clicks () PARTITION BY RANGE (created_at);
CREATE TABLE public.booking_legs ();
CREATE TABLE public.cached_geocodes ();
CREATE TABLE public.cached_routes ();
CREATE TABLE public.consents ();
CREATE TABLE public.erasures ();
CREATE TABLE public.feed_archive_parts ();
CREATE TABLE public.feed_archives ();
CREATE TABLE public.idempotency_keys ();
CREATE TABLE public.job_runs ();
CREATE TABLE public.network_feeds ();
CREATE TABLE public.network_notices ();
CREATE TABLE public.networks ();
CREATE TABLE public.reminders ();
CREATE TABLE public.saved_routes ();
CREATE TABLE public.search_queries () PARTITION BY RANGE (created_at);
CREATE TABLE public.sessions ();
CREATE TABLE public.shared_links ();
CREATE TABLE public.trips ();
CREATE TABLE public.user_settings ();
CREATE TABLE public.users ();
CREATE TABLE public.verification_tokens ();
CREATE UNLOGGED TABLE public.cache_leases ();
CREATE UNLOGGED TABLE public.rate_limits () WITH (fillfactor=50, autovacuum_vacuum_scale_factor=0.02);
ALTER TABLE archive.booking_legs ADD COLUMN id text NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN user_id text NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN trip_id text NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN leg_index smallint NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN mode text NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN is_booked boolean DEFAULT false NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN platform text;
ALTER TABLE archive.booking_legs ADD COLUMN booking_ref text;
ALTER TABLE archive.booking_legs ADD COLUMN booked_at timestamp(3) with time zone;
ALTER TABLE archive.booking_legs ADD COLUMN cost_minor integer;
ALTER TABLE archive.booking_legs ADD COLUMN currency character(3) DEFAULT 'INR'::bpchar NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN departs_at timestamp(3) with time zone;
ALTER TABLE archive.booking_legs ADD COLUMN remind_at timestamp(3) with time zone;
ALTER TABLE archive.booking_legs ADD COLUMN reminder_sent boolean DEFAULT false NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE archive.booking_legs ADD COLUMN fare_class text;
ALTER TABLE archive.trips ADD COLUMN id text NOT NULL;
ALTER TABLE archive.trips ADD COLUMN user_id text NOT NULL;
ALTER TABLE archive.trips ADD COLUMN origin jsonb NOT NULL;
ALTER TABLE archive.trips ADD COLUMN destination jsonb NOT NULL;
ALTER TABLE archive.trips ADD COLUMN stops jsonb;
ALTER TABLE archive.trips ADD COLUMN date date NOT NULL;
ALTER TABLE archive.trips ADD COLUMN "time" text;
ALTER TABLE archive.trips ADD COLUMN timezone text DEFAULT 'Asia/Kolkata'::text NOT NULL;
ALTER TABLE archive.trips ADD COLUMN passengers integer DEFAULT 1 NOT NULL;
ALTER TABLE archive.trips ADD COLUMN preference public."Preference" DEFAULT 'BALANCED'::public."Preference" NOT NULL;
ALTER TABLE archive.trips ADD COLUMN selected_route jsonb;
ALTER TABLE archive.trips ADD COLUMN bookable_legs smallint[] DEFAULT ARRAY[]::smallint[];
ALTER TABLE archive.trips ADD COLUMN leg_count integer DEFAULT 0 NOT NULL;
ALTER TABLE archive.trips ADD COLUMN status public."TripStatus" DEFAULT 'PLANNED'::public."TripStatus" NOT NULL;
ALTER TABLE archive.trips ADD COLUMN archived_at timestamp(3) with time zone DEFAULT now() NOT NULL;
ALTER TABLE archive.trips ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE archive.trips ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE archive.trips ADD COLUMN starts_at timestamp(3) with time zone;
ALTER TABLE archive.trips ADD COLUMN ends_at timestamp(3) with time zone;
ALTER TABLE archive.trips ADD COLUMN reminders_planned_at timestamp(3) with time zone;
ALTER TABLE hold.erased_users ADD COLUMN erased_user_id text NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN email_hmac text NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN registered_at timestamp(3) with time zone NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN erased_at timestamp(3) with time zone DEFAULT now() NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN sign_ins jsonb NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN row_counts jsonb NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN purge_at timestamp(3) with time zone NOT NULL;
ALTER TABLE hold.erased_users ADD COLUMN admin_accesses jsonb DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE public.accounts ADD COLUMN id text NOT NULL;
ALTER TABLE public.accounts ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.accounts ADD COLUMN type text NOT NULL;
ALTER TABLE public.accounts ADD COLUMN provider text NOT NULL;
ALTER TABLE public.accounts ADD COLUMN provider_account_id text NOT NULL;
ALTER TABLE public.accounts ADD COLUMN refresh_token text;
ALTER TABLE public.accounts ADD COLUMN access_token text;
ALTER TABLE public.accounts ADD COLUMN expires_at integer;
ALTER TABLE public.accounts ADD COLUMN token_type text;
ALTER TABLE public.accounts ADD COLUMN scope text;
ALTER TABLE public.accounts ADD COLUMN id_token text;
ALTER TABLE public.accounts ADD COLUMN session_state text;
ALTER TABLE public.admin_accesses ADD COLUMN id text NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN path text NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN kind text DEFAULT 'EXPORT'::text NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN details jsonb DEFAULT '{}'::jsonb NOT NULL;
ALTER TABLE public.admin_accesses ADD COLUMN request_id text;
ALTER TABLE public.booking_clicks ADD COLUMN id text NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN user_id text;
ALTER TABLE public.booking_clicks ADD COLUMN trip_id text;
ALTER TABLE public.booking_clicks ADD COLUMN route jsonb NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN platform text NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN leg jsonb NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN leg_index smallint NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN affiliate_url text NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN commission_minor integer;
ALTER TABLE public.booking_clicks ADD COLUMN currency character(3) DEFAULT 'INR'::bpchar NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN did_book boolean;
ALTER TABLE public.booking_clicks ADD COLUMN marked_at timestamp(3) with time zone;
ALTER TABLE public.booking_clicks ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.booking_clicks ADD COLUMN search_id text;
ALTER TABLE public.booking_legs ADD COLUMN id text NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN trip_id text NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN leg_index smallint NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN mode text NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN is_booked boolean DEFAULT false NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN platform text;
ALTER TABLE public.booking_legs ADD COLUMN booking_ref text;
ALTER TABLE public.booking_legs ADD COLUMN booked_at timestamp(3) with time zone;
ALTER TABLE public.booking_legs ADD COLUMN cost_minor integer;
ALTER TABLE public.booking_legs ADD COLUMN currency character(3) DEFAULT 'INR'::bpchar NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN departs_at timestamp(3) with time zone;
ALTER TABLE public.booking_legs ADD COLUMN remind_at timestamp(3) with time zone;
ALTER TABLE public.booking_legs ADD COLUMN reminder_sent boolean DEFAULT false NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.booking_legs ADD COLUMN fare_class text;
ALTER TABLE public.cache_leases ADD COLUMN cache_key text NOT NULL;
ALTER TABLE public.cache_leases ADD COLUMN holder text NOT NULL;
ALTER TABLE public.cache_leases ADD COLUMN until timestamp(3) with time zone NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN id text NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN address text NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN lat double precision NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN lng double precision NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN display_name text NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN city text;
ALTER TABLE public.cached_geocodes ADD COLUMN state text;
ALTER TABLE public.cached_geocodes ADD COLUMN country text DEFAULT 'India'::text NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.cached_geocodes ADD COLUMN expires_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN id text NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN cache_key text NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN origin jsonb NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN destination jsonb NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN date date NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN preference public."Preference" NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN routes jsonb NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN total_results integer NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN expires_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.cached_routes ADD COLUMN answer jsonb;
ALTER TABLE public.consents ADD COLUMN id text NOT NULL;
ALTER TABLE public.consents ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.consents ADD COLUMN purpose text NOT NULL;
ALTER TABLE public.consents ADD COLUMN version smallint NOT NULL;
ALTER TABLE public.consents ADD COLUMN given_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.consents ADD COLUMN withdrawn_at timestamp(3) with time zone;
ALTER TABLE public.erasures ADD COLUMN user_hash text NOT NULL;
ALTER TABLE public.erasures ADD COLUMN erased_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.feed_archive_parts ADD COLUMN hash text NOT NULL;
ALTER TABLE public.feed_archive_parts ADD COLUMN "position" smallint NOT NULL;
ALTER TABLE public.feed_archive_parts ADD COLUMN bytes bytea NOT NULL STORAGE e;
ALTER TABLE public.feed_archives ADD COLUMN hash text NOT NULL;
ALTER TABLE public.feed_archives ADD COLUMN size integer NOT NULL;
ALTER TABLE public.feed_archives ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.idempotency_keys ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.idempotency_keys ADD COLUMN key text NOT NULL;
ALTER TABLE public.idempotency_keys ADD COLUMN request_hash text NOT NULL;
ALTER TABLE public.idempotency_keys ADD COLUMN status smallint;
ALTER TABLE public.idempotency_keys ADD COLUMN body jsonb;
ALTER TABLE public.idempotency_keys ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.idempotency_keys ADD COLUMN expires_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.job_runs ADD COLUMN name text NOT NULL;
ALTER TABLE public.job_runs ADD COLUMN started_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.job_runs ADD COLUMN succeeded_at timestamp(3) with time zone;
ALTER TABLE public.job_runs ADD COLUMN failed_at timestamp(3) with time zone;
ALTER TABLE public.job_runs ADD COLUMN took_ms integer;
ALTER TABLE public.job_runs ADD COLUMN error text;
ALTER TABLE public.job_runs ADD COLUMN runs integer DEFAULT 0 NOT NULL;
ALTER TABLE public.job_runs ADD COLUMN failed_runs integer DEFAULT 0 NOT NULL;
ALTER TABLE public.job_runs ADD COLUMN failed_in_a_row integer DEFAULT 0 NOT NULL;
ALTER TABLE public.network_feeds ADD COLUMN network_id text NOT NULL;
ALTER TABLE public.network_feeds ADD COLUMN "position" smallint NOT NULL;
ALTER TABLE public.network_feeds ADD COLUMN hash text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN id text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN network_id text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN severity text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN code text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN feed text NOT NULL;
ALTER TABLE public.network_notices ADD COLUMN file text;
ALTER TABLE public.network_notices ADD COLUMN row_number integer;
ALTER TABLE public.network_notices ADD COLUMN column_name text;
ALTER TABLE public.network_notices ADD COLUMN value text;
ALTER TABLE public.network_notices ADD COLUMN message text NOT NULL;
ALTER TABLE public.networks ADD COLUMN id text NOT NULL;
ALTER TABLE public.networks ADD COLUMN name text NOT NULL;
ALTER TABLE public.networks ADD COLUMN is_active boolean DEFAULT false NOT NULL;
ALTER TABLE public.networks ADD COLUMN sample boolean DEFAULT false NOT NULL;
ALTER TABLE public.networks ADD COLUMN rolled boolean DEFAULT false NOT NULL;
ALTER TABLE public.networks ADD COLUMN valid_from date NOT NULL;
ALTER TABLE public.networks ADD COLUMN valid_to date NOT NULL;
ALTER TABLE public.networks ADD COLUMN image_hash text NOT NULL;
ALTER TABLE public.networks ADD COLUMN image_size integer NOT NULL;
ALTER TABLE public.networks ADD COLUMN image bytea STORAGE e;
ALTER TABLE public.networks ADD COLUMN stats jsonb NOT NULL;
ALTER TABLE public.networks ADD COLUMN feeds jsonb NOT NULL;
ALTER TABLE public.networks ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.networks ADD COLUMN activated_at timestamp(3) with time zone;
ALTER TABLE public.networks ADD COLUMN roll_calendar boolean DEFAULT false NOT NULL;
ALTER TABLE public.networks ADD COLUMN version integer;
ALTER TABLE public.networks ADD COLUMN stop_names bytea STORAGE e;
ALTER TABLE public.rate_limits ADD COLUMN id uuid DEFAULT gen_random_uuid() NOT NULL;
ALTER TABLE public.rate_limits ADD COLUMN identifier text NOT NULL;
ALTER TABLE public.rate_limits ADD COLUMN request_count integer DEFAULT 1 NOT NULL;
ALTER TABLE public.rate_limits ADD COLUMN window_start timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.reminders ADD COLUMN id text NOT NULL;
ALTER TABLE public.reminders ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.reminders ADD COLUMN trip_id text NOT NULL;
ALTER TABLE public.reminders ADD COLUMN kind public."ReminderKind" NOT NULL;
ALTER TABLE public.reminders ADD COLUMN leg_key text NOT NULL;
ALTER TABLE public.reminders ADD COLUMN event_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.reminders ADD COLUMN leg_index smallint NOT NULL;
ALTER TABLE public.reminders ADD COLUMN due_at timestamp(3) with time zone NOT NULL;
ALTER TABLE public.reminders ADD COLUMN use_until timestamp(3) with time zone NOT NULL;
ALTER TABLE public.reminders ADD COLUMN state public."ReminderState" DEFAULT 'WAITING'::public."ReminderState" NOT NULL;
ALTER TABLE public.reminders ADD COLUMN attempts integer DEFAULT 0 NOT NULL;
ALTER TABLE public.reminders ADD COLUMN claim_id text;
ALTER TABLE public.reminders ADD COLUMN claimed_until timestamp(3) with time zone;
ALTER TABLE public.reminders ADD COLUMN handing_at timestamp(3) with time zone;
ALTER TABLE public.reminders ADD COLUMN sent_at timestamp(3) with time zone;
ALTER TABLE public.reminders ADD COLUMN settled_at timestamp(3) with time zone;
ALTER TABLE public.reminders ADD COLUMN answer text;
ALTER TABLE public.reminders ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN id text NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN name text;
ALTER TABLE public.saved_routes ADD COLUMN origin jsonb NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN destination jsonb NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN stops jsonb;
ALTER TABLE public.saved_routes ADD COLUMN route jsonb NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN times_used integer DEFAULT 0 NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN last_used_at timestamp(3) with time zone;
ALTER TABLE public.saved_routes ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.saved_routes ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN id text NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN user_id text;
ALTER TABLE public.search_queries ADD COLUMN origin jsonb NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN destination jsonb NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN stops jsonb;
ALTER TABLE public.search_queries ADD COLUMN date date NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN passengers integer NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN preference public."Preference" NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN routes_found integer NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN clicked_route jsonb;
ALTER TABLE public.search_queries ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.search_queries ADD COLUMN ip_hash text;
ALTER TABLE public.search_queries ADD COLUMN user_agent text;
ALTER TABLE public.search_queries ADD COLUMN corridor_from text;
ALTER TABLE public.search_queries ADD COLUMN corridor_to text;
ALTER TABLE public.sessions ADD COLUMN id text NOT NULL;
ALTER TABLE public.sessions ADD COLUMN session_token text NOT NULL;
ALTER TABLE public.sessions ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.sessions ADD COLUMN expires timestamp(3) with time zone NOT NULL;
ALTER TABLE public.sessions ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.sessions ADD COLUMN last_seen_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.sessions ADD COLUMN user_agent text;
ALTER TABLE public.shared_links ADD COLUMN id text NOT NULL;
ALTER TABLE public.shared_links ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.shared_links ADD COLUMN trip_id text;
ALTER TABLE public.shared_links ADD COLUMN kind public."LinkKind" NOT NULL;
ALTER TABLE public.shared_links ADD COLUMN token_hash text NOT NULL;
ALTER TABLE public.shared_links ADD COLUMN show_name boolean DEFAULT false NOT NULL;
ALTER TABLE public.shared_links ADD COLUMN expires_at timestamp(3) with time zone;
ALTER TABLE public.shared_links ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.trips ADD COLUMN id text NOT NULL;
ALTER TABLE public.trips ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.trips ADD COLUMN origin jsonb NOT NULL;
ALTER TABLE public.trips ADD COLUMN destination jsonb NOT NULL;
ALTER TABLE public.trips ADD COLUMN stops jsonb;
ALTER TABLE public.trips ADD COLUMN date date NOT NULL;
ALTER TABLE public.trips ADD COLUMN "time" text;
ALTER TABLE public.trips ADD COLUMN timezone text DEFAULT 'Asia/Kolkata'::text NOT NULL;
ALTER TABLE public.trips ADD COLUMN passengers integer DEFAULT 1 NOT NULL;
ALTER TABLE public.trips ADD COLUMN preference public."Preference" DEFAULT 'BALANCED'::public."Preference" NOT NULL;
ALTER TABLE public.trips ADD COLUMN selected_route jsonb;
ALTER TABLE public.trips ADD COLUMN bookable_legs smallint[] DEFAULT ARRAY[]::smallint[];
ALTER TABLE public.trips ADD COLUMN leg_count integer DEFAULT 0 NOT NULL;
ALTER TABLE public.trips ADD COLUMN status public."TripStatus" DEFAULT 'PLANNED'::public."TripStatus" NOT NULL;
ALTER TABLE public.trips ADD COLUMN archived_at timestamp(3) with time zone;
ALTER TABLE public.trips ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.trips ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.trips ADD COLUMN starts_at timestamp(3) with time zone;
ALTER TABLE public.trips ADD COLUMN ends_at timestamp(3) with time zone;
ALTER TABLE public.trips ADD COLUMN reminders_planned_at timestamp(3) with time zone;
ALTER TABLE public.user_settings ADD COLUMN user_id text NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN traveller jsonb;
ALTER TABLE public.user_settings ADD COLUMN email_reminders boolean DEFAULT true NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN quiet_from text DEFAULT '22:00'::text NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN quiet_to text DEFAULT '07:00'::text NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN timezone text DEFAULT 'Asia/Kolkata'::text NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN days_before smallint DEFAULT 3 NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN language text DEFAULT 'en'::text NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN leave_minutes smallint DEFAULT 60 NOT NULL;
ALTER TABLE public.user_settings ADD COLUMN reminder_kinds public."ReminderKind"[] DEFAULT ARRAY['BOOKING_OPENS'::public."ReminderKind", 'TATKAL_OPENS'::public."ReminderKind", 'NOT_BOOKED'::public."ReminderKind", 'LEAVE'::public."ReminderKind"] NOT NULL;
ALTER TABLE public.users ADD COLUMN id text NOT NULL;
ALTER TABLE public.users ADD COLUMN email text NOT NULL;
ALTER TABLE public.users ADD COLUMN name text;
ALTER TABLE public.users ADD COLUMN phone text;
ALTER TABLE public.users ADD COLUMN profession public."Profession";
ALTER TABLE public.users ADD COLUMN email_verified timestamp(3) with time zone;
ALTER TABLE public.users ADD COLUMN image text;
ALTER TABLE public.users ADD COLUMN created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.users ADD COLUMN updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE public.verification_tokens ADD COLUMN identifier text NOT NULL;
ALTER TABLE public.verification_tokens ADD COLUMN token text NOT NULL;
ALTER TABLE public.verification_tokens ADD COLUMN expires timestamp(3) with time zone NOT NULL;
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_pkey PRIMARY KEY (id);
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_trip_id_leg_index_key UNIQUE (trip_id, leg_index);
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_booked_chk CHECK ((is_booked = (booked_at IS NOT NULL)));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_class_chk CHECK ((length(fare_class) <= 40));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_cost_chk CHECK ((cost_minor >= 0));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_currency_chk CHECK ((currency ~ '^[A-Z]{3}$'::text));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_leg_index_chk CHECK (((leg_index >= 0) AND (leg_index <= 63)));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_mode_chk CHECK ((mode ~ '^[a-z][a-z_-]{0,31}$'::text));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_text_chk CHECK (((length(platform) <= 100) AND (length(booking_ref) <= 100)));
ALTER TABLE archive.booking_legs ADD CONSTRAINT booking_legs_user_id_trip_id_fkey FOREIGN KEY (user_id, trip_id) REFERENCES archive.trips(user_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE archive.trips ADD CONSTRAINT trips_pkey PRIMARY KEY (id);
ALTER TABLE archive.trips ADD CONSTRAINT trips_user_id_id_key UNIQUE (user_id, id);
ALTER TABLE archive.trips ADD CONSTRAINT trips_date_chk CHECK (((date >= '2000-01-01'::date) AND (date <= '2199-12-31'::date)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_destination_chk CHECK ((public.is_location(destination) AND (pg_column_size(destination) <= 8192)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_leg_count_chk CHECK (((leg_count >= 0) AND (leg_count <= 64)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_origin_chk CHECK ((public.is_location(origin) AND (pg_column_size(origin) <= 8192)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_passengers_chk CHECK (((passengers >= 1) AND (passengers <= 20)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_selected_route_chk CHECK (((jsonb_typeof(selected_route) = 'object'::text) AND (pg_column_size(selected_route) <= 65536) AND public.is_shallow(selected_route)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_stops_chk CHECK (((jsonb_typeof(stops) = 'array'::text) AND (pg_column_size(stops) <= 65536) AND public.is_shallow(stops)));
ALTER TABLE archive.trips ADD CONSTRAINT trips_time_chk CHECK (("time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));
ALTER TABLE archive.trips ADD CONSTRAINT trips_timezone_chk CHECK (public.is_time_zone(timezone));
ALTER TABLE archive.trips ADD CONSTRAINT trips_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_pkey PRIMARY KEY (erased_user_id);
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_admin_accesses_chk CHECK ((jsonb_typeof(admin_accesses) = 'array'::text));
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_check CHECK ((purge_at > erased_at));
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_email_hmac_check CHECK ((email_hmac ~ '^[A-Za-z0-9_-]{43}$'::text));
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_row_counts_check CHECK ((jsonb_typeof(row_counts) = 'object'::text));
ALTER TABLE hold.erased_users ADD CONSTRAINT erased_users_sign_ins_check CHECK ((jsonb_typeof(sign_ins) = 'array'::text));
ALTER TABLE public.accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE public.accounts ADD CONSTRAINT accounts_no_tokens_chk CHECK (((refresh_token IS NULL) AND (access_token IS NULL) AND (id_token IS NULL)));
ALTER TABLE public.accounts ADD CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_pkey PRIMARY KEY (id);
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_details_chk CHECK (((jsonb_typeof(details) = 'object'::text) AND (pg_column_size(details) <= 4096) AND public.is_shallow(details)));
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_kind_chk CHECK ((kind = ANY (ARRAY['CHANGE'::text, 'EXPORT'::text])));
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_path_chk CHECK (((length(path) >= 1) AND (length(path) <= 200)));
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_request_id_chk CHECK (((length(request_id) >= 1) AND (length(request_id) <= 64)));
ALTER TABLE public.admin_accesses ADD CONSTRAINT admin_accesses_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_pkey PRIMARY KEY (id, created_at);
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_affiliate_url_chk CHECK (((affiliate_url ~ '^https?://'::text) AND (length(affiliate_url) <= 4096)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_commission_chk CHECK ((commission_minor >= 0));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_currency_chk CHECK ((currency ~ '^[A-Z]{3}$'::text));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_leg_chk CHECK (((jsonb_typeof(leg) = 'object'::text) AND (pg_column_size(leg) <= 65536)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_leg_index_chk CHECK (((leg_index >= 0) AND (leg_index <= 63)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_marked_chk CHECK (((did_book IS NULL) = (marked_at IS NULL)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_platform_chk CHECK (((length(platform) >= 1) AND (length(platform) <= 100)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_route_chk CHECK (((jsonb_typeof(route) = 'object'::text) AND (pg_column_size(route) <= 65536)));
ALTER TABLE public.booking_clicks ADD CONSTRAINT booking_clicks_search_id_chk CHECK (((length(search_id) >= 1) AND (length(search_id) <= 64)));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_pkey PRIMARY KEY (id);
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_booked_chk CHECK ((is_booked = (booked_at IS NOT NULL)));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_class_chk CHECK ((length(fare_class) <= 40));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_cost_chk CHECK ((cost_minor >= 0));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_currency_chk CHECK ((currency ~ '^[A-Z]{3}$'::text));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_leg_index_chk CHECK (((leg_index >= 0) AND (leg_index <= 63)));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_mode_chk CHECK ((mode ~ '^[a-z][a-z_-]{0,31}$'::text));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_text_chk CHECK (((length(platform) <= 100) AND (length(booking_ref) <= 100)));
ALTER TABLE public.booking_legs ADD CONSTRAINT booking_legs_user_id_trip_id_fkey FOREIGN KEY (user_id, trip_id) REFERENCES public.trips(user_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.cache_leases ADD CONSTRAINT cache_leases_pkey PRIMARY KEY (cache_key);
ALTER TABLE public.cached_geocodes ADD CONSTRAINT cached_geocodes_pkey PRIMARY KEY (id);
ALTER TABLE public.cached_geocodes ADD CONSTRAINT cached_geocodes_address_chk CHECK (((address IS NFKC NORMALIZED) AND (address = lower(address)) AND (address !~ '^\s|\s$|\s\s'::text) AND ((length(address) >= 1) AND (length(address) <= 500))));
ALTER TABLE public.cached_geocodes ADD CONSTRAINT cached_geocodes_position_chk CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lng >= ('-180'::integer)::double precision) AND (lng <= (180)::double precision))));
ALTER TABLE public.cached_geocodes ADD CONSTRAINT cached_geocodes_ttl_chk CHECK ((expires_at > created_at));
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_pkey PRIMARY KEY (id);
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_answer_chk CHECK (((jsonb_typeof(answer) = 'object'::text) AND (pg_column_size(answer) <= 65536)));
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_json_chk CHECK (((jsonb_typeof(origin) = 'object'::text) AND (jsonb_typeof(destination) = 'object'::text) AND (jsonb_typeof(routes) = 'array'::text) AND (pg_column_size(routes) <= 4194304)));
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_key_chk CHECK (((length(cache_key) >= 1) AND (length(cache_key) <= 200)));
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_total_chk CHECK ((total_results >= 0));
ALTER TABLE public.cached_routes ADD CONSTRAINT cached_routes_ttl_chk CHECK ((expires_at > created_at));
ALTER TABLE public.consents ADD CONSTRAINT consents_pkey PRIMARY KEY (id);
ALTER TABLE public.consents ADD CONSTRAINT consents_purpose_chk CHECK ((purpose = 'analytics'::text));
ALTER TABLE public.consents ADD CONSTRAINT consents_version_chk CHECK ((version >= 1));
ALTER TABLE public.consents ADD CONSTRAINT consents_withdrawn_chk CHECK ((withdrawn_at >= given_at));
ALTER TABLE public.consents ADD CONSTRAINT consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.erasures ADD CONSTRAINT erasures_pkey PRIMARY KEY (user_hash);
ALTER TABLE public.erasures ADD CONSTRAINT erasures_user_hash_chk CHECK ((user_hash ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE public.feed_archive_parts ADD CONSTRAINT feed_archive_parts_pkey PRIMARY KEY (hash, "position");
ALTER TABLE public.feed_archive_parts ADD CONSTRAINT feed_archive_parts_bytes_chk CHECK (((length(bytes) >= 1) AND (length(bytes) <= 4194304)));
ALTER TABLE public.feed_archive_parts ADD CONSTRAINT feed_archive_parts_position_chk CHECK (("position" >= 0));
ALTER TABLE public.feed_archive_parts ADD CONSTRAINT feed_archive_parts_hash_fkey FOREIGN KEY (hash) REFERENCES public.feed_archives(hash) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.feed_archives ADD CONSTRAINT feed_archives_pkey PRIMARY KEY (hash);
ALTER TABLE public.feed_archives ADD CONSTRAINT feed_archives_hash_chk CHECK ((hash ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE public.feed_archives ADD CONSTRAINT feed_archives_size_chk CHECK ((size > 0));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key);
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_body_chk CHECK ((pg_column_size(body) <= 1048576));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_hash_chk CHECK ((request_hash ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_key_chk CHECK (((length(key) >= 1) AND (length(key) <= 255)));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_status_chk CHECK (((status >= 100) AND (status <= 599)));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_ttl_chk CHECK ((expires_at > created_at));
ALTER TABLE public.idempotency_keys ADD CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.job_runs ADD CONSTRAINT job_runs_pkey PRIMARY KEY (name);
ALTER TABLE public.job_runs ADD CONSTRAINT job_runs_counts_chk CHECK (((took_ms >= 0) AND (runs >= 0) AND ((failed_runs >= 0) AND (failed_runs <= runs)) AND ((failed_in_a_row >= 0) AND (failed_in_a_row <= failed_runs))));
ALTER TABLE public.job_runs ADD CONSTRAINT job_runs_text_chk CHECK ((((length(name) >= 1) AND (length(name) <= 60)) AND (length(error) <= 500)));
ALTER TABLE public.network_feeds ADD CONSTRAINT network_feeds_pkey PRIMARY KEY (network_id, "position");
ALTER TABLE public.network_feeds ADD CONSTRAINT network_feeds_position_chk CHECK (("position" >= 0));
ALTER TABLE public.network_feeds ADD CONSTRAINT network_feeds_hash_fkey FOREIGN KEY (hash) REFERENCES public.feed_archives(hash) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE public.network_feeds ADD CONSTRAINT network_feeds_network_id_fkey FOREIGN KEY (network_id) REFERENCES public.networks(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.network_notices ADD CONSTRAINT network_notices_pkey PRIMARY KEY (id);
ALTER TABLE public.network_notices ADD CONSTRAINT network_notices_row_chk CHECK ((row_number >= 0));
ALTER TABLE public.network_notices ADD CONSTRAINT network_notices_severity_chk CHECK ((severity = ANY (ARRAY['ERROR'::text, 'WARNING'::text, 'INFO'::text])));
ALTER TABLE public.network_notices ADD CONSTRAINT network_notices_network_id_fkey FOREIGN KEY (network_id) REFERENCES public.networks(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.networks ADD CONSTRAINT networks_pkey PRIMARY KEY (id);
ALTER TABLE public.networks ADD CONSTRAINT networks_activated_chk CHECK (((NOT is_active) OR (activated_at IS NOT NULL)));
ALTER TABLE public.networks ADD CONSTRAINT networks_active_image_chk CHECK (((NOT is_active) OR (image IS NOT NULL)));
ALTER TABLE public.networks ADD CONSTRAINT networks_image_chk CHECK (((image_hash ~ '^[0-9a-f]{64}$'::text) AND (image_size > 0) AND (length(image) > 0)));
ALTER TABLE public.networks ADD CONSTRAINT networks_json_chk CHECK (((jsonb_typeof(stats) = 'object'::text) AND (jsonb_typeof(feeds) = 'array'::text)));
ALTER TABLE public.networks ADD CONSTRAINT networks_name_chk CHECK (((length(name) >= 1) AND (length(name) <= 200)));
ALTER TABLE public.networks ADD CONSTRAINT networks_stop_names_chk CHECK ((length(stop_names) > 0));
ALTER TABLE public.networks ADD CONSTRAINT networks_valid_chk CHECK ((valid_from <= valid_to));
ALTER TABLE public.networks ADD CONSTRAINT networks_version_chk CHECK ((version > 0));
ALTER TABLE public.rate_limits ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (identifier);
ALTER TABLE public.rate_limits ADD CONSTRAINT rate_limits_count_chk CHECK ((request_count >= 0));
ALTER TABLE public.rate_limits ADD CONSTRAINT rate_limits_identifier_chk CHECK (((length(identifier) >= 1) AND (length(identifier) <= 200)));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_pkey PRIMARY KEY (id);
ALTER TABLE public.reminders ADD CONSTRAINT reminders_answer_chk CHECK ((answer ~ '^[0-9]{3}( [0-9]\.[0-9]{1,3}\.[0-9]{1,3})?$'::text));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_attempts_chk CHECK ((attempts >= 0));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_claim_chk CHECK (((state = ANY (ARRAY['CLAIMED'::public."ReminderState", 'HANDING'::public."ReminderState"])) <= ((claim_id IS NOT NULL) AND (claimed_until IS NOT NULL))));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_leg_chk CHECK ((((leg_index >= 0) AND (leg_index <= 63)) AND ((length(leg_key) >= 1) AND (length(leg_key) <= 64))));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_sent_chk CHECK (((state = 'SENT'::public."ReminderState") = (sent_at IS NOT NULL)));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_use_chk CHECK ((use_until >= due_at));
ALTER TABLE public.reminders ADD CONSTRAINT reminders_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.reminders ADD CONSTRAINT reminders_user_id_trip_id_fkey FOREIGN KEY (user_id, trip_id) REFERENCES public.trips(user_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_pkey PRIMARY KEY (id);
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_destination_chk CHECK ((public.is_location(destination) AND (pg_column_size(destination) <= 8192)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_name_chk CHECK (((length(name) >= 1) AND (length(name) <= 200)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_origin_chk CHECK ((public.is_location(origin) AND (pg_column_size(origin) <= 8192)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_place_depth_chk CHECK ((public.is_shallow(origin) AND public.is_shallow(destination)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_route_chk CHECK (((jsonb_typeof(route) = 'object'::text) AND (pg_column_size(route) <= 65536) AND public.is_shallow(route)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_route_shape_chk CHECK (public.is_route(route));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_stops_chk CHECK (((jsonb_typeof(stops) = 'array'::text) AND (pg_column_size(stops) <= 65536) AND public.is_shallow(stops)));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_stops_shape_chk CHECK (public.are_stops(stops));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_times_used_chk CHECK ((times_used >= 0));
ALTER TABLE public.saved_routes ADD CONSTRAINT saved_routes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_pkey PRIMARY KEY (id, created_at);
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_clicked_route_chk CHECK (((jsonb_typeof(clicked_route) = 'object'::text) AND (pg_column_size(clicked_route) <= 65536)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_corridor_from_chk CHECK (((length(corridor_from) >= 1) AND (length(corridor_from) <= 128)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_corridor_to_chk CHECK (((length(corridor_to) >= 1) AND (length(corridor_to) <= 128)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_destination_chk CHECK ((public.is_location(destination) AND (pg_column_size(destination) <= 8192)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_ip_hash_chk CHECK ((ip_hash ~ '^[A-Za-z0-9_-]{22,64}$'::text));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_origin_chk CHECK ((public.is_location(origin) AND (pg_column_size(origin) <= 8192)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_passengers_chk CHECK (((passengers >= 1) AND (passengers <= 20)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_routes_found_chk CHECK ((routes_found >= 0));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_stops_chk CHECK (((jsonb_typeof(stops) = 'array'::text) AND (pg_column_size(stops) <= 65536)));
ALTER TABLE public.search_queries ADD CONSTRAINT search_queries_user_agent_chk CHECK ((length(user_agent) <= 200));
ALTER TABLE public.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE public.sessions ADD CONSTRAINT sessions_token_hashed_chk CHECK ((session_token ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE public.sessions ADD CONSTRAINT sessions_user_agent_chk CHECK (((length(user_agent) >= 1) AND (length(user_agent) <= 60)));
ALTER TABLE public.sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_pkey PRIMARY KEY (id);
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_expiry_chk CHECK ((expires_at > created_at));
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_name_chk CHECK (((kind = 'PAGE'::public."LinkKind") OR (NOT show_name)));
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_token_hashed_chk CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_trip_chk CHECK (((kind = 'CALENDAR'::public."LinkKind") OR (trip_id IS NOT NULL)));
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.shared_links ADD CONSTRAINT shared_links_user_id_trip_id_fkey FOREIGN KEY (user_id, trip_id) REFERENCES public.trips(user_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.trips ADD CONSTRAINT trips_pkey PRIMARY KEY (id);
ALTER TABLE public.trips ADD CONSTRAINT trips_date_chk CHECK (((date >= '2000-01-01'::date) AND (date <= '2199-12-31'::date)));
ALTER TABLE public.trips ADD CONSTRAINT trips_destination_chk CHECK ((public.is_location(destination) AND (pg_column_size(destination) <= 8192)));
ALTER TABLE public.trips ADD CONSTRAINT trips_leg_count_chk CHECK (((leg_count >= 0) AND (leg_count <= 64)));
ALTER TABLE public.trips ADD CONSTRAINT trips_origin_chk CHECK ((public.is_location(origin) AND (pg_column_size(origin) <= 8192)));
ALTER TABLE public.trips ADD CONSTRAINT trips_passengers_chk CHECK (((passengers >= 1) AND (passengers <= 20)));
ALTER TABLE public.trips ADD CONSTRAINT trips_place_depth_chk CHECK ((public.is_shallow(origin) AND public.is_shallow(destination)));
ALTER TABLE public.trips ADD CONSTRAINT trips_route_shape_chk CHECK (public.is_route(selected_route));
ALTER TABLE public.trips ADD CONSTRAINT trips_selected_route_chk CHECK (((jsonb_typeof(selected_route) = 'object'::text) AND (pg_column_size(selected_route) <= 65536) AND public.is_shallow(selected_route)));
ALTER TABLE public.trips ADD CONSTRAINT trips_stops_chk CHECK (((jsonb_typeof(stops) = 'array'::text) AND (pg_column_size(stops) <= 65536) AND public.is_shallow(stops)));
ALTER TABLE public.trips ADD CONSTRAINT trips_stops_shape_chk CHECK (public.are_stops(stops));
ALTER TABLE public.trips ADD CONSTRAINT trips_time_chk CHECK (("time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));
ALTER TABLE public.trips ADD CONSTRAINT trips_timezone_chk CHECK (public.is_time_zone(timezone));
ALTER TABLE public.trips ADD CONSTRAINT trips_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_pkey PRIMARY KEY (user_id);
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_language_chk CHECK ((language = ANY (ARRAY['en'::text, 'hi'::text])));
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_quiet_chk CHECK (((quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text) AND (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)));
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_reminders_chk CHECK (((cardinality(reminder_kinds) <= 4) AND ((days_before >= 1) AND (days_before <= 60)) AND ((leave_minutes >= 15) AND (leave_minutes <= 720))));
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_timezone_chk CHECK (public.is_time_zone(timezone));
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_traveller_chk CHECK (((jsonb_typeof(traveller) = 'object'::text) AND (pg_column_size(traveller) <= 4096) AND public.is_shallow(traveller)));
ALTER TABLE public.user_settings ADD CONSTRAINT user_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE public.users ADD CONSTRAINT users_email_chk CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 320)) AND (email ~ '^[^\s@]+@[^\s@]+$'::text)));
ALTER TABLE public.users ADD CONSTRAINT users_image_chk CHECK ((length(image) <= 2048));
ALTER TABLE public.users ADD CONSTRAINT users_name_chk CHECK ((length(name) <= 200));
ALTER TABLE public.users ADD CONSTRAINT users_phone_chk CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text));
ALTER TABLE public.verification_tokens ADD CONSTRAINT verification_tokens_pkey PRIMARY KEY (identifier, token);
ALTER TABLE public.verification_tokens ADD CONSTRAINT verification_tokens_email_chk CHECK (((identifier = lower(identifier)) AND ((length(identifier) >= 3) AND (length(identifier) <= 320)) AND (identifier ~ '^[^\s@]+@[^\s@]+$'::text)));
ALTER TABLE public.verification_tokens ADD CONSTRAINT verification_tokens_hashed_chk CHECK ((token ~ '^[0-9a-f]{64}$'::text));
CREATE INDEX booking_legs_user_id_trip_id_idx ON archive.booking_legs USING btree (user_id, trip_id);
CREATE INDEX trips_user_id_date_id_idx ON archive.trips USING btree (user_id, date DESC, id);
CREATE INDEX erased_users_purge_at_idx ON hold.erased_users USING btree (purge_at);
CREATE UNIQUE INDEX accounts_provider_provider_account_id_key ON public.accounts USING btree (provider, provider_account_id);
CREATE INDEX accounts_user_id_idx ON public.accounts USING btree (user_id);
CREATE INDEX admin_accesses_at_idx ON public.admin_accesses USING btree (at);
CREATE INDEX admin_accesses_user_id_at_idx ON public.admin_accesses USING btree (user_id, at);
CREATE INDEX booking_clicks_created_at_platform_idx ON ONLY public.booking_clicks USING btree (created_at, platform);
CREATE INDEX booking_clicks_platform_created_at_idx ON ONLY public.booking_clicks USING btree (platform, created_at);
CREATE INDEX booking_clicks_trip_id_idx ON ONLY public.booking_clicks USING btree (trip_id);
CREATE INDEX booking_clicks_user_id_idx ON ONLY public.booking_clicks USING btree (user_id);
CREATE UNIQUE INDEX booking_legs_trip_id_leg_index_key ON public.booking_legs USING btree (trip_id, leg_index);
CREATE INDEX booking_legs_user_id_trip_id_idx ON public.booking_legs USING btree (user_id, trip_id);
CREATE INDEX cache_leases_until_idx ON public.cache_leases USING btree (until);
CREATE UNIQUE INDEX cached_geocodes_address_key ON public.cached_geocodes USING btree (address);
CREATE INDEX cached_geocodes_expires_at_idx ON public.cached_geocodes USING btree (expires_at);
CREATE UNIQUE INDEX cached_routes_cache_key_key ON public.cached_routes USING btree (cache_key);
CREATE INDEX cached_routes_expires_at_idx ON public.cached_routes USING btree (expires_at);
CREATE UNIQUE INDEX consents_one_open_idx ON public.consents USING btree (user_id, purpose) WHERE (withdrawn_at IS NULL);
CREATE INDEX consents_user_id_given_at_idx ON public.consents USING btree (user_id, given_at);
CREATE INDEX idempotency_keys_expires_at_idx ON public.idempotency_keys USING btree (expires_at);
CREATE INDEX network_feeds_hash_idx ON public.network_feeds USING btree (hash);
CREATE INDEX network_notices_network_id_severity_code_idx ON public.network_notices USING btree (network_id, severity, code);
CREATE INDEX networks_created_at_idx ON public.networks USING btree (created_at);
CREATE UNIQUE INDEX networks_one_active_idx ON public.networks USING btree (is_active) WHERE is_active;
CREATE UNIQUE INDEX networks_version_key ON public.networks USING btree (version);
CREATE INDEX rate_limits_window_start_idx ON public.rate_limits USING btree (window_start);
CREATE INDEX reminders_done_idx ON public.reminders USING btree (due_at) WHERE (state <> 'WAITING'::public."ReminderState");
CREATE INDEX reminders_due_idx ON public.reminders USING btree (due_at, id) WHERE (state = 'WAITING'::public."ReminderState");
CREATE INDEX reminders_in_hand_idx ON public.reminders USING btree (claimed_until) WHERE (state = ANY (ARRAY['CLAIMED'::public."ReminderState", 'HANDING'::public."ReminderState"]));
CREATE UNIQUE INDEX reminders_trip_id_kind_leg_key_event_at_key ON public.reminders USING btree (trip_id, kind, leg_key, event_at);
CREATE INDEX reminders_unsettled_idx ON public.reminders USING btree (sent_at) WHERE ((state = 'SENT'::public."ReminderState") AND (settled_at IS NULL));
CREATE INDEX reminders_user_id_due_at_idx ON public.reminders USING btree (user_id, due_at);
CREATE INDEX saved_routes_user_id_created_at_idx ON public.saved_routes USING btree (user_id, created_at DESC);
CREATE INDEX search_queries_created_at_idx ON ONLY public.search_queries USING btree (created_at);
CREATE INDEX search_queries_ip_hash_idx ON ONLY public.search_queries USING btree (ip_hash);
CREATE INDEX search_queries_user_id_idx ON ONLY public.search_queries USING btree (user_id);
CREATE INDEX sessions_expires_idx ON public.sessions USING btree (expires);
CREATE UNIQUE INDEX sessions_session_token_key ON public.sessions USING btree (session_token);
CREATE INDEX sessions_user_id_idx ON public.sessions USING btree (user_id);
CREATE INDEX shared_links_expires_at_idx ON public.shared_links USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE UNIQUE INDEX shared_links_token_hash_key ON public.shared_links USING btree (token_hash);
CREATE INDEX shared_links_user_id_trip_id_idx ON public.shared_links USING btree (user_id, trip_id);
CREATE INDEX trips_date_user_id_idx ON public.trips USING btree (date, user_id);
CREATE INDEX trips_status_date_idx ON public.trips USING btree (status, date);
CREATE INDEX trips_to_complete_idx ON public.trips USING btree (ends_at) WHERE (status = 'IN_PROGRESS'::public."TripStatus");
CREATE INDEX trips_to_plan_idx ON public.trips USING btree (updated_at) WHERE (reminders_planned_at IS DISTINCT FROM updated_at);
CREATE INDEX trips_to_start_idx ON public.trips USING btree (starts_at) WHERE (status = ANY (ARRAY['PLANNED'::public."TripStatus", 'PARTIALLY_BOOKED'::public."TripStatus", 'FULLY_BOOKED'::public."TripStatus"]));
CREATE INDEX trips_user_id_date_id_idx ON public.trips USING btree (user_id, date DESC, id);
CREATE UNIQUE INDEX trips_user_id_id_key ON public.trips USING btree (user_id, id);
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email);
CREATE UNIQUE INDEX users_phone_key ON public.users USING btree (phone);
CREATE INDEX verification_tokens_expires_idx ON public.verification_tokens USING btree (expires);
CREATE UNIQUE INDEX verification_tokens_token_key ON public.verification_tokens USING btree (token);
CREATE OR REPLACE FUNCTION public.app_user_id()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.user_id'::text, true), ''::text);
CREATE OR REPLACE FUNCTION public.are_stops(stops jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (jsonb_typeof(stops) <> 'array'::text) THEN false WHEN (jsonb_array_length(stops) > 8) THEN false ELSE (NOT (EXISTS (SELECT FROM jsonb_array_elements(are_stops.stops) stop(value) WHERE ((NOT COALESCE(public.is_location(COALESCE((stop.value -> 'place'::text), stop.value)), false)) OR (NOT CASE COALESCE(jsonb_typeof((stop.value -> 'dwellMinutes'::text)), 'absent'::text) WHEN 'absent'::text THEN true WHEN 'number'::text THEN ((((stop.value -> 'dwellMinutes'::text))::numeric >= (0)::numeric) AND (((stop.value -> 'dwellMinutes'::text))::numeric <= (20160)::numeric)) ELSE false END))))) END;
CREATE OR REPLACE FUNCTION public.bookable_legs(route jsonb)
 RETURNS smallint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (jsonb_typeof((route -> 'legs'::text)) = 'array'::text) THEN COALESCE((SELECT array_agg(((l."position" - 1))::smallint ORDER BY l."position") AS array_agg FROM jsonb_array_elements((bookable_legs.route -> 'legs'::text)) WITH ORDINALITY l(leg, "position") WHERE CASE jsonb_typeof((l.leg -> 'bookable'::text)) WHEN 'boolean'::text THEN ((l.leg -> 'bookable'::text))::boolean ELSE ((l.leg ->> 'mode'::text) IS DISTINCT FROM 'walk'::text) END), '{}'::smallint[]) ELSE '{}'::smallint[] END;
CREATE OR REPLACE FUNCTION public.derived_trip_status(trip text, legs smallint[])
 RETURNS public."TripStatus"
 LANGUAGE plpgsql
AS $function$
DECLARE
  booked int;
  total int;
BEGIN
  SELECT count(*) FILTER (WHERE b.is_booked AND (cardinality(legs) = 0 OR b.leg_index = ANY (legs))),
    CASE WHEN cardinality(legs) = 0 THEN count(*) ELSE cardinality(legs) END
  INTO booked, total FROM public.booking_legs b WHERE b.trip_id = trip;
  RETURN CASE WHEN booked = 0 THEN 'PLANNED' WHEN booked < total THEN 'PARTIALLY_BOOKED' ELSE 'FULLY_BOOKED' END;
END $function$;
CREATE OR REPLACE FUNCTION public.drop_months_before(parent regclass, keep_from date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
END $function$;
CREATE OR REPLACE FUNCTION public.ensure_month_partition(parent regclass, month date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  -- Rows are reached through the parent, whose policies apply; the child alone shows them to the backup only.
  EXECUTE format('ALTER TABLE part.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE part.%I FORCE ROW LEVEL SECURITY', name);
  PERFORM public.open_to_backup(format('part.%I', name)::regclass);
  RETURN name;
END $function$;
CREATE OR REPLACE FUNCTION public.forget_user()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE public.search_queries SET user_id = NULL WHERE user_id = OLD.id;
  UPDATE public.booking_clicks SET user_id = NULL, trip_id = NULL WHERE user_id = OLD.id;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.instant_of(written text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED STRICT
AS $function$
BEGIN
  IF written !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$' THEN
    RETURN NULL;
  END IF;
  RETURN written::timestamptz;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.is_instant_or_absent(value jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
RETURN CASE COALESCE(jsonb_typeof(value), 'null'::text) WHEN 'null'::text THEN true WHEN 'string'::text THEN (public.instant_of((value #>> '{}'::text[])) IS NOT NULL) ELSE false END;
CREATE OR REPLACE FUNCTION public.is_location(place jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (jsonb_typeof(place) <> 'object'::text) THEN false WHEN (jsonb_typeof((place -> 'name'::text)) IS DISTINCT FROM 'string'::text) THEN false WHEN (jsonb_typeof((place -> 'lat'::text)) IS DISTINCT FROM 'number'::text) THEN false WHEN (jsonb_typeof((place -> 'lng'::text)) IS DISTINCT FROM 'number'::text) THEN false ELSE (((length((place ->> 'name'::text)) >= 1) AND (length((place ->> 'name'::text)) <= 300)) AND ((((place ->> 'lat'::text))::numeric >= ('-90'::integer)::numeric) AND (((place ->> 'lat'::text))::numeric <= (90)::numeric)) AND ((((place ->> 'lng'::text))::numeric >= ('-180'::integer)::numeric) AND (((place ->> 'lng'::text))::numeric <= (180)::numeric))) END;
CREATE OR REPLACE FUNCTION public.is_route(route jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED STRICT
RETURN CASE WHEN (jsonb_typeof(route) <> 'object'::text) THEN false WHEN (jsonb_typeof((route -> 'legs'::text)) IS DISTINCT FROM 'array'::text) THEN false WHEN ((jsonb_array_length((route -> 'legs'::text)) < 1) OR (jsonb_array_length((route -> 'legs'::text)) > 64)) THEN false WHEN ((NOT public.is_instant_or_absent((route -> 'departure'::text))) OR (NOT public.is_instant_or_absent((route -> 'arrival'::text)))) THEN false ELSE (NOT (EXISTS (SELECT FROM jsonb_array_elements((is_route.route -> 'legs'::text)) leg(value) WHERE (NOT CASE WHEN ((jsonb_typeof(leg.value) <> 'object'::text) OR (jsonb_typeof((leg.value -> 'mode'::text)) IS DISTINCT FROM 'string'::text)) THEN false ELSE (((leg.value ->> 'mode'::text) ~ '^[a-z][a-z_-]{0,31}$'::text) AND (COALESCE(jsonb_typeof((leg.value -> 'bookable'::text)), 'boolean'::text) = 'boolean'::text) AND public.is_instant_or_absent((leg.value -> 'departure'::text)) AND public.is_instant_or_absent((leg.value -> 'arrival'::text))) END)))) END;
CREATE OR REPLACE FUNCTION public.is_shallow(document jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (NOT jsonb_path_exists(document, 'strict $.**{17}'::jsonpath));
CREATE OR REPLACE FUNCTION public.is_time_zone(zone text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED
AS $function$
BEGIN
  PERFORM pg_catalog.timezone(zone, pg_catalog.now());
  RETURN zone ~ '^[A-Za-z]' AND pg_catalog.length(zone) <= 64;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END $function$;
CREATE OR REPLACE FUNCTION public.network_activated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_catalog.pg_notify('network_activated', NEW.id);
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.open_to_backup(opened regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO rs_backup', opened);
  IF (SELECT relrowsecurity FROM pg_class WHERE oid = opened) THEN
    EXECUTE format('CREATE POLICY backup ON %s FOR SELECT TO rs_backup USING (true)', opened);
  END IF;
END $function$;
CREATE OR REPLACE FUNCTION public.reminder_wishes_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE public.trips SET reminders_planned_at = NULL
  WHERE user_id = NEW.user_id AND ends_at > now() AND reminders_planned_at IS NOT NULL;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.trip_legs_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$;
CREATE OR REPLACE FUNCTION public.trip_route_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.bookable_legs := public.bookable_legs(NEW.selected_route);
  NEW.leg_count := cardinality(NEW.bookable_legs);
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.trip_status_written()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.status := public.derived_trip_status(NEW.id, NEW.bookable_legs);
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.trip_when_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$;
CREATE TRIGGER trip_legs_changed AFTER INSERT OR DELETE OR UPDATE OF is_booked, leg_index ON public.booking_legs FOR EACH ROW EXECUTE FUNCTION public.trip_legs_changed();
CREATE TRIGGER network_activated AFTER INSERT OR UPDATE OF is_active ON public.networks FOR EACH ROW WHEN (new.is_active) EXECUTE FUNCTION public.network_activated();
CREATE TRIGGER trip_1_route_changed BEFORE INSERT OR UPDATE OF selected_route ON public.trips FOR EACH ROW EXECUTE FUNCTION public.trip_route_changed();
CREATE TRIGGER trip_1_when_changed BEFORE INSERT OR UPDATE OF date, "time", timezone, selected_route ON public.trips FOR EACH ROW EXECUTE FUNCTION public.trip_when_changed();
CREATE TRIGGER trip_2_status_written BEFORE INSERT OR UPDATE OF selected_route, status ON public.trips FOR EACH ROW WHEN ((new.status = ANY (ARRAY['PLANNED'::public."TripStatus", 'PARTIALLY_BOOKED'::public."TripStatus", 'FULLY_BOOKED'::public."TripStatus"]))) EXECUTE FUNCTION public.trip_status_written();
CREATE TRIGGER reminder_wishes_changed AFTER INSERT OR UPDATE ON public.user_settings FOR EACH ROW EXECUTE FUNCTION public.reminder_wishes_changed();
CREATE TRIGGER forget_user AFTER DELETE ON public.users FOR EACH ROW EXECUTE FUNCTION public.forget_user();
ALTER TABLE archive.booking_legs ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive.booking_legs FORCE ROW LEVEL SECURITY;
ALTER TABLE archive.trips ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive.trips FORCE ROW LEVEL SECURITY;
ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts FORCE ROW LEVEL SECURITY;
ALTER TABLE public.admin_accesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.admin_accesses FORCE ROW LEVEL SECURITY;
ALTER TABLE public.booking_clicks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.booking_clicks FORCE ROW LEVEL SECURITY;
ALTER TABLE public.booking_legs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.booking_legs FORCE ROW LEVEL SECURITY;
ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.consents FORCE ROW LEVEL SECURITY;
ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.idempotency_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE public.reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.reminders FORCE ROW LEVEL SECURITY;
ALTER TABLE public.saved_routes ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.saved_routes FORCE ROW LEVEL SECURITY;
ALTER TABLE public.search_queries ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.search_queries FORCE ROW LEVEL SECURITY;
ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE public.shared_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.shared_links FORCE ROW LEVEL SECURITY;
ALTER TABLE public.trips ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trips FORCE ROW LEVEL SECURITY;
ALTER TABLE public.user_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_settings FORCE ROW LEVEL SECURITY;
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.users FORCE ROW LEVEL SECURITY;
CREATE POLICY backup ON archive.booking_legs FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON archive.booking_legs FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON archive.booking_legs FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON archive.trips FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON archive.trips FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON archive.trips FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.accounts FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.accounts FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.accounts FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.admin_accesses FOR SELECT TO rs_backup USING (true);
CREATE POLICY kept_for_a_year ON public.admin_accesses AS RESTRICTIVE FOR DELETE TO rs_service USING ((at < (now() - '1 year'::interval)));
CREATE POLICY own ON public.admin_accesses FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.admin_accesses FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.booking_clicks FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.booking_clicks FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK (((user_id IS NULL) OR (user_id = ( SELECT public.app_user_id() AS app_user_id))));
CREATE POLICY service ON public.booking_clicks FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.booking_legs FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.booking_legs FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.booking_legs FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.consents FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.consents FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.consents FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.idempotency_keys FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.idempotency_keys FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.idempotency_keys FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.reminders FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.reminders FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.reminders FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.saved_routes FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.saved_routes FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.saved_routes FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.search_queries FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.search_queries FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK (((user_id IS NULL) OR (user_id = ( SELECT public.app_user_id() AS app_user_id))));
CREATE POLICY service ON public.search_queries FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.sessions FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.sessions FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.sessions FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.shared_links FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.shared_links FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.shared_links FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.trips FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.trips FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.trips FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.user_settings FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.user_settings FOR ALL TO PUBLIC USING ((user_id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((user_id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.user_settings FOR ALL TO rs_service USING (true) WITH CHECK (true);
CREATE POLICY backup ON public.users FOR SELECT TO rs_backup USING (true);
CREATE POLICY own ON public.users FOR ALL TO PUBLIC USING ((id = ( SELECT public.app_user_id() AS app_user_id))) WITH CHECK ((id = ( SELECT public.app_user_id() AS app_user_id)));
CREATE POLICY service ON public.users FOR ALL TO rs_service USING (true) WITH CHECK (true);
GRANT USAGE ON SCHEMA archive TO rs_app;
GRANT USAGE ON SCHEMA archive TO rs_backup;
GRANT USAGE ON SCHEMA archive TO rs_service;
GRANT USAGE ON SCHEMA hold TO rs_backup;
GRANT USAGE ON SCHEMA hold TO rs_service;
GRANT USAGE ON SCHEMA part TO rs_backup;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT USAGE ON SCHEMA public TO rs_app;
GRANT USAGE ON SCHEMA public TO rs_backup;
GRANT USAGE ON SCHEMA public TO rs_service;
GRANT DELETE ON public.sessions TO rs_app;
GRANT DELETE, INSERT ON hold.erased_users TO rs_service;
GRANT DELETE, INSERT ON public.shared_links TO rs_app;
GRANT DELETE, INSERT, SELECT ON public.admin_accesses TO rs_service;
GRANT DELETE, INSERT, SELECT ON public.booking_legs TO rs_app;
GRANT DELETE, INSERT, SELECT ON public.idempotency_keys TO rs_app;
GRANT DELETE, INSERT, SELECT ON public.saved_routes TO rs_app;
GRANT DELETE, INSERT, SELECT ON public.trips TO rs_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON archive.booking_legs TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON archive.trips TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.accounts TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.booking_clicks TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.booking_legs TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cache_leases TO rs_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cache_leases TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cached_geocodes TO rs_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cached_geocodes TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cached_routes TO rs_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.cached_routes TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.consents TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.feed_archive_parts TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.feed_archives TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.idempotency_keys TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.job_runs TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.network_feeds TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.network_notices TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.networks TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.rate_limits TO rs_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.rate_limits TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.reminders TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.saved_routes TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.search_queries TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.sessions TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.shared_links TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.trips TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.user_settings TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.users TO rs_service;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.verification_tokens TO rs_service;
GRANT DELETE, SELECT ON archive.booking_legs TO rs_app;
GRANT DELETE, SELECT ON archive.trips TO rs_app;
GRANT INSERT, SELECT ON public.booking_clicks TO rs_app;
GRANT INSERT, SELECT ON public.consents TO rs_app;
GRANT INSERT, SELECT ON public.erasures TO rs_service;
GRANT INSERT, SELECT ON public.search_queries TO rs_app;
GRANT INSERT, SELECT ON public.user_settings TO rs_app;
GRANT SELECT ON archive.booking_legs TO rs_backup;
GRANT SELECT ON archive.trips TO rs_backup;
GRANT SELECT ON hold.erased_users TO rs_backup;
GRANT SELECT ON public.accounts TO rs_backup;
GRANT SELECT ON public.admin_accesses TO rs_app;
GRANT SELECT ON public.admin_accesses TO rs_backup;
GRANT SELECT ON public.booking_clicks TO rs_backup;
GRANT SELECT ON public.booking_legs TO rs_backup;
GRANT SELECT ON public.cache_leases TO rs_backup;
GRANT SELECT ON public.cached_geocodes TO rs_backup;
GRANT SELECT ON public.cached_routes TO rs_backup;
GRANT SELECT ON public.consents TO rs_backup;
GRANT SELECT ON public.erasures TO rs_backup;
GRANT SELECT ON public.feed_archive_parts TO rs_backup;
GRANT SELECT ON public.feed_archives TO rs_backup;
GRANT SELECT ON public.idempotency_keys TO rs_backup;
GRANT SELECT ON public.job_runs TO rs_backup;
GRANT SELECT ON public.network_feeds TO rs_app;
GRANT SELECT ON public.network_feeds TO rs_backup;
GRANT SELECT ON public.network_notices TO rs_app;
GRANT SELECT ON public.network_notices TO rs_backup;
GRANT SELECT ON public.networks TO rs_app;
GRANT SELECT ON public.networks TO rs_backup;
GRANT SELECT ON public.rate_limits TO rs_backup;
GRANT SELECT ON public.reminders TO rs_app;
GRANT SELECT ON public.reminders TO rs_backup;
GRANT SELECT ON public.saved_routes TO rs_backup;
GRANT SELECT ON public.search_queries TO rs_backup;
GRANT SELECT ON public.sessions TO rs_backup;
GRANT SELECT ON public.shared_links TO rs_backup;
GRANT SELECT ON public.trips TO rs_backup;
GRANT SELECT ON public.user_settings TO rs_backup;
GRANT SELECT ON public.users TO rs_app;
GRANT SELECT ON public.users TO rs_backup;
GRANT SELECT ON public.verification_tokens TO rs_backup;
GRANT SELECT (id, user_id, expires, created_at, last_seen_at, user_agent) ON public.sessions TO rs_app;
GRANT SELECT (id, user_id, trip_id, kind, show_name, expires_at, created_at) ON public.shared_links TO rs_app;
GRANT SELECT (id, user_id, type, provider, provider_account_id, scope) ON public.accounts TO rs_app;
GRANT SELECT (purge_at) ON hold.erased_users TO rs_service;
GRANT UPDATE (clicked_route) ON public.search_queries TO rs_app;
GRANT UPDATE (did_book, marked_at) ON public.booking_clicks TO rs_app;
GRANT UPDATE (mode, is_booked, platform, booking_ref, booked_at, cost_minor, currency, departs_at, remind_at, reminder_sent, updated_at, fare_class) ON public.booking_legs TO rs_app;
GRANT UPDATE (name, origin, destination, stops, route, times_used, last_used_at, updated_at) ON public.saved_routes TO rs_app;
GRANT UPDATE (name, phone, profession, image, updated_at) ON public.users TO rs_app;
GRANT UPDATE (origin, destination, stops, date, "time", timezone, passengers, preference, selected_route, status, updated_at, reminders_planned_at) ON public.trips TO rs_app;
GRANT UPDATE (status, body) ON public.idempotency_keys TO rs_app;
GRANT UPDATE (traveller, email_reminders, quiet_from, quiet_to, timezone, updated_at, days_before, language, leave_minutes, reminder_kinds) ON public.user_settings TO rs_app;
GRANT UPDATE (withdrawn_at) ON public.consents TO rs_app;
GRANT EXECUTE ON FUNCTION public.app_user_id() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.are_stops(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.bookable_legs(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.derived_trip_status(text,smallint[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.drop_months_before(regclass,date) TO rs_service;
GRANT EXECUTE ON FUNCTION public.ensure_month_partition(regclass,date) TO rs_service;
GRANT EXECUTE ON FUNCTION public.forget_user() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.instant_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.is_instant_or_absent(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.is_location(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.is_route(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.is_shallow(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.is_time_zone(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.network_activated() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.reminder_wishes_changed() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.trip_legs_changed() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.trip_route_changed() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.trip_status_written() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.trip_when_changed() TO PUBLIC;
