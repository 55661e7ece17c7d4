import type { IngestionSettings } from '../../IngestionFunction/compose';

/** The environment of IngestionFunction, with the times of template.yaml. */
export const ingestionSettingsFor = (changes: Partial<IngestionSettings>): IngestionSettings => ({
  TABLE_NAME: 'leads',
  RAW_BUCKET: 'raw',
  DELAY_QUEUE_URL: 'https://queue.example/delay',
  SOURCES_SECRET_NAME: 'sources',
  INGEST_AUTH: 'SECRET',
  PUBLIC_BASE_URL: '',
  QUARANTINE_RETENTION_DAYS: 90,
  ENRICHMENT_DELAY_SECONDS: 600,
  EVENT_RETENTION_DAYS: 400,
  ...changes,
});
