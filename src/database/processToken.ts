/** First part of every `application_name`: tells this process's connections from those of others. */
export const processToken = `routestitch ${process.pid}-${crypto.randomUUID().slice(0, 8)}`;
