export { forgetDueReminders } from './forgetDueReminders.ts';
export { listReminders } from './listReminders.ts';
export { type Planned, planReminders } from './planReminders.ts';
export { type ReminderHealth, reminderHealth } from './reminderHealth.ts';
export { type SendOptions, sendReminders, type Sent, sweepReminders } from './sendReminders.ts';
export { unsubscribing } from './unsubscribing.ts';
