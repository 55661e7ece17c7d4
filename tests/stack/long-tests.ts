// These tests wait for the delays and retries of a deployed pipeline.
jest.setTimeout(180_000);
