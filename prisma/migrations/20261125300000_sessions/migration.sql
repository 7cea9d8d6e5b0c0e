-- Sessions that their user can tell apart, and links found by their token. New columns have defaults, so that a process
-- of the version before goes on.

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "user_agent" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "verification_tokens_token_key" ON "verification_tokens"("token");

-- By hand from here on.

ALTER TABLE sessions
  ADD CONSTRAINT sessions_user_agent_chk CHECK (length(user_agent) BETWEEN 1 AND 60);

-- Nobody has been able to sign in by a link until now: there are no rows to break these.
ALTER TABLE verification_tokens
  ADD CONSTRAINT verification_tokens_hashed_chk CHECK (token ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT verification_tokens_email_chk CHECK (identifier = lower(identifier) AND length(identifier) BETWEEN 3 AND 320 AND identifier ~ '^[^\s@]+@[^\s@]+$');

GRANT SELECT (created_at, last_seen_at, user_agent) ON sessions TO rs_app;
