-- Every row there is has the defaults of the migration before.
ALTER TABLE user_settings VALIDATE CONSTRAINT user_settings_reminders_chk;
ALTER TABLE user_settings VALIDATE CONSTRAINT user_settings_language_chk;
