-- What users tell of themselves, what they agree to, and what is left when they go. New tables only: a process of the
-- version before goes on.

-- CreateTable
CREATE TABLE "user_settings" (
    "user_id" TEXT NOT NULL,
    "traveller" JSONB,
    "email_reminders" BOOLEAN NOT NULL DEFAULT true,
    "quiet_from" TEXT NOT NULL DEFAULT '22:00',
    "quiet_to" TEXT NOT NULL DEFAULT '07:00',
    "timezone" TEXT NOT NULL DEFAULT 'Asia/Kolkata',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_accesses" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "admin_accesses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erasures" (
    "user_hash" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("user_hash")
);

-- CreateIndex
CREATE INDEX "consents_user_id_given_at_idx" ON "consents"("user_id", "given_at");

-- CreateIndex
CREATE INDEX "admin_accesses_user_id_at_idx" ON "admin_accesses"("user_id", "at");

-- CreateIndex
CREATE INDEX "admin_accesses_at_idx" ON "admin_accesses"("at");

-- AddForeignKey
ALTER TABLE "user_settings" ADD CONSTRAINT "user_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_accesses" ADD CONSTRAINT "admin_accesses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.

ALTER TABLE user_settings
  ADD CONSTRAINT user_settings_traveller_chk CHECK (jsonb_typeof(traveller) = 'object' AND pg_column_size(traveller) <= 4096 AND is_shallow(traveller)),
  ADD CONSTRAINT user_settings_quiet_chk CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD CONSTRAINT user_settings_timezone_chk CHECK (is_time_zone(timezone));
ALTER TABLE consents
  ADD CONSTRAINT consents_purpose_chk CHECK (purpose IN ('analytics')),
  ADD CONSTRAINT consents_version_chk CHECK (version >= 1),
  ADD CONSTRAINT consents_withdrawn_chk CHECK (withdrawn_at >= given_at);
CREATE UNIQUE INDEX consents_one_open_idx ON consents (user_id, purpose) WHERE withdrawn_at IS NULL;
ALTER TABLE admin_accesses ADD CONSTRAINT admin_accesses_path_chk CHECK (length(path) BETWEEN 1 AND 200);
ALTER TABLE erasures ADD CONSTRAINT erasures_user_hash_chk CHECK (user_hash ~ '^[0-9a-f]{64}$');

GRANT SELECT, INSERT, UPDATE (traveller, email_reminders, quiet_from, quiet_to, timezone, updated_at) ON user_settings TO rs_app;
GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON consents TO rs_app;
GRANT SELECT ON admin_accesses TO rs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON user_settings, consents TO rs_service;
-- An access is noted and never changed; it goes with its user.
GRANT SELECT, INSERT ON admin_accesses TO rs_service;
GRANT SELECT, INSERT ON erasures TO rs_service;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['user_settings', 'consents', 'admin_accesses']
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %s USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))', t);
    EXECUTE format('CREATE POLICY service ON %s TO rs_service USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

-- ===== the hold =====
-- India's DPDP Rules 2025, rule 8(3): personal data, traffic data and logs are kept for a year after processing, then
-- erased. What is kept of an erased user is put here and read by nobody but the owner of the database: the product
-- adds rows and removes them when their year is over, and can read no more than that date.
CREATE SCHEMA hold;
CREATE TABLE hold.erased_users (
  erased_user_id text PRIMARY KEY,
  email_hmac text NOT NULL CHECK (email_hmac ~ '^[A-Za-z0-9_-]{43}$'), -- with the server's secret: tells whether an address was this one
  registered_at timestamptz(3) NOT NULL,
  erased_at timestamptz(3) NOT NULL DEFAULT now(),
  sign_ins jsonb NOT NULL CHECK (jsonb_typeof(sign_ins) = 'array'), -- when, last seen, browser in words
  row_counts jsonb NOT NULL CHECK (jsonb_typeof(row_counts) = 'object'), -- what was erased: rows by table
  purge_at timestamptz(3) NOT NULL CHECK (purge_at > erased_at)
);
CREATE INDEX erased_users_purge_at_idx ON hold.erased_users (purge_at);
GRANT USAGE ON SCHEMA hold TO rs_service;
GRANT INSERT, SELECT (purge_at), DELETE ON hold.erased_users TO rs_service;
